/** What staff do about members of a customer. Each act is one transaction with its audit lines and letters. */
import { isMeant, type MemberAct } from '../../domain/customer-acts.ts';
import { done, refused, type Outcome } from '../../domain/outcome.ts';
import { inTransaction, type Tx } from '../connect.ts';
import { firstRow, rows } from '../raw.ts';
import { lockAccount } from './accounts.ts';
import { writeAudit, type AuditEvent } from './audit.ts';
import { forgiveWrongCodes } from './code-caps.ts';
import type { Customer } from './customers.ts';
import { forgetDeviceFailures } from './known-devices.ts';
import { mailSetupAgain } from './password-setup.ts';
import { readPerson } from './people.ts';
import { tellOfRegistration } from './registration-letters.ts';
import { endEveryMemberSession, endSessionsOf, type StaffSession } from './sessions.ts';
import { forgetFailures, throttleKey } from './throttle.ts';
import type { Visit } from './visit.ts';

interface LockedMember {
  id: string;
  canonical: string;
  setUp: boolean;
  mfa: boolean;
}

/** All living members of an account, locked like by lockPerson, in one order. */
async function lockMembers(tx: Tx, accountId: string): Promise<LockedMember[]> {
  return rows<LockedMember>(
    `select id, address_canonical as canonical, set_up_at is not null as "setUp", mfa
     from members where account_id = $1 and deleted_at is null order by id for no key update`,
    [accountId],
    tx,
  );
}

export const actorOf = ({ staffId }: StaffSession, { id }: Customer) => ({
  kind: 'staff' as const,
  id: staffId,
  accountId: id,
});

const EVENTS: Record<MemberAct, AuditEvent> = {
  'end-sessions': 'member-sessions-ended',
  'require-password-change': 'password-change-required',
  unlock: 'sign-in-unlocked',
  'mail-setup': 'password-setup-mailed-again',
  'turn-mfa-off': 'member-rescued',
};

/** `member-gone`: one of those meant was deleted meanwhile; nothing was done. `mfa-required`: it is asked of the whole account. */
export type MemberActRefusal = 'member-gone' | 'mfa-required';

/** Does `act` for each member it means. @returns how many those were, and how many it had nothing to do for */
export async function actOnMembers(
  staff: StaffSession,
  customer: Customer,
  { act, memberIds }: { act: MemberAct; memberIds: readonly string[] },
  visit: Visit,
): Promise<Outcome<{ acted: number; left: number }, MemberActRefusal>> {
  return inTransaction(async (tx) => {
    const members = await lockMembers(tx, customer.id);
    const chosen = members.filter(({ id }) => memberIds.includes(id));
    if (chosen.length < memberIds.length) return refused('member-gone' as const);
    if (act === 'turn-mfa-off' && (await mfaIsRequired(tx, customer.id))) return refused('mfa-required' as const);
    let acted = 0;
    for (const member of chosen) {
      if (!isMeant(act, member) || !(await perform(tx, act, customer, member))) continue;
      acted += 1;
      await writeAudit(tx, EVENTS[act], actorOf(staff, customer), { subjectId: member.id, visit, detail: { act } });
    }
    return done({ acted, left: chosen.length - acted });
  });
}

async function mfaIsRequired(tx: Tx, accountId: string): Promise<boolean> {
  await lockAccount(tx, accountId);
  const row = await firstRow<{ required: boolean }>(
    `select mfa_required as required from accounts where id = $1`,
    [accountId],
    tx,
  );
  return row?.required === true;
}

/** @returns false where there was nothing to do after all */
async function perform(tx: Tx, act: MemberAct, { loginId }: Customer, member: LockedMember): Promise<boolean> {
  switch (act) {
    case 'end-sessions':
      await endSessionsOf(tx, member.id, 'ended-by-staff');
      return true;
    case 'require-password-change':
      await rows(`update members set must_change_password = true where id = $1`, [member.id], tx);
      return true;
    case 'unlock':
      await forgetFailures(tx, throttleKey('member', loginId, member.canonical));
      await forgetFailures(tx, throttleKey('change', member.id));
      await forgetDeviceFailures(tx, member.id);
      await forgiveWrongCodes(tx, member.id);
      return true;
    case 'mail-setup':
      return mailSetupAgain(tx, await readPerson(tx, { kind: 'member', id: member.id }));
    case 'turn-mfa-off':
      await rows(`update members set mfa = false where id = $1`, [member.id], tx);
      await endSessionsOf(tx, member.id, 'mfa-changed');
      await tellOfRegistration(tx, member.id, ['mfa-off-by-staff']);
      return true;
  }
}

/**
 * Asks 多要素認証 of a whole account, or leaves it to its members again. Whoever signed in without a code signs in anew; the members who
 * are 利用中 are told. @returns whether that changed anything
 */
export async function requireMfa(
  staff: StaffSession,
  customer: Customer,
  required: boolean,
  visit: Visit,
): Promise<boolean> {
  return inTransaction(async (tx) => {
    const members = await lockMembers(tx, customer.id);
    const changed = await firstRow(
      `update accounts set mfa_required = $2 where id = $1 and mfa_required <> $2 returning id`,
      [customer.id, required],
      tx,
    );
    if (changed === undefined) return false;
    for (const { id, setUp, mfa } of members) {
      if (required && !mfa) await endSessionsOf(tx, id, 'mfa-changed');
      if (setUp) await tellOfRegistration(tx, id, [required ? 'mfa-required' : 'mfa-released']);
    }
    await writeAudit(tx, required ? 'mfa-required' : 'mfa-released', actorOf(staff, customer), { visit });
    return true;
  });
}

/** Every member of every customer signs in anew. @returns how many browsers were signed in */
export async function endEverySession({ staffId }: StaffSession, visit: Visit): Promise<number> {
  return inTransaction(async (tx) => {
    const ended = await endEveryMemberSession(tx);
    await writeAudit(tx, 'all-sessions-ended', { kind: 'staff', id: staffId }, { visit, detail: { ended } });
    return ended;
  });
}

/** Every member with a password changes it before anything else, from the next request on. @returns how many they are */
export async function requireEveryPasswordChange({ staffId }: StaffSession, visit: Visit): Promise<number> {
  return inTransaction(async (tx) => {
    const asked = await rows(
      `update members set must_change_password = true
       where deleted_at is null and set_up_at is not null and not must_change_password returning id`,
      [],
      tx,
    );
    const detail = { members: asked.length };
    await writeAudit(tx, 'all-password-changes-required', { kind: 'staff', id: staffId }, { visit, detail });
    return asked.length;
  });
}
