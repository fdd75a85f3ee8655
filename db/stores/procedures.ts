/**
 * What all procedures have in common that wait for a mailed link: the row, its moves, its end. Each move is one conditional UPDATE with the
 * outbox line that tells the flow. What a kind does on its own stands in password-reset.ts, password-setup.ts and email-change.ts.
 */
import { randomUUID } from 'node:crypto';
import type { ProcedureKind, ProcedureStates } from '../../domain/procedures.ts';
import type { Tx } from '../connect.ts';
import { firstRow, rows } from '../raw.ts';
import { writeAudit } from './audit.ts';
import { cancelLinksOf } from './links.ts';
import { addOutboxLine, type OutboxEvent } from './outbox.ts';

/** What a new procedure is about. */
export interface NewProcedure<Kind extends ProcedureKind> {
  kind: Kind;
  state: ProcedureStates[Kind];
  /** Null where it isn't known yet who typed: a reset as it is asked for. */
  memberId: string | null;
  /** The typed pair of a reset. */
  pair?: { loginId: string; addressCanonical: string };
  /** Until its flow has something to do: 0 for at once. */
  dueSeconds: number;
  lifetimeSeconds: number;
}

/** Writes the row and the line that starts its flow. @returns its id */
export async function openProcedure<Kind extends ProcedureKind>(tx: Tx, given: NewProcedure<Kind>): Promise<string> {
  const id = randomUUID();
  await rows(
    `insert into procedures (id, kind, state, member_id, login_id, address_canonical, due_at, expires_at)
     values ($1, $2, $3, $4, $5, $6, now() + make_interval(secs => $7), now() + make_interval(secs => $8))`,
    [
      id,
      given.kind,
      given.state,
      given.memberId,
      given.pair?.loginId ?? null,
      given.pair?.addressCanonical ?? null,
      given.dueSeconds,
      given.lifetimeSeconds,
    ],
    tx,
  );
  await addOutboxLine(tx, given.kind, id, 'start');
  return id;
}

/**
 * Ends a procedure that is still open, with its links, and tells its flow. @returns whether it was open: a second end changes nothing
 * @param event what the flow is told; left out where the flow itself asks
 */
export async function endProcedure<Kind extends ProcedureKind>(
  tx: Tx,
  kind: Kind,
  id: string,
  end: ProcedureStates[Kind],
  event?: OutboxEvent,
): Promise<boolean> {
  const ended = await firstRow<{ id: string }>(
    `update procedures set state = $3, state_at = now(), ended_at = now() where id = $1 and kind = $2 and ended_at is null returning id`,
    [id, kind, end],
    tx,
  );
  if (ended === undefined) return false;
  await cancelLinksOf(tx, id);
  if (event !== undefined) await addOutboxLine(tx, kind, id, event);
  return true;
}

/** Queues the moves of one procedure; before its links are touched. */
export async function lockProcedure(tx: Tx, id: string | null): Promise<void> {
  await rows(`select from procedures where id = $1 for update`, [id], tx);
}

/** Calls off whatever of these kinds a member has open: the password was changed, the member deleted (S16). */
export async function callOffProcedures(tx: Tx, memberId: string, kinds: readonly ProcedureKind[]): Promise<void> {
  const open = await rows<{ id: string; kind: ProcedureKind }>(
    `select id, kind from procedures where member_id = $1 and kind = any($2) and ended_at is null order by id for update`,
    [memberId, kinds],
    tx,
  );
  for (const { id, kind } of open) await endProcedure(tx, kind, id, 'cancelled', 'calledOff');
}

/** Ends one whose time is over, by the database's clock; changes nothing before that. Its flow asks. @returns whether it did */
export async function expireProcedure(tx: Tx, kind: ProcedureKind, id: string): Promise<boolean> {
  const over = await firstRow<{ id: string }>(
    `select id from procedures where id = $1 and kind = $2 and ended_at is null and expires_at <= now() for update`,
    [id, kind],
    tx,
  );
  if (over === undefined || !(await endProcedure(tx, kind, id, 'expired'))) return false;
  await writeAudit(tx, 'procedure-expired', { kind: 'system' }, { subjectId: id, detail: { kind } });
  return true;
}

export interface ProcedureStanding<Kind extends ProcedureKind> {
  state: ProcedureStates[Kind];
  /** Until something is due, by the database's clock; 0 when it is. */
  millisecondsLeft: number;
  /** Names the account to operators; undefined while nobody is known. */
  customerNumber: string | undefined;
  /** When it came to this state. */
  since: Date;
}

/** Where a procedure stands, for its flow. @throws Error when there is none of that kind */
export async function readProcedureStanding<Kind extends ProcedureKind>(
  kind: Kind,
  id: string,
): Promise<ProcedureStanding<Kind>> {
  const row = await firstRow<Omit<ProcedureStanding<Kind>, 'customerNumber'> & { customerNumber: string | null }>(
    `select procedure.state, account.customer_number as "customerNumber", procedure.state_at as since,
       greatest(0, extract(epoch from procedure.due_at - clock_timestamp()) * 1000)::float8 as "millisecondsLeft"
     from procedures procedure left join members member on member.id = procedure.member_id
       left join accounts account on account.id = member.account_id
     where procedure.id = $1 and procedure.kind = $2`,
    [id, kind],
  );
  if (row === undefined) throw new Error('procedure row missing');
  return { ...row, customerNumber: row.customerNumber ?? undefined };
}
