/** 進行中のお手続き: what a member has open that waits for a mailed link or code. */
import type { ProcedureKind, ProcedureStates } from '../../domain/procedures.ts';
import { inTransaction } from '../connect.ts';
import { firstRow, rows } from '../raw.ts';
import { writeAudit } from './audit.ts';
import { lockPerson } from './people.ts';
import { endProcedure } from './procedures.ts';
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
  const { memberId, accountId } = session;
  return inTransaction(async (tx) => {
    await lockPerson(tx, { kind: 'member', id: memberId });
    const own = await firstRow<{ id: string }>(
      `select id from procedures where id = $1 and member_id = $2 and kind = 'password-reset' for update`,
      [id, memberId],
      tx,
    );
    if (own === undefined || !(await endProcedure(tx, 'password-reset', id, 'cancelled', 'calledOff'))) return false;
    await writeAudit(tx, 'procedure-cancelled', { kind: 'member', id: memberId, accountId }, { subjectId: id, visit });
    return true;
  });
}
