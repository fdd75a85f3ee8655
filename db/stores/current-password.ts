/**
 * The current password, typed once more before what matters is changed: password, MFA, address, sessions, members. Guessing it in a
 * browser left open is slowed down like a sign-in, with one counter for all of them (S54).
 */
import { refused, type Outcome } from '../../domain/outcome.ts';
import { inTransaction, type Tx } from '../connect.ts';
import { firstRow } from '../raw.ts';
import { writeAudit, type AuditEvent } from './audit.ts';
import { verifyPassword } from './passwords.ts';
import { lockPerson } from './people.ts';
import type { MemberSession } from './sessions.ts';
import { abandonAttempt, beginAttempt, recordFailure, recordSuccess, throttleKey } from './throttle.ts';
import type { Visit } from './visit.ts';

/** `has-to-wait`: it was typed wrong too often. */
export type CurrentPasswordRefusal = 'current-password-wrong' | 'has-to-wait';

/**
 * Does `work` when the typed password is right; a wrong one is counted and audited as `refusedAs`.
 * @param session `id`: of the browser that typed it; left out where a mailed link stands in for one
 * @param work given a check for its own transaction: it locks the member, ends the row of failures, and answers false when the
 * password was changed, the member deleted or this session ended since it was judged; then nothing may be done
 */
export async function withCurrentPassword<Result extends Outcome<unknown, string>>(
  session: Pick<MemberSession, 'memberId' | 'accountId'> & { id?: string },
  { typed, refusedAs, visit }: { typed: string; refusedAs: AuditEvent; visit: Visit },
  work: (stillRight: (tx: Tx) => Promise<boolean>) => Promise<Result>,
): Promise<Result | Outcome<never, CurrentPasswordRefusal>> {
  const { memberId, accountId } = session;
  const attempt = await beginAttempt(throttleKey('change', memberId));
  if (attempt.lease === undefined) return refuseToWait(session, visit);
  try {
    const stored = await firstRow<{ hash: string | null }>(
      `select password_hash as hash from members where id = $1 and deleted_at is null`,
      [memberId],
    );
    if (!(await verifyPassword(stored?.hash, typed))) {
      return await inTransaction(async (tx) => {
        await recordFailure(tx, attempt);
        await writeAudit(tx, refusedAs, { kind: 'member', id: memberId, accountId }, { visit });
        return refused('current-password-wrong' as const);
      });
    }
    return await work(async (tx) => {
      if ((await lockPerson(tx, { kind: 'member', id: memberId })) !== stored?.hash) return false;
      if (session.id !== undefined && !(await isOpen(tx, session.id))) return false;
      await recordSuccess(tx, attempt);
      return true;
    });
  } finally {
    // Counted already, or given back: the queue was full, the database failed, the password had been changed.
    await abandonAttempt(attempt);
  }
}

/** @throws Error when the line can't be written: nobody waits unseen (S70) */
async function refuseToWait(
  { memberId, accountId }: Pick<MemberSession, 'memberId' | 'accountId'>,
  visit: Visit,
): Promise<Outcome<never, 'has-to-wait'>> {
  await inTransaction((tx) =>
    writeAudit(tx, 'current-password-throttled', { kind: 'member', id: memberId, accountId }, { visit }),
  );
  return refused('has-to-wait');
}

/** Whoever ends sessions of a member holds the member first: under that lock the answer is the last one. */
async function isOpen(tx: Tx, sessionId: string): Promise<boolean> {
  return (await firstRow(`select from sessions where id = $1 and ended_at is null`, [sessionId], tx)) !== undefined;
}
