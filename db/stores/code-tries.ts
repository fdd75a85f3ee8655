/** A typed ワンタイムパスワード: PostgreSQL is the only judge of tries and time (style.md, "A code"). */
import { done, refused, type Outcome } from '../../domain/outcome.ts';
import { crashPoint } from '../../runtime/crash-points.ts';
import { limits } from '../../runtime/limits.ts';
import { inTransaction, type Tx } from '../connect.ts';
import { firstRow } from '../raw.ts';
import { writeAudit } from './audit.ts';
import { CHALLENGE_COLUMNS, type ChallengeRow } from './challenges.ts';
import { addOutboxLine } from './outbox.ts';
import { completeSignIn, lockPerson } from './people.ts';
import { deriveCode, digestOf, sameSecret } from './secrets.ts';
import { lockSession, type PersonKind } from './sessions.ts';
import type { Visit } from './visit.ts';

const personOf = (row: Pick<ChallengeRow, 'memberId' | 'staffId'>): { kind: PersonKind; id: string } =>
  row.memberId === null ? { kind: 'staff', id: row.staffId ?? '' } : { kind: 'member', id: row.memberId };

export type CodeRefusal = 'code-wrong' | 'tries-exhausted' | 'expired' | 'ended' | 'code-locked';

/**
 * Tries a typed code. First commits the try, then compares, then commits the end: so 50 at once compare at most five times (S06),
 * and one right code signs in once (S08).
 * @param browserSecret of the browser that types: in any other than the challenge's own the code is worth nothing (S11)
 */
export async function tryCode(
  challengeId: string,
  browserSecret: string,
  typed: string,
  visit: Visit,
): Promise<Outcome<{ secret: string }, CodeRefusal>> {
  const counted = await countTry(challengeId, browserSecret);
  if (!counted.ok) return counted;
  crashPoint('code.after-count');
  const challenge = counted.value;
  const person = personOf(challenge);
  const right = sameSecret(typed, deriveCode(challenge.purpose, person.kind, challenge.id, challenge.keyId));
  if (!right) return recordWrongCode(challenge, visit);
  return inTransaction(async (tx) => {
    if ((await lockPerson(tx, person)) === undefined) return refused('ended' as const);
    await lockSession(tx, browserSecret);
    const accepted = await firstRow<{ id: string }>(
      `update challenges set state = 'accepted', ended_at = now()
       where id = $1 and state = 'open' and expires_at > now() returning id`,
      [challengeId],
      tx,
    );
    if (accepted === undefined) return refused('ended' as const);
    await addOutboxLine(tx, 'otp', challengeId, 'codeAccepted');
    await writeAudit(tx, 'code-accepted', person, { subjectId: challengeId, visit });
    const session = await completeSignIn(tx, person, browserSecret, visit);
    crashPoint('code.in-transaction');
    return done({ secret: session.secret });
  });
}

async function countTry(challengeId: string, browserSecret: string): Promise<Outcome<ChallengeRow, CodeRefusal>> {
  return inTransaction(async (tx) => {
    const bound = await firstRow<ChallengeRow>(
      `select ${CHALLENGE_COLUMNS} from challenges
       where id = $1 and exists (select from sessions where secret_digest = $2 and sessions.challenge_id = challenges.id)`,
      [challengeId, digestOf(browserSecret)],
      tx,
    );
    if (bound === undefined) return refused('ended' as const);
    // One try of a person at a time, so that the day's cap is exact across challenges (S07). Who was deleted meanwhile has none.
    if ((await lockPerson(tx, personOf(bound))) === undefined) return refused('ended' as const);
    const wrong = await firstRow<{ n: number }>(
      `select coalesce(sum(tries - case when state = 'accepted' then 1 else 0 end), 0)::int as n from challenges
       where (member_id = $1 or staff_id = $1) and created_at > now() - interval '24 hours'`,
      [personOf(bound).id],
      tx,
    );
    if ((wrong?.n ?? 0) >= limits().codeWrongPerDay) return refused('code-locked' as const);
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
