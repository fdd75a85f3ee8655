/** Whether a worker is there: each says so every few seconds, and the database's clock judges how long ago that was. */
import { firstRow, rows } from '../raw.ts';

/** Ours: two beats may be lost (see worker/heartbeat.ts). */
const GONE_AFTER_SECONDS = 15;

/** The worker of this id is there; whoever died a day ago is forgotten. */
export async function recordBeat(workerId: string): Promise<void> {
  await rows(
    `with forgotten as (delete from worker_beats where beaten_at < now() - interval '1 day' and worker_id <> $1)
     insert into worker_beats (worker_id) values ($1) on conflict (worker_id) do update set beaten_at = now()`,
    [workerId],
  );
}

/** The worker of this id goes, in order. */
export async function removeBeat(workerId: string): Promise<void> {
  await rows(`delete from worker_beats where worker_id = $1`, [workerId]);
}

/** Whether any worker was there a moment ago. */
export async function isWorkerThere(): Promise<boolean> {
  const row = await firstRow<{ there: boolean }>(
    `select exists (select from worker_beats where beaten_at > now() - make_interval(secs => $1)) as there`,
    [GONE_AFTER_SECONDS],
  );
  return row?.there === true;
}
