/** 「利用者管理」: the members of an account, listed, added, mailed once more. Their deletion is member-deletion.ts. */
import { randomUUID } from 'node:crypto';
import type { PasswordSetupState } from '../../domain/flows/password-setup.ts';
import type { MailAddress } from '../../domain/mail-address.ts';
import type { MemberState } from '../../domain/members.ts';
import { done, refused, type Outcome } from '../../domain/outcome.ts';
import { documentLimits } from '../../runtime/limits.ts';
import { inTransaction, type Tx } from '../connect.ts';
import { firstRow, rows } from '../raw.ts';
import { lockAccount } from './accounts.ts';
import { writeAudit } from './audit.ts';
import { mailSetupAgain, openSetup, tooManySetupMails } from './password-setup.ts';
import { lockPerson, readPerson } from './people.ts';
import type { MemberSession } from './sessions.ts';
import type { Visit } from './visit.ts';

export interface ListedMember {
  id: string;
  userName: string;
  address: string;
  state: MemberState;
  /** Of the newest set-up while the password is not set; null for an imported member who was never mailed. */
  setup: PasswordSetupState | null;
  setupEndsAt: Date | null;
  /** By the database's clock; 0 when over. */
  setupSecondsLeft: number;
  /** The newest mail with the set-up link could not be delivered. */
  mailFailed: boolean;
}

/** The living members of an account, in the order they were added. */
export async function listMembers(accountId: string): Promise<ListedMember[]> {
  return rows<ListedMember>(
    `select member.id, member.user_name as "userName", member.address, setup.state as setup, setup.expires_at as "setupEndsAt",
       case when member.set_up_at is not null then 'active'
         when setup.ended_at is null and setup.expires_at > now() then 'waiting' else 'expired' end as state,
       greatest(0, coalesce(ceil(extract(epoch from setup.expires_at - now())), 0))::int as "setupSecondsLeft",
       coalesce(letter.state in ('parked', 'abandoned'), false) as "mailFailed"
     from members member
       left join lateral (select id, state, expires_at, ended_at from procedures
         where member_id = member.id and kind = 'password-setup' and member.set_up_at is null
         order by created_at desc, id limit 1) setup on true
       left join lateral (select state from letters where kind = 'password-setup' and subject_id = setup.id
         order by created_at desc, id limit 1) letter on true
     where member.account_id = $1 and member.deleted_at is null
     order by member.created_at, member.slot`,
    [accountId],
  );
}

/** `adder-deleted`: whoever adds was deleted in the same moment. */
export type AddMemberRefusal = 'address-taken' | 'full' | 'too-many-mails' | 'adder-deleted';

/**
 * Adds a member and mails the 「パスワード設定依頼メール」. Only the account's own addresses count: the same one in another account tells
 * nothing (S04). Never an eleventh (S81) and never a second of one address (S83), however many ask at once.
 */
export async function addMember(
  by: MemberSession,
  address: MailAddress,
  visit: Visit,
): Promise<Outcome<{ id: string }, AddMemberRefusal>> {
  return inTransaction(async (tx) => {
    // Looked at before the queue, so that of a crowd only those wait who may still get in.
    const early = await reasonAgainst(tx, by.accountId, address);
    if (early !== undefined) return refused(early);
    await lockAccount(tx, by.accountId);
    const adder = await firstRow(`select from members where id = $1 and deleted_at is null`, [by.memberId], tx);
    if (adder === undefined) return refused('adder-deleted' as const);
    const invited = await inviteMember(tx, by.accountId, address);
    if (invited.ok) await writeAudit(tx, 'member-added', actorOf(by), { subjectId: invited.value.id, visit });
    return invited;
  });
}

/** What adding comes to, whoever adds: the row, and the mail with the set-up link. The account is locked. */
export async function inviteMember(
  tx: Tx,
  accountId: string,
  address: MailAddress,
): Promise<Outcome<{ id: string }, Exclude<AddMemberRefusal, 'adder-deleted'>>> {
  const reason = await reasonAgainst(tx, accountId, address);
  if (reason !== undefined) return refused(reason);
  if (await tooManySetupMails(tx, accountId)) return refused('too-many-mails');
  const id = await insertMember(tx, accountId, address);
  // An address change to the same address was quicker.
  if (id === undefined) return refused('address-taken');
  await openSetup(tx, await readPerson(tx, { kind: 'member', id }));
  return done({ id });
}

async function reasonAgainst(
  tx: Tx,
  accountId: string,
  { canonical }: MailAddress,
): Promise<'address-taken' | 'full' | undefined> {
  const row = await firstRow<{ members: number; taken: boolean }>(
    `select count(*)::int as members, coalesce(bool_or(address_canonical = $2), false) as taken
     from members where account_id = $1 and deleted_at is null`,
    [accountId, canonical],
    tx,
  );
  if (row?.taken === true) return 'address-taken';
  return (row?.members ?? 0) >= documentLimits.membersPerAccount ? 'full' : undefined;
}

/** Takes the lowest free slot; undefined where an index says no. */
async function insertMember(tx: Tx, accountId: string, address: MailAddress): Promise<string | undefined> {
  const row = await firstRow<{ id: string }>(
    `insert into members (id, account_id, slot, address, address_canonical)
     select $1::uuid, $2::uuid, free.slot, $3, $4 from generate_series(1, $5::int) as free (slot)
     where not exists (select from members taken where taken.account_id = $2 and taken.slot = free.slot and taken.deleted_at is null)
     order by free.slot limit 1
     on conflict do nothing returning id`,
    [randomUUID(), accountId, address.entered, address.canonical, documentLimits.membersPerAccount],
    tx,
  );
  return row?.id;
}

/** `not-waiting`: the password was set meanwhile. */
export type MailSetupRefusal = 'unknown-member' | 'not-waiting' | 'too-many-mails';

/** Mails the set-up link of an invited member once more, or a new one where its time is over. */
export async function resendSetup(
  by: MemberSession,
  memberId: string,
  visit: Visit,
): Promise<Outcome<null, MailSetupRefusal>> {
  return inTransaction(async (tx) => {
    await lockPerson(tx, { kind: 'member', id: memberId });
    const member = await firstRow<{ setUp: boolean }>(
      `select set_up_at is not null as "setUp" from members where id = $1 and account_id = $2 and deleted_at is null`,
      [memberId, by.accountId],
      tx,
    );
    if (member === undefined) return refused('unknown-member' as const);
    if (member.setUp) return refused('not-waiting' as const);
    const mailed = await mailSetupAgain(tx, await readPerson(tx, { kind: 'member', id: memberId }));
    if (!mailed) return refused('too-many-mails' as const);
    await writeAudit(tx, 'password-setup-mailed-again', actorOf(by), { subjectId: memberId, visit });
    return done(null);
  });
}

const actorOf = ({ memberId, accountId }: MemberSession) => ({ kind: 'member' as const, id: memberId, accountId });
