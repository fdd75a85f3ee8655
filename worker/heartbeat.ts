/** The worker's sign of life, for /readyz. */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { recordBeat, removeBeat } from '../db/stores/worker-beats.ts';
import { logger } from '../runtime/logger.ts';

const EVERY_MILLISECONDS = 5000;

export interface Heartbeat {
  /** From now on nobody counts on this worker. Safe to call twice. */
  stop: () => Promise<void>;
}

/** Beats at once, then every 5 s; a beat that the database doesn't take is made up for by the next. */
export function startHeartbeat(): Heartbeat {
  const workerId = randomUUID();
  const stopping = new AbortController();
  const running = beat(workerId, stopping.signal);
  let stopped: Promise<void> | undefined;
  const stop = async (): Promise<void> => {
    stopping.abort();
    // One that is on its way would put the row back.
    await running;
    await tried(removeBeat(workerId));
  };
  return { stop: () => (stopped ??= stop()) };
}

async function beat(workerId: string, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await tried(recordBeat(workerId));
    await sleep(EVERY_MILLISECONDS, undefined, { signal }).catch(() => undefined);
  }
}

const tried = (work: Promise<void>): Promise<void> =>
  work.catch((err: unknown) => logger('worker').warn({ err }, 'no heartbeat'));
