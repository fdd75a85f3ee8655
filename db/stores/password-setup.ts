/** パスワード設定: an added member gets a link by mail, with which only they themselves set password and user name (S22). */
import { done, refused, type Outcome } from '../../domain/outcome.ts';
import type { DeadLink } from '../../domain/procedures.ts';
import { limits } from '../../runtime/limits.ts';
import { inTransaction, type Tx } from '../connect.ts';
import { firstRow } from '../raw.ts';
import { lockAccount } from './accounts.ts';
import { writeAudit } from './audit.ts';
import { writeLetter } from './letters.ts';
import { openLink, readLink, takeLink, validLinkOf, type MailedLink } from './links.ts';
import { hashPassword } from './passwords.ts';
import type { Person } from './people.ts';
import { lockPerson, readPerson } from './people.ts';
import {
  endProcedure,
  expireProcedure,
  lockProcedure,
  openProcedure,
  readProcedureStanding,
  type ProcedureStanding,
} from './procedures.ts';
import { forgetFailures, throttleKey } from './throttle.ts';
import type { Visit } from './visit.ts';

const KIND = 'password-setup';

/** Opens the set-up of a member who has no password yet: row, link, mail and flow. */
export async function openSetup(tx: Tx, person: Person): Promise<void> {
  const { setupLinkSeconds: lifetimeSeconds, setupReminderSeconds: dueSeconds } = limits();
  const id = await openProcedure(tx, { kind: KIND, state: 'open', memberId: person.id, dueSeconds, lifetimeSeconds });
  const link = await openLink(tx, { purpose: KIND, memberId: person.id, procedureId: id, lifetimeSeconds });
  await mailSetup(tx, id, person, link, { occurrence: 'first', again: false });
}

/**
 * Mails an invited member the link that is still valid, or opens a new set-up. The person is locked.
 * @returns false over the account's cap of a day (S57)
 */
export async function mailSetupAgain(tx: Tx, person: Person): Promise<boolean> {
  if (await tooManySetupMails(tx, person.accountId ?? '')) return false;
  const open = await firstRow<{ id: string; mailed: number }>(
    `select id, (select count(*)::int from letters where subject_id = procedures.id) as mailed from procedures
     where member_id = $1 and kind = '${KIND}' and ended_at is null for update`,
    [person.id],
    tx,
  );
  const valid = open === undefined ? undefined : await validLinkOf(tx, open.id, KIND);
  if (open !== undefined && valid !== undefined) {
    await mailSetup(tx, open.id, person, valid, { occurrence: `again-${open.mailed}`, again: true });
    return true;
  }
  if (open !== undefined) await expireProcedure(tx, KIND, open.id);
  await openSetup(tx, person);
  return true;
}

/** Whether the twenty of a day have gone out for an account (S57). Locks it, so that no two count at once. */
export async function tooManySetupMails(tx: Tx, accountId: string): Promise<boolean> {
  await lockAccount(tx, accountId);
  const row = await firstRow<{ n: number }>(
    `select count(*)::int as n from letters letter join procedures procedure on procedure.id = letter.subject_id
       join members member on member.id = procedure.member_id
     where letter.kind = 'password-setup' and member.account_id = $1 and letter.created_at > now() - interval '24 hours'`,
    [accountId],
    tx,
  );
  return (row?.n ?? 0) >= limits().setupMailsPerDay;
}

async function mailSetup(
  tx: Tx,
  id: string,
  person: Person,
  link: MailedLink,
  which: { occurrence: string; again: boolean },
): Promise<void> {
  await writeLetter(tx, {
    kind: 'password-setup',
    subjectId: id,
    occurrence: which.occurrence,
    recipient: person.address,
    facts: { company: person.company, again: which.again, link: link.facts },
    sendBefore: link.expiresAt,
  });
}

export const readPasswordSetupStanding = (id: string): Promise<ProcedureStanding<typeof KIND>> =>
  readProcedureStanding(KIND, id);

/** Mails the reminder, or ends the link's time, whichever is due; changes nothing otherwise. */
export async function moveSetupOn(id: string): Promise<ProcedureStanding<typeof KIND>> {
  await inTransaction(async (tx) => {
    const row = await firstRow<{ memberId: string }>(
      `select member_id as "memberId" from procedures where id = $1 and kind = '${KIND}'`,
      [id],
      tx,
    );
    if (row === undefined || (await lockPerson(tx, { kind: 'member', id: row.memberId })) === undefined) return;
    if (await expireProcedure(tx, KIND, id)) return;
    const reminded = await firstRow<{ id: string }>(
      `update procedures set state = 'reminded', state_at = now(), due_at = expires_at
       where id = $1 and state = 'open' and due_at <= now() returning id`,
      [id],
      tx,
    );
    const link = reminded === undefined ? undefined : await validLinkOf(tx, id, KIND);
    if (link === undefined) return;
    const person = await readPerson(tx, { kind: 'member', id: row.memberId });
    await mailSetup(tx, id, person, link, { occurrence: 'reminder', again: true });
  });
  return readPasswordSetupStanding(id);
}

/** What an invited member has typed, judged by the caller. */
export interface SetupInput {
  userName: string;
  password: string;
}

/**
 * Sets the first password and the user name; of any number at once exactly one succeeds (S14). Signing in is done anew.
 */
export async function completeSetup(token: string, input: SetupInput, visit: Visit): Promise<Outcome<null, DeadLink>> {
  const link = await readLink(KIND, token);
  if (!link.ok) return link;
  const { memberId, procedureId } = link.value;
  const hash = await hashPassword(input.password);
  return inTransaction(async (tx) => {
    if ((await lockPerson(tx, { kind: 'member', id: memberId })) === undefined) return refused('cancelled' as const);
    await lockProcedure(tx, procedureId);
    const taken = await takeLink(tx, KIND, token);
    if (!taken.ok) return taken;
    await endProcedure(tx, KIND, procedureId ?? '', 'completed', 'passwordSet');
    const member = await firstRow<{ accountId: string; loginId: string; address: string }>(
      `update members set password_hash = $2, user_name = $3, must_change_password = false, set_up_at = now() from accounts
       where members.id = $1 and accounts.id = members.account_id
       returning accounts.id as "accountId", accounts.login_id as "loginId", members.address_canonical as address`,
      [memberId, hash, input.userName],
      tx,
    );
    if (member === undefined) throw new Error('member row missing');
    // Whoever guessed before there was a password must not keep its owner waiting.
    await forgetFailures(tx, throttleKey('member', member.loginId, member.address));
    const { accountId } = member;
    await writeAudit(tx, 'password-set-up', { kind: 'member', id: memberId, accountId }, { visit });
    return done(null);
  });
}
