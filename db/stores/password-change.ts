/** パスワード変更 by a member who is signed in. */
import { done, refused, type Outcome } from '../../domain/outcome.ts';
import { inTransaction } from '../connect.ts';
import { firstRow } from '../raw.ts';
import { writeAudit } from './audit.ts';
import { withCurrentPassword, type CurrentPasswordRefusal } from './current-password.ts';
import { writeLetter } from './letters.ts';
import { hashPassword } from './passwords.ts';
import { readPerson } from './people.ts';
import { callOffProcedures } from './procedures.ts';
import { endSessionsOf, openSession, type MemberSession } from './sessions.ts';
import type { Visit } from './visit.ts';

/**
 * Sets a new password that keeps the policy (the caller has judged it). All of the member's sessions end, this browser gets a new
 * one; pending procedures are void (S16); the flag 「初回ログイン時のパスワード変更」 is satisfied; the member is told by mail.
 */
export async function changePassword(
  session: MemberSession,
  passwords: { current: string; next: string },
  visit: Visit,
): Promise<Outcome<{ secret: string }, CurrentPasswordRefusal>> {
  const asked = { typed: passwords.current, refusedAs: 'password-change-refused' as const, visit };
  return withCurrentPassword(session, asked, async (stillRight) => {
    const hash = await hashPassword(passwords.next);
    return inTransaction(async (tx) => {
      // Another change came first: what was typed as the current password is it no longer.
      if (!(await stillRight(tx))) return refused('current-password-wrong' as const);
      const changed = await firstRow<{ at: Date }>(
        `update members set password_hash = $2, must_change_password = false where id = $1 returning now() as at`,
        [session.memberId, hash],
        tx,
      );
      if (changed === undefined) throw new Error('member row missing');
      await endSessionsOf(tx, session.memberId, 'password-changed');
      await callOffProcedures(tx, session.memberId, ['password-reset', 'email-change']);
      const person = await readPerson(tx, { kind: 'member', id: session.memberId });
      const renewed = await openSession(tx, person, { stage: 'full' }, visit);
      const actor = { kind: 'member' as const, id: session.memberId, accountId: session.accountId };
      await writeAudit(tx, 'password-changed', actor, { visit });
      await writeLetter(tx, {
        kind: 'password-changed',
        subjectId: session.memberId,
        occurrence: renewed.id,
        recipient: person.address,
        facts: { company: person.company, name: person.name, changedAt: changed.at.toISOString() },
      });
      return done({ secret: renewed.secret });
    });
  });
}
