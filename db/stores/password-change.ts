/** パスワード変更 by a member who is signed in. */
import { done, refused, type Outcome } from '../../domain/outcome.ts';
import { inTransaction } from '../connect.ts';
import { firstRow } from '../raw.ts';
import { writeAudit } from './audit.ts';
import { writeLetter } from './letters.ts';
import { hashPassword, verifyPassword } from './passwords.ts';
import { readPerson } from './people.ts';
import { endSessionsOf, openSession, type MemberSession } from './sessions.ts';
import { abandonAttempt, beginAttempt, recordFailure, recordSuccess, throttleKey } from './throttle.ts';
import type { Visit } from './visit.ts';

/** `has-to-wait`: the current password was typed wrong too often. */
export type PasswordChangeRefusal = 'current-password-wrong' | 'has-to-wait';

/**
 * Sets a new password that keeps the policy (the caller has judged it). All of the member's sessions end, this browser gets a new
 * one; the flag 「初回ログイン時のパスワード変更」 is satisfied; the member is told by mail.
 */
export async function changePassword(
  session: MemberSession,
  passwords: { current: string; next: string },
  visit: Visit,
): Promise<Outcome<{ secret: string }, PasswordChangeRefusal>> {
  const actor = { kind: 'member' as const, id: session.memberId, accountId: session.accountId };
  const attempt = await beginAttempt(throttleKey('change', session.memberId));
  if (attempt.lease === undefined) return refused('has-to-wait');
  try {
    const stored = await firstRow<{ passwordHash: string | null }>(
      `select password_hash as "passwordHash" from members where id = $1`,
      [session.memberId],
    );
    if (!(await verifyPassword(stored?.passwordHash, passwords.current))) {
      return await inTransaction(async (tx) => {
        await recordFailure(tx, attempt);
        await writeAudit(tx, 'password-change-refused', actor, { visit });
        return refused('current-password-wrong' as const);
      });
    }
    const hash = await hashPassword(passwords.next);
    return await inTransaction(async (tx) => {
      await recordSuccess(tx, attempt);
      const changed = await firstRow<{ at: Date }>(
        `update members set password_hash = $2, must_change_password = false
         where id = $1 and password_hash = $3 and deleted_at is null returning now() as at`,
        [session.memberId, hash, stored?.passwordHash],
        tx,
      );
      // Another change came first: what was typed as the current password is it no longer.
      if (changed === undefined) return refused('current-password-wrong' as const);
      await endSessionsOf(tx, session.memberId, 'password-changed');
      const person = await readPerson(tx, { kind: 'member', id: session.memberId });
      const renewed = await openSession(tx, person, { stage: 'full' }, visit);
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
  } catch (error) {
    await abandonAttempt(attempt);
    throw error;
  }
}
