/** 多要素認証 on and off. On proves the mailbox by a code; either way all other sessions end (S24). */
import type { Outcome } from '../../domain/outcome.ts';
import { inTransaction, type Tx } from '../connect.ts';
import { firstRow, rows } from '../raw.ts';
import { writeAudit } from './audit.ts';
import { openChallenge } from './challenges.ts';
import { judgeCode, type CodeRefusal } from './code-tries.ts';
import { addOutboxLine } from './outbox.ts';
import { lockPerson, readPerson } from './people.ts';
import { tellOfRegistration } from './registration-letters.ts';
import { endSessionsOf, openSession, type MemberSession } from './sessions.ts';
import type { Visit } from './visit.ts';

/**
 * Asks for the code that turns it on: a new one is mailed and bound to this browser's session, unless one that was mailed to it is
 * still open. The member is locked. Refused with the time when the person's caps allow none (S07, S10).
 */
export async function askMfaCode(
  tx: Tx,
  session: MemberSession,
  visit: Visit,
): Promise<Outcome<{ challengeId: string }, 'code-locked'> & { until?: Date }> {
  const open = await firstRow<{ challengeId: string }>(
    `select challenge.id as "challengeId" from sessions session join challenges challenge on challenge.id = session.challenge_id
     where session.id = $1 and challenge.purpose = 'mfa-on' and challenge.state = 'open' and challenge.expires_at > now()`,
    [session.id],
    tx,
  );
  if (open !== undefined) return { ok: true, value: open };
  const asked = await openChallenge(tx, await readPerson(tx, personOf(session)), 'mfa-on', visit);
  if (asked.ok) {
    await rows(`update sessions set challenge_id = $2 where id = $1`, [session.id, asked.value.challengeId], tx);
  }
  return asked;
}

/** The code that this browser's session was mailed last, for turning it on; undefined where none was asked for. */
export async function readMfaChallenge(session: MemberSession): Promise<string | undefined> {
  const row = await firstRow<{ id: string }>(`select id from challenges where id = $1 and purpose = 'mfa-on'`, [
    session.challengeId,
  ]);
  return row?.id;
}

/** Tries the code; the right one turns it on and answers the new session's secret. */
export async function confirmMfa(
  session: MemberSession & { challengeId: string },
  browserSecret: string,
  typed: string,
  visit: Visit,
): Promise<Outcome<{ secret: string }, CodeRefusal>> {
  const { challengeId } = session;
  return judgeCode({ purpose: 'mfa-on', challengeId, browserSecret, typed }, visit, async (tx) => {
    const secret = await setMfa(tx, session, true, visit);
    await tellOfRegistration(tx, session.memberId, ['mfa-on']);
    return { secret };
  });
}

/** Calls off the code that this browser was mailed for turning it on. @returns whether it was still open */
export async function cancelMfaCode(session: MemberSession, visit: Visit): Promise<boolean> {
  const { memberId, accountId } = session;
  return inTransaction(async (tx) => {
    await lockPerson(tx, personOf(session));
    const cancelled = await firstRow<{ id: string }>(
      `update challenges set state = 'cancelled', ended_at = now()
       where id = $1 and purpose = 'mfa-on' and state = 'open' and expires_at > now() returning id`,
      [session.challengeId],
      tx,
    );
    if (cancelled === undefined) return false;
    await addOutboxLine(tx, 'otp', cancelled.id, 'signInLeft');
    const actor = { kind: 'member' as const, id: memberId, accountId };
    await writeAudit(tx, 'procedure-cancelled', actor, { subjectId: cancelled.id, visit });
    return true;
  });
}

/** Sets it, ends all sessions of the member and opens a new one for this browser (S23). The member is locked. @returns its secret */
export async function setMfa(tx: Tx, session: MemberSession, on: boolean, visit: Visit): Promise<string> {
  const { memberId, accountId } = session;
  await rows(`update members set mfa = $2 where id = $1`, [memberId, on], tx);
  await endSessionsOf(tx, memberId, 'mfa-changed');
  const { secret } = await openSession(tx, personOf(session), { stage: 'full' }, visit);
  const actor = { kind: 'member' as const, id: memberId, accountId };
  await writeAudit(tx, on ? 'mfa-turned-on' : 'mfa-turned-off', actor, { visit });
  return secret;
}

const personOf = ({ memberId }: MemberSession) => ({ kind: 'member' as const, id: memberId });
