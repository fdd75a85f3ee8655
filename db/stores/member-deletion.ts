/** 「削除」 of a 利用者: at once, with all that belonged to them; their address is free again from then on. */
import { isLastActive, type MemberState } from '../../domain/members.ts';
import { done, refused, type Outcome } from '../../domain/outcome.ts';
import { procedureKinds } from '../../domain/procedures.ts';
import { inTransaction, type Tx } from '../connect.ts';
import { firstRow, rows } from '../raw.ts';
import { lockAccount } from './accounts.ts';
import { writeAudit } from './audit.ts';
import { cancelChallengesOf } from './challenges.ts';
import { withCurrentPassword, type CurrentPasswordRefusal } from './current-password.ts';
import { forgetKeptInputs } from './kept-inputs.ts';
import { forgetDevices } from './known-devices.ts';
import { writeLetter } from './letters.ts';
import { cancelAllLinksOf } from './links.ts';
import { callOffProcedures } from './procedures.ts';
import { endSessionsOf, type MemberSession } from './sessions.ts';
import type { Visit } from './visit.ts';

export type DeleteMemberRefusal = CurrentPasswordRefusal | 'unknown-member' | 'last-active';

/** A member as the deletion finds them. */
interface LivingMember {
  id: string;
  address: string;
  userName: string;
  state: Extract<MemberState, 'active' | 'waiting'>;
}

/**
 * Deletes a member of the same account, or oneself, whose current password was typed. Sessions, codes, links and flows of the deleted
 * member end in the same transaction; the deleted address and the other 利用中 members are told by mail.
 */
export async function deleteMember(
  by: MemberSession,
  memberId: string,
  typedPassword: string,
  visit: Visit,
): Promise<Outcome<null, DeleteMemberRefusal>> {
  const asked = { typed: typedPassword, refusedAs: 'member-delete-refused' as const, visit };
  return withCurrentPassword(by, asked, (stillRight) =>
    inTransaction(async (tx) => {
      const members = await lockMembers(tx, by.accountId);
      if (!(await stillRight(tx))) return refused('current-password-wrong' as const);
      await lockAccount(tx, by.accountId);
      const member = members.find(({ id }) => id === memberId);
      if (member === undefined) return refused('unknown-member' as const);
      if (isLastActive(member, members)) return refused('last-active' as const);
      const deletedAt = await endAllOf(tx, member.id);
      const actor = { kind: 'member' as const, id: by.memberId, accountId: by.accountId };
      await writeAudit(tx, 'member-deleted', actor, { subjectId: member.id, visit, detail: { was: member.state } });
      await tellDeleted(tx, by, member, deletedAt);
      const others = members.filter(({ id, state }) => id !== member.id && state === 'active');
      for (const other of others) await tellOther(tx, by, member, other, deletedAt);
      return done(null);
    }),
  );
}

/** All living members, each locked like by lockPerson and in one order: so two deletions at once never leave nobody. */
async function lockMembers(tx: Tx, accountId: string): Promise<LivingMember[]> {
  return rows<LivingMember>(
    `select id, address, user_name as "userName", case when set_up_at is null then 'waiting' else 'active' end as state
     from members where account_id = $1 and deleted_at is null order by id for no key update`,
    [accountId],
    tx,
  );
}

/** Nothing may outlive its member: no session, no code, no flow, no link, nothing that was typed (S87). @returns when it was */
async function endAllOf(tx: Tx, memberId: string): Promise<Date> {
  const deleted = await firstRow<{ at: Date }>(
    `update members set deleted_at = now() where id = $1 returning deleted_at as at`,
    [memberId],
    tx,
  );
  if (deleted === undefined) throw new Error('member row missing');
  await endSessionsOf(tx, memberId, 'member-deleted');
  await cancelChallengesOf(tx, memberId);
  await callOffProcedures(tx, memberId, procedureKinds);
  await forgetDevices(tx, memberId);
  await cancelAllLinksOf(tx, memberId);
  await forgetKeptInputs(tx, memberId);
  return deleted.at;
}

async function tellDeleted(tx: Tx, by: MemberSession, member: LivingMember, deletedAt: Date): Promise<void> {
  await writeLetter(tx, {
    kind: 'member-deleted',
    subjectId: member.id,
    occurrence: 'first',
    recipient: member.address,
    facts: {
      company: by.company,
      name: member.userName,
      invited: member.state === 'waiting',
      deletedAt: deletedAt.toISOString(),
    },
  });
}

async function tellOther(
  tx: Tx,
  by: MemberSession,
  member: LivingMember,
  other: LivingMember,
  deletedAt: Date,
): Promise<void> {
  await writeLetter(tx, {
    kind: 'other-member-deleted',
    subjectId: member.id,
    occurrence: 'first',
    recipient: other.address,
    facts: {
      company: by.company,
      name: other.userName,
      deleted: { name: member.userName, address: member.address },
      by: { name: by.userName, address: by.address },
      deletedAt: deletedAt.toISOString(),
    },
  });
}
