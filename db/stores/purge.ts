/** What is kept for a while only, and taken away when its time is over. Each statement may run twice, or in two workers at once. */
import { limits } from '../../runtime/limits.ts';
import { rows } from '../raw.ts';

/** How many were taken away. */
export interface Purged {
  /** Browsers in which nobody signed in for so long that they count as unknown. */
  devices: number;
  /** What was typed when a session had ended. */
  inputs: number;
  /** Uploaded files of migrated customers: what the import did stays. */
  files: number;
}

/** A statement is cut off after five seconds: a heap goes in pieces. What another worker is taking away is left to it. */
const PIECE = 1000;

/** Takes away whatever is over by the database's clock. */
export async function purgeWhatIsOver(): Promise<Purged> {
  return {
    devices: await inPieces(
      `delete from known_devices where (person_id, digest) in
         (select person_id, digest from known_devices where seen_at <= now() - make_interval(days => $1)
          limit ${PIECE} for update skip locked)
       returning 1`,
      [limits().deviceDays],
    ),
    inputs: await inPieces(
      `delete from kept_inputs where id in (select id from kept_inputs where expires_at <= now() limit ${PIECE} for update skip locked) returning 1`,
    ),
    files: await inPieces(
      `update customer_imports set sealed = null where id in
         (select id from customer_imports where sealed is not null and expires_at <= now() limit ${PIECE} for update skip locked)
       returning 1`,
    ),
  };
}

async function inPieces(statement: string, values: unknown[] = []): Promise<number> {
  let all = 0;
  for (;;) {
    const piece = (await rows(statement, values)).length;
    all += piece;
    if (piece < PIECE) return all;
  }
}
