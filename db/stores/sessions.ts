/** Signed-in browsers. The secret lives in the browser's cookie, its digest here; every end is judged by the database's clock. */
import { randomUUID } from 'node:crypto';
import { limits } from '../../runtime/limits.ts';
import type { Tx } from '../connect.ts';
import { inTransaction } from '../connect.ts';
import { firstRow, rows } from '../raw.ts';
import { writeAudit } from './audit.ts';
import { addOutboxLine } from './outbox.ts';
import { digestOf, newBrowserSecret } from './secrets.ts';
import type { Visit } from './visit.ts';

export type PersonKind = 'member' | 'staff';
export type StaffRole = 'coordinator' | 'administrator';

/** `code`: the password was right, the one-time code is still asked for. */
export type SessionStage = 'code' | 'full';

interface AnySession {
  id: string;
  stage: SessionStage;
  challengeId: string | null;
  endsAt: Date;
  idleEndsAt: Date;
  /** Its idle end was moved on within the last minute: touchSession would leave it alone. */
  seenLately: boolean;
}

export interface MemberSession extends AnySession {
  kind: 'member';
  memberId: string;
  accountId: string;
  loginId: string;
  customerNumber: string;
  company: string;
  userName: string;
  address: string;
  mustChangePassword: boolean;
}

export interface StaffSession extends AnySession {
  kind: 'staff';
  staffId: string;
  name: string;
  role: StaffRole;
  address: string;
}

/** Opens a session in the running transaction and answers its secret. @param person whose it is. */
export async function openSession(
  tx: Tx,
  person: { kind: PersonKind; id: string },
  stage: { stage: 'full' } | { stage: 'code'; challengeId: string },
  visit: Visit,
): Promise<{ secret: string; id: string; createdAt: Date }> {
  const secret = newBrowserSecret();
  const id = randomUUID();
  const lifetime = stage.stage === 'code' ? limits().preAuthSeconds : limits().sessionAbsoluteSeconds;
  const row = await firstRow<{ createdAt: Date }>(
    `insert into sessions (id, secret_digest, member_id, staff_id, stage, challenge_id, ip, user_agent, ends_at, idle_ends_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, now() + make_interval(secs => $9), now() + make_interval(secs => least($9, $10)))
     returning created_at as "createdAt"`,
    [
      id,
      digestOf(secret),
      person.kind === 'member' ? person.id : null,
      person.kind === 'staff' ? person.id : null,
      stage.stage,
      stage.stage === 'code' ? stage.challengeId : null,
      visit.ip,
      visit.userAgent.slice(0, 300),
      lifetime,
      limits().sessionIdleSeconds,
    ],
    tx,
  );
  if (row === undefined) throw new Error('session not inserted');
  return { secret, id, createdAt: row.createdAt };
}

const LIVING = `session.ended_at is null and session.ends_at > now() and session.idle_ends_at > now()`;

const SEEN_LATELY = `session.last_seen_at >= now() - interval '1 minute'`;

/** The member session of a secret, or undefined when there is none that lives. One query: it runs on every request. */
export async function readMemberSession(secret: string): Promise<MemberSession | undefined> {
  return firstRow<MemberSession>(
    `select 'member' as kind, session.id, session.stage, session.challenge_id as "challengeId", session.ends_at as "endsAt",
       session.idle_ends_at as "idleEndsAt", ${SEEN_LATELY} as "seenLately", member.id as "memberId", account.id as "accountId", account.login_id as "loginId",
       account.customer_number as "customerNumber", account.company, member.user_name as "userName", member.address,
       member.must_change_password as "mustChangePassword"
     from sessions session join members member on member.id = session.member_id join accounts account on account.id = member.account_id
     where session.secret_digest = $1 and member.deleted_at is null and ${LIVING}`,
    [digestOf(secret)],
  );
}

/** The staff session of a secret, or undefined when there is none that lives. */
export async function readStaffSession(secret: string): Promise<StaffSession | undefined> {
  return firstRow<StaffSession>(
    `select 'staff' as kind, session.id, session.stage, session.challenge_id as "challengeId", session.ends_at as "endsAt",
       session.idle_ends_at as "idleEndsAt", ${SEEN_LATELY} as "seenLately", person.id as "staffId", person.name, person.role, person.address
     from sessions session join staff person on person.id = session.staff_id
     where session.secret_digest = $1 and person.deleted_at is null and ${LIVING}`,
    [digestOf(secret)],
  );
}

/** A session that has ended, by time, by an act or with its person: a form drawn in it still tells whose input it was (S30). */
export interface EndedSession {
  stage: SessionStage;
  person: { kind: PersonKind; id: string };
}

/** The ended session of an id, or undefined when there is none or it still lives. */
export async function readEndedSession(id: string): Promise<EndedSession | undefined> {
  const row = await firstRow<{ stage: SessionStage; memberId: string | null; staffId: string | null }>(
    `select session.stage, session.member_id as "memberId", session.staff_id as "staffId"
     from sessions session left join members member on member.id = session.member_id left join staff person on person.id = session.staff_id
     where session.id = $1 and (not (${LIVING}) or coalesce(member.deleted_at, person.deleted_at) is not null)`,
    [id],
  );
  if (row === undefined) return undefined;
  const { stage, memberId, staffId } = row;
  return { stage, person: memberId === null ? { kind: 'staff', id: staffId ?? '' } : { kind: 'member', id: memberId } };
}

/** The one-time code that this browser's session waited for when its time was over: its page may still say so (S09). */
export async function readLapsedChallenge(secret: string, kind: PersonKind): Promise<string | undefined> {
  const row = await firstRow<{ challengeId: string }>(
    `select challenge_id as "challengeId" from sessions session
     where secret_digest = $1 and stage = 'code' and ended_at is null and not (${LIVING})
       and (case $2 when 'member' then member_id else staff_id end) is not null`,
    [digestOf(secret), kind],
  );
  return row?.challengeId;
}

/** Whether this browser's session ended because its member was deleted: only that browser is told so (S53). */
export async function endedByDeletion(secret: string): Promise<boolean> {
  const row = await firstRow(`select from sessions where secret_digest = $1 and end_reason = 'member-deleted'`, [
    digestOf(secret),
  ]);
  return row !== undefined;
}

/** Moves the idle end on; written at most once a minute, so that reading pages costs no writes. */
export async function touchSession(id: string): Promise<void> {
  await rows(
    `update sessions session set last_seen_at = now(), idle_ends_at = least(ends_at, now() + make_interval(secs => $2))
     where id = $1 and ended_at is null and stage = 'full' and not (${SEEN_LATELY})`,
    [id, limits().sessionIdleSeconds],
  );
}

export type SessionEnd =
  | 'signed-out'
  | 'replaced'
  | 'password-changed'
  | 'sign-in-reported'
  | 'member-deleted'
  | 'mfa-changed'
  | 'address-changed'
  | 'ended-by-staff';

/** Ends sessions and cancels the one-time codes they still waited for. @returns the ids of those that were open */
async function end(tx: Tx, where: string, bind: unknown[], reason: SessionEnd): Promise<string[]> {
  const ended = await rows<{ id: string; challengeId: string | null }>(
    // `where` is one of this file's own constants below.
    [
      `update sessions set ended_at = now(), end_reason = $1 where ended_at is null and`,
      where,
      `returning id, challenge_id as "challengeId"`,
    ].join(' '),
    [reason, ...bind],
    tx,
  );
  for (const { challengeId } of ended) {
    if (challengeId === null) continue;
    const cancelled = await firstRow<{ id: string }>(
      `update challenges set state = 'cancelled', ended_at = now() where id = $1 and state = 'open' returning id`,
      [challengeId],
      tx,
    );
    if (cancelled !== undefined) await addOutboxLine(tx, 'otp', challengeId, 'signInLeft');
  }
  return ended.map(({ id }) => id);
}

/** Queues the ends of one browser's session; the order of locks stands at lockPerson. */
export async function lockSession(tx: Tx, secret: string): Promise<void> {
  await rows(`select from sessions where secret_digest = $1 for no key update`, [digestOf(secret)], tx);
}

/** This browser's own session ends because a new one takes its place (S23). */
export async function replaceSession(tx: Tx, secret: string | undefined): Promise<void> {
  if (secret !== undefined) await end(tx, 'secret_digest = $2', [digestOf(secret)], 'replaced');
}

/** All open sessions of a member end; a change of password lets none live on (S24). */
export async function endSessionsOf(tx: Tx, memberId: string, reason: SessionEnd): Promise<void> {
  await end(tx, 'member_id = $2', [memberId], reason);
}

/** All open sessions of all members end. @returns how many */
export async function endEveryMemberSession(tx: Tx): Promise<number> {
  return (await end(tx, 'member_id is not null', [], 'ended-by-staff')).length;
}

/** Ends those of a member's other sessions that are named, or all of them; never the one they act in. @returns the ids of the ended ones */
export async function endOtherSessions(
  tx: Tx,
  session: { id: string; memberId: string },
  which: 'all' | { id: string },
  reason: SessionEnd,
): Promise<string[]> {
  const mine = [session.memberId, session.id];
  return which === 'all'
    ? end(tx, 'member_id = $2 and id <> $3', mine, reason)
    : end(tx, 'member_id = $2 and id <> $3 and id = $4', [...mine, which.id], reason);
}

/** Signs out: the session ends on the server, whatever the browser keeps. */
export async function signOut(session: MemberSession | StaffSession, visit: Visit): Promise<void> {
  await inTransaction(async (tx) => {
    await end(tx, 'id = $2', [session.id], 'signed-out');
    const actor =
      session.kind === 'member'
        ? { kind: session.kind, id: session.memberId, accountId: session.accountId }
        : { kind: session.kind, id: session.staffId };
    await writeAudit(tx, 'signed-out', actor, { visit });
  });
}
