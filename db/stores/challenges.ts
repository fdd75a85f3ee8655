/** ワンタイムパスワード: opened, mailed again, ended by time; tried in code-tries.ts. PostgreSQL is the only judge of tries and time (style.md, "A code"). */
import { randomUUID } from 'node:crypto';
import type { LetterState } from '../../domain/flows/letter.ts';
import type { CodePurpose, OtpState } from '../../domain/flows/otp.ts';
import { done, refused, type Outcome } from '../../domain/outcome.ts';
import { limits } from '../../runtime/limits.ts';
import { inTransaction, type Tx } from '../connect.ts';
import { firstRow, rows } from '../raw.ts';
import { writeAudit, type Actor } from './audit.ts';
import { codeLockEnd } from './code-caps.ts';
import { knownDevice } from './known-devices.ts';
import { newestLetterState, writeLetter } from './letters.ts';
import { addOutboxLine } from './outbox.ts';
import { lockPerson, readPerson, type Person } from './people.ts';
import { newReference } from './references.ts';
import { currentSecretKeyId } from './secrets.ts';
import type { PersonKind } from './sessions.ts';
import type { Visit } from './visit.ts';

export interface ChallengeRow {
  id: string;
  memberId: string | null;
  staffId: string | null;
  /** Of a member. */
  accountId: string | null;
  purpose: CodePurpose;
  keyId: string;
  reference: string;
  state: OtpState;
  tries: number;
  resends: number;
  expiresAt: Date;
  /** Of the known device it was opened in; null in any other. */
  deviceDigest: Buffer | null;
}

export const CHALLENGE_COLUMNS = `id, member_id as "memberId", staff_id as "staffId",
  (select account_id from members where members.id = challenges.member_id) as "accountId", purpose, key_id as "keyId", reference, state, tries, resends,
  expires_at as "expiresAt", device_digest as "deviceDigest"`;

/** Whose challenge it is. */
export const personOf = ({
  memberId,
  staffId,
  accountId,
}: Pick<ChallengeRow, 'memberId' | 'staffId' | 'accountId'>): { kind: PersonKind; id: string; accountId?: string } =>
  memberId === null
    ? { kind: 'staff', id: staffId ?? '' }
    : { kind: 'member', id: memberId, ...(accountId === null ? {} : { accountId }) };

async function mailCode(tx: Tx, challenge: ChallengeRow, person: Person, occurrence: string): Promise<void> {
  await writeLetter(tx, {
    kind: 'one-time-password',
    subjectId: challenge.id,
    occurrence,
    recipient: person.address,
    facts: {
      name: person.name,
      reference: challenge.reference,
      expiresAt: challenge.expiresAt.toISOString(),
      person: person.kind,
      keyId: challenge.keyId,
      purpose: challenge.purpose,
    },
    sendBefore: challenge.expiresAt,
  });
}

/** Opens a challenge in the running transaction: row, letter and flow. Refused with the time when the person's caps allow none. */
export async function openChallenge(
  tx: Tx,
  person: Person,
  purpose: CodePurpose,
  visit: Visit,
): Promise<Outcome<{ challengeId: string }, 'code-locked'> & { until?: Date }> {
  await lockPerson(tx, person);
  const device = await knownDevice(tx, person.id, visit);
  const until = await codeLockEnd(tx, person, device);
  if (until !== undefined) {
    await writeAudit(tx, 'code-locked', actorOf(person), { visit, detail: { purpose } });
    return { ...refused('code-locked' as const), until };
  }
  const challenge = await firstRow<ChallengeRow>(
    `insert into challenges (id, member_id, staff_id, purpose, key_id, reference, expires_at, device_digest)
     values ($1, $2, $3, $4, $5, $6, now() + make_interval(secs => $7), $8) returning ${CHALLENGE_COLUMNS}`,
    [
      randomUUID(),
      person.kind === 'member' ? person.id : null,
      person.kind === 'staff' ? person.id : null,
      purpose,
      currentSecretKeyId(),
      newReference(),
      limits().codeLifetimeSeconds,
      device,
    ],
    tx,
  );
  if (challenge === undefined) throw new Error('challenge not inserted');
  await addOutboxLine(tx, 'otp', challenge.id, 'start');
  await mailCode(tx, challenge, person, 'first');
  await writeAudit(tx, 'code-asked', actorOf(person), { subjectId: challenge.id, visit, detail: { purpose } });
  return done({ challengeId: challenge.id });
}

const actorOf = (person: Person): Actor => ({ kind: person.kind, id: person.id, accountId: person.accountId });

export interface ChallengeView {
  state: OtpState;
  reference: string;
  expiresAt: Date;
  /** By the database's clock, whatever this process believes (S09). */
  secondsLeft: number;
  triesLeft: number;
  resendsLeft: number;
  /** Seconds until a resend is allowed; 0 when it is. */
  resendInSeconds: number;
  /** Of the newest mail with this code: 'parked' tells the member that it can't be delivered. */
  letter: { state: LetterState; tries: number } | undefined;
}

/** What the ワンタイムパスワード認証 page shows. `state` is 'expired' from the very end on, whether or not the flow has noted it. */
export async function readChallenge(id: string): Promise<ChallengeView> {
  const l = limits();
  const row = await firstRow<ChallengeRow & { wait: number; secondsLeft: number }>(
    `select ${CHALLENGE_COLUMNS.replace('state,', `case when state = 'open' and expires_at <= now() then 'expired' else state end as state,`)},
       greatest(0, ceil(extract(epoch from mailed_at - now()) + $2))::int as wait,
       greatest(0, ceil(extract(epoch from expires_at - now())))::int as "secondsLeft"
     from challenges where id = $1`,
    [id, l.codeResendAfterSeconds],
  );
  if (row === undefined) throw new Error('challenge row missing');
  return {
    state: row.state,
    reference: row.reference,
    expiresAt: row.expiresAt,
    secondsLeft: row.secondsLeft,
    triesLeft: Math.max(0, l.codeTries - row.tries),
    resendsLeft: Math.max(0, l.codeResends - row.resends),
    resendInSeconds: row.wait,
    letter: await newestLetterState('one-time-password', id),
  };
}

export type ResendRefusal = 'too-soon' | 'no-resends-left' | 'expired' | 'ended' | 'code-locked';

/** Mails the same code again, with the same end; tries and time don't reset (S10). @param who whose challenge it is */
export async function resendCode(
  challengeId: string,
  who: { kind: PersonKind; id: string },
  visit: Visit,
): Promise<Outcome<null, ResendRefusal>> {
  return inTransaction(async (tx) => {
    if ((await lockPerson(tx, who)) === undefined) return refused('ended' as const);
    const person = await readPerson(tx, who);
    const row = await firstRow<ChallengeRow & { soon: boolean; over: boolean }>(
      `select ${CHALLENGE_COLUMNS}, mailed_at > now() - make_interval(secs => $2) as soon, expires_at <= now() as over
       from challenges where id = $1 for update`,
      [challengeId, limits().codeResendAfterSeconds],
      tx,
    );
    if (row === undefined || (row.state !== 'open' && row.state !== 'expired')) return refused('ended' as const);
    if (row.over || row.state === 'expired') return refused('expired' as const);
    if (row.resends >= limits().codeResends) return refused('no-resends-left' as const);
    if (row.soon) return refused('too-soon' as const);
    if ((await codeLockEnd(tx, person, row.deviceDigest)) !== undefined) {
      await writeAudit(tx, 'code-locked', actorOf(person), { subjectId: challengeId, visit });
      return refused('code-locked' as const);
    }
    await rows(`update challenges set resends = resends + 1, mailed_at = now() where id = $1`, [challengeId], tx);
    await mailCode(tx, row, person, `resend-${row.resends + 1}`);
    await writeAudit(tx, 'code-mailed-again', actorOf(person), { subjectId: challengeId, visit });
    return done(null);
  });
}

export interface ChallengeStanding {
  state: OtpState;
  /** Until the end of its time, by the database's clock; 0 when over. */
  millisecondsLeft: number;
  /** Names the account to operators; undefined for staff. */
  customerNumber: string | undefined;
  /** When it came to this state. */
  since: Date;
}

/** Where a challenge stands, for its flow. @throws Error when there is none */
export async function readChallengeStanding(id: string): Promise<ChallengeStanding> {
  const row = await firstRow<{ state: OtpState; millisecondsLeft: number; customerNumber: string | null; since: Date }>(
    `select challenge.state, account.customer_number as "customerNumber", coalesce(challenge.ended_at, challenge.created_at) as since,
       greatest(0, extract(epoch from challenge.expires_at - clock_timestamp()) * 1000)::float8 as "millisecondsLeft"
     from challenges challenge left join members member on member.id = challenge.member_id
       left join accounts account on account.id = member.account_id
     where challenge.id = $1`,
    [id],
  );
  if (row === undefined) throw new Error('challenge row missing');
  return { ...row, customerNumber: row.customerNumber ?? undefined };
}

/** Ends a challenge whose time is over; changes nothing before its end or after another end. Answers where it stands then. */
export async function expireChallenge(id: string): Promise<ChallengeStanding> {
  await inTransaction(async (tx) => {
    const expired = await firstRow<ChallengeRow>(
      `update challenges set state = 'expired', ended_at = now() where id = $1 and state = 'open' and expires_at <= now()
       returning ${CHALLENGE_COLUMNS}`,
      [id],
      tx,
    );
    if (expired === undefined) return;
    await writeAudit(tx, 'code-expired', { kind: 'system', accountId: personOf(expired).accountId }, { subjectId: id });
  });
  return readChallengeStanding(id);
}

/** Cancels whatever codes a deleted member was still asked for. */
export async function cancelChallengesOf(tx: Tx, memberId: string): Promise<void> {
  const cancelled = await rows<{ id: string }>(
    `update challenges set state = 'cancelled', ended_at = now() where member_id = $1 and state = 'open' returning id`,
    [memberId],
    tx,
  );
  for (const { id } of cancelled) await addOutboxLine(tx, 'otp', id, 'signInLeft');
}
