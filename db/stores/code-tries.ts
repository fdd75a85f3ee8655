/** A typed ワンタイムパスワード, judged: first the try is committed, then compared, then the end committed (style.md, "A code"). */
import type { CodePurpose } from '../../domain/flows/otp.ts';
import { done, refused, type Outcome } from '../../domain/outcome.ts';
import { crashPoint } from '../../runtime/crash-points.ts';
import { limits } from '../../runtime/limits.ts';
import { inTransaction, type Tx } from '../connect.ts';
import { firstRow } from '../raw.ts';
import { writeAudit } from './audit.ts';
import { CHALLENGE_COLUMNS, personOf, type ChallengeRow } from './challenges.ts';
import { wrongCodesAreUsedUp } from './code-caps.ts';
import { addOutboxLine } from './outbox.ts';
import { completeSignIn, lockPerson } from './people.ts';
import { deriveCode, digestOf, sameSecret } from './secrets.ts';
import { lockSession, type PersonKind } from './sessions.ts';
import type { Visit } from './visit.ts';

export type CodeRefusal = 'code-wrong' | 'tries-exhausted' | 'expired' | 'ended' | 'code-locked';

/** What is typed, where, and for what. */
export interface TypedCode {
  purpose: CodePurpose;
  challengeId: string;
  /** Of the browser that types: in any other than the challenge's own the code is worth nothing (S11). */
  browserSecret: string;
  typed: string;
}

/** Tries the code of a sign-in; the right one completes it. */
export const tryCode = (
  challengeId: string,
  browserSecret: string,
  typed: string,
  visit: Visit,
): Promise<Outcome<{ secret: string }, CodeRefusal>> =>
  judgeCode({ purpose: 'sign-in', challengeId, browserSecret, typed }, visit, async (tx, person) => {
    const { secret } = await completeSignIn(tx, person, browserSecret, visit);
    return { secret };
  });

/**
 * Tries a typed code: so that 50 at once compare at most five times (S06), and one right code is accepted once (S08).
 * @param accepted what the right code brings about, in the transaction that accepts it; person and session are locked
 */
export async function judgeCode<Value>(
  { purpose, challengeId, browserSecret, typed }: TypedCode,
  visit: Visit,
  accepted: (tx: Tx, person: { kind: PersonKind; id: string }) => Promise<Value>,
): Promise<Outcome<Value, CodeRefusal>> {
  const counted = await countTry(purpose, challengeId, browserSecret, visit);
  if (!counted.ok) return counted;
  crashPoint('code.after-count');
  const challenge = counted.value;
  const person = personOf(challenge);
  const right = sameSecret(typed, deriveCode(challenge.purpose, person.kind, challenge.id, challenge.keyId));
  if (!right) return recordWrongCode(challenge, visit);
  return inTransaction(async (tx) => {
    if ((await lockPerson(tx, person)) === undefined) return refused('ended' as const);
    await lockSession(tx, browserSecret);
    const ended = await firstRow<{ id: string }>(
      `update challenges set state = 'accepted', ended_at = now()
       where id = $1 and state = 'open' and expires_at > now() returning id`,
      [challengeId],
      tx,
    );
    if (ended === undefined) return refused('ended' as const);
    await addOutboxLine(tx, 'otp', challengeId, 'codeAccepted');
    await writeAudit(tx, 'code-accepted', person, { subjectId: challengeId, visit });
    const value = await accepted(tx, person);
    crashPoint('code.in-transaction');
    return done(value);
  });
}

async function countTry(
  purpose: CodePurpose,
  challengeId: string,
  browserSecret: string,
  visit: Visit,
): Promise<Outcome<ChallengeRow, CodeRefusal>> {
  return inTransaction(async (tx) => {
    const bound = await firstRow<ChallengeRow>(
      `select ${CHALLENGE_COLUMNS} from challenges
       where id = $1 and purpose = $3
         and exists (select from sessions where secret_digest = $2 and sessions.challenge_id = challenges.id)`,
      [challengeId, digestOf(browserSecret), purpose],
      tx,
    );
    if (bound === undefined) return refused('ended' as const);
    // One try of a person at a time, so that the day's cap is exact across challenges (S07). Who was deleted meanwhile has none.
    if ((await lockPerson(tx, personOf(bound))) === undefined) return refused('ended' as const);
    if (await wrongCodesAreUsedUp(tx, personOf(bound).id, bound.deviceDigest)) {
      await writeAudit(tx, 'code-locked', personOf(bound), { subjectId: challengeId, visit });
      return refused('code-locked' as const);
    }
    const counted = await firstRow<ChallengeRow>(
      `update challenges set tries = tries + 1 where id = $1 and state = 'open' and tries < $2 and expires_at > now() returning ${CHALLENGE_COLUMNS}`,
      [challengeId, limits().codeTries],
      tx,
    );
    return counted === undefined ? refused(await whyClosed(tx, challengeId)) : done(counted);
  });
}

async function whyClosed(tx: Tx, challengeId: string): Promise<CodeRefusal> {
  const row = await firstRow<Pick<ChallengeRow, 'state' | 'tries'>>(
    `select state, tries from challenges where id = $1`,
    [challengeId],
    tx,
  );
  if (row?.state === 'expired') return 'expired';
  if (row?.state === 'exhausted') return 'tries-exhausted';
  if (row?.state !== 'open') return 'ended';
  return row.tries >= limits().codeTries ? 'tries-exhausted' : 'expired';
}

async function recordWrongCode(challenge: ChallengeRow, visit: Visit): Promise<Outcome<never, CodeRefusal>> {
  return inTransaction(async (tx) => {
    await writeAudit(tx, 'code-refused', personOf(challenge), {
      subjectId: challenge.id,
      visit,
      detail: { tries: challenge.tries },
    });
    if (challenge.tries < limits().codeTries) return refused('code-wrong' as const);
    const exhausted = await firstRow<{ id: string }>(
      `update challenges set state = 'exhausted', ended_at = now() where id = $1 and state = 'open' returning id`,
      [challenge.id],
      tx,
    );
    if (exhausted !== undefined) await addOutboxLine(tx, 'otp', challenge.id, 'triesExhausted');
    return refused('tries-exhausted' as const);
  });
}
