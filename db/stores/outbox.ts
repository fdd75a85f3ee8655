/** What flows still have to be told: written in the transaction of the fact, delivered by the relay (style.md, "The outbox"). */
import pg from 'pg';
import { config } from '../../runtime/config.ts';
import type { ProcedureKind } from '../../domain/procedures.ts';
import type { Tx } from '../connect.ts';
import { OutboxLine } from '../models/index.ts';
import { firstRow, rows } from '../raw.ts';

export type OutboxFlow = 'otp' | 'letter' | 'application' | ProcedureKind;

/** 'start' begins the flow; the others are past facts that its handlers know. */
export type OutboxEvent =
  | 'start'
  | 'codeAccepted'
  | 'triesExhausted'
  | 'signInLeft'
  | 'commandGiven'
  | 'passwordSet'
  | 'addressGiven'
  | 'addressConfirmed'
  | 'addressTaken'
  | 'calledOff'
  | 'replaced';

export interface WaitingLine {
  id: string;
  flow: OutboxFlow;
  /** Names the flow: challenge, letter, application or procedure. */
  rowId: string;
  event: OutboxEvent;
  /** What the event is about where the flow alone doesn't say it: the command of `commandGiven`. */
  subjectId: string | null;
  attempts: number;
}

/** Adds a line. `delaySeconds` leaves a submission's start to the web process first; `subjectId` names a command. */
export async function addOutboxLine(
  tx: Tx,
  flow: OutboxFlow,
  rowId: string,
  event: OutboxEvent,
  more: { delaySeconds?: number; subjectId?: string } = {},
): Promise<void> {
  await rows(
    `insert into outbox (flow, row_id, event, subject_id, due_at)
     values ($1, $2, $3, $4, now() + make_interval(secs => $5))`,
    [flow, rowId, event, more.subjectId ?? null, more.delaySeconds ?? 0],
    tx,
  );
}

/**
 * Lines that are due, those of submissions first so that letters never starve them, each flow's in id order:
 * a line waits while an earlier one of the same row is undelivered.
 */
export async function dueLines(most: number): Promise<WaitingLine[]> {
  return rows<WaitingLine>(
    `select id, flow, row_id as "rowId", event, subject_id as "subjectId", attempts from outbox line
     where delivered_at is null and due_at <= now()
       and not exists (select from outbox earlier
                       where earlier.row_id = line.row_id and earlier.delivered_at is null and earlier.id < line.id)
     order by (flow <> 'application'), id limit $1`,
    [most],
  );
}

/** Marks lines as delivered; delivering one twice is harmless. */
export async function markDelivered(ids: string[]): Promise<void> {
  if (ids.length === 0) return;
  await rows(`update outbox set delivered_at = now() where id = any($1::bigint[]) and delivered_at is null`, [ids]);
}

/** The web process has started this row's flow itself: its start line needs nobody any more. */
export async function markStartDelivered(flow: OutboxFlow, rowId: string): Promise<void> {
  await rows(
    `update outbox set delivered_at = now() where flow = $1 and row_id = $2 and event = 'start' and delivered_at is null`,
    [flow, rowId],
  );
}

/** Puts a line that could not be delivered off: 1 s, doubling up to 10 s. */
export async function putOff(id: string): Promise<void> {
  await rows(
    `update outbox set attempts = attempts + 1, due_at = now() + make_interval(secs => least(10, power(2, least(attempts, 5))))
     where id = $1 and delivered_at is null`,
    [id],
  );
}

/** How many lines wait longer than `seconds` after they were due (I6). */
export async function countOverdueLines(seconds: number): Promise<number> {
  const row = await firstRow<{ n: number }>(
    `select count(*)::int as n from outbox where delivered_at is null and due_at < now() - make_interval(secs => $1)`,
    [seconds],
  );
  return row?.n ?? 0;
}

/** Calls `wake` whenever lines were added. Returns the function that stops listening; `lost` tells that the connection went away. */
export async function listenForLines(wake: () => void, lost: () => void): Promise<() => Promise<void>> {
  const client = new pg.Client({ connectionString: config().databaseUrl, keepAlive: true });
  client.on('notification', wake);
  client.on('error', lost);
  client.on('end', lost);
  await client.connect();
  await client.query('listen outbox');
  return async () => {
    client.removeAllListeners('end');
    await client.end();
  };
}

/** The lines of one row, for tests and operators. */
export async function linesOf(rowId: string): Promise<{ event: string; deliveredAt: Date | null }[]> {
  const found = await OutboxLine.findAll({ where: { rowId }, order: [['id', 'ASC']] });
  return found.map((line) => ({ event: line.event, deliveredAt: line.deliveredAt }));
}
