/** 進行中のお手続き: what a member has open that waits for a mailed link or code, and what they can do about a reset. */
import { done, refused, type Outcome } from '../../domain/outcome.ts';
import type { ProcedureKind, ProcedureStates } from '../../domain/procedures.ts';
import { inTransaction, type Tx } from '../connect.ts';
import { firstRow, rows } from '../raw.ts';
import { writeAudit } from './audit.ts';
import { validLinkOf } from './links.ts';
import { lockPerson, readPerson } from './people.ts';
import { endProcedure } from './procedures.ts';
import { mailReset, noResetMailBefore } from './reset-mails.ts';
import type { MemberSession } from './sessions.ts';
import type { Visit } from './visit.ts';

type Open<Kind extends ProcedureKind> = {
  id: string;
  kind: Kind;
  state: ProcedureStates[Kind];
  begunAt: Date;
  expiresAt: Date;
  /** By the database's clock. */
  secondsLeft: number;
};

export type OwnProcedure = { [Kind in ProcedureKind]: Open<Kind> }[ProcedureKind];

/** Those still open, the oldest first. One whose time is over is left out, whether or not its flow has noted it. */
export async function listOwnProcedures(memberId: string): Promise<OwnProcedure[]> {
  return rows<OwnProcedure>(
    `select id, kind, state, created_at as "begunAt", expires_at as "expiresAt",
       floor(extract(epoch from expires_at - now()))::int as "secondsLeft"
     from procedures where member_id = $1 and ended_at is null and state <> 'asked' and expires_at > now()
     order by created_at, id`,
    [memberId],
  );
}

/** Calls a reset of one's own password off, so that its link is dead. @returns whether it was still open */
export async function cancelOwnReset(session: MemberSession, id: string, visit: Visit): Promise<boolean> {
  return inTransaction(async (tx) => {
    const own = await lockOwnReset(tx, session, id);
    if (own === undefined || !(await endProcedure(tx, 'password-reset', id, 'cancelled', 'calledOff'))) return false;
    await writeAudit(tx, 'procedure-cancelled', actorOf(session), { subjectId: id, visit });
    return true;
  });
}

/**
 * Mails the still valid link of one's own reset once more; its end stays.
 * Refused when three such mails went out within the hour, or twenty within the day, until `until` (S57).
 */
export async function mailOwnResetAgain(
  session: MemberSession,
  id: string,
  visit: Visit,
): Promise<Outcome<null, 'nothing-open' | 'too-many'> & { until?: Date }> {
  return inTransaction(async (tx) => {
    const own = await lockOwnReset(tx, session, id);
    const link = own === undefined ? undefined : await validLinkOf(tx, id, 'password-reset');
    if (own === undefined || link === undefined) return refused('nothing-open' as const);
    const until = await noResetMailBefore(tx, session.memberId);
    if (until !== undefined) return { ...refused('too-many' as const), until };
    const person = await readPerson(tx, { kind: 'member', id: session.memberId });
    await mailReset(tx, id, person, link, `again-${own.mailed}`);
    await writeAudit(tx, 'password-reset-mailed-again', actorOf(session), { subjectId: id, visit });
    return done(null);
  });
}

async function lockOwnReset(tx: Tx, { memberId }: MemberSession, id: string): Promise<{ mailed: number } | undefined> {
  await lockPerson(tx, { kind: 'member', id: memberId });
  return firstRow(
    `select (select count(*)::int from letters where subject_id = procedures.id) as mailed from procedures
     where id = $1 and member_id = $2 and kind = 'password-reset' for update`,
    [id, memberId],
    tx,
  );
}

const actorOf = ({ memberId, accountId }: MemberSession) => ({ kind: 'member' as const, id: memberId, accountId });
