/** A member looks at their own sessions and ends those of other browsers (S29). */
import { done, refused, type Outcome } from '../../domain/outcome.ts';
import { inTransaction } from '../connect.ts';
import { firstRow, rows } from '../raw.ts';
import { writeAudit } from './audit.ts';
import { withCurrentPassword, type CurrentPasswordRefusal } from './current-password.ts';
import { endOtherSessions, type MemberSession } from './sessions.ts';
import type { Visit } from './visit.ts';

export interface OwnSession {
  id: string;
  ip: string;
  userAgent: string;
  signedInAt: Date;
  lastSeenAt: Date;
  /** The one that looks. */
  own: boolean;
}

/** All that are signed in completely, this browser's first, then the last used first. */
export async function listOwnSessions(session: MemberSession): Promise<OwnSession[]> {
  return rows<OwnSession>(
    `select id, ip, user_agent as "userAgent", created_at as "signedInAt", last_seen_at as "lastSeenAt", id = $2 as own
     from sessions where member_id = $1 and stage = 'full' and ended_at is null and ends_at > now() and idle_ends_at > now()
     order by id = $2 desc, last_seen_at desc, id`,
    [session.memberId, session.id],
  );
}

/**
 * Ends another browser's session, or all others. Asks for the current password: a browser left open must not be able to sign its
 * owner out everywhere else (ASVS 7.5.2). One that has ended meanwhile is no mistake.
 */
export async function endOwnSessions(
  session: MemberSession,
  which: 'all' | { id: string },
  currentPassword: string,
  visit: Visit,
): Promise<Outcome<{ ended: number }, CurrentPasswordRefusal>> {
  const asked = { typed: currentPassword, refusedAs: 'session-end-refused' as const, visit };
  return withCurrentPassword(session, asked, (stillRight) =>
    inTransaction(async (tx) => {
      if (!(await stillRight(tx))) return refused('current-password-wrong' as const);
      const ended = await endOtherSessions(tx, session, which, 'signed-out');
      const actor = { kind: 'member' as const, id: session.memberId, accountId: session.accountId };
      for (const subjectId of ended) await writeAudit(tx, 'other-session-ended', actor, { subjectId, visit });
      return done({ ended: ended.length });
    }),
  );
}

export interface SessionTime {
  /** Until it ends by idleness or for good, by the database's clock; 0 when over. */
  secondsLeft: number;
  /** Whether going on moves that end: the twelve hours of a session are its last. */
  canContinue: boolean;
}

/** How long a session still lives, read anew: what the request itself was given is from before it was touched. */
export async function readSessionTime(id: string): Promise<SessionTime> {
  const row = await firstRow<SessionTime>(
    `select greatest(0, floor(extract(epoch from idle_ends_at - now())))::int as "secondsLeft", idle_ends_at < ends_at as "canContinue"
     from sessions where id = $1 and ended_at is null`,
    [id],
  );
  return row ?? { secondsLeft: 0, canContinue: false };
}
