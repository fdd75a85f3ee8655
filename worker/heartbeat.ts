/** The worker's sign of life, for /readyz. */
import { randomUUID } from 'node:crypto';
import { recordBeat, removeBeat } from '../db/stores/worker-beats.ts';
import { logger } from '../runtime/logger.ts';
import { startRounds, type Rounds } from '../runtime/rounds.ts';

const EVERY_MILLISECONDS = 5000;

/** Beats at once, then every 5 s. Once stopped (safe to call twice) nobody counts on this worker any more. */
export function startHeartbeat(): Rounds {
  const workerId = randomUUID();
  const beats = startRounds('heartbeat', EVERY_MILLISECONDS, () => recordBeat(workerId));
  let stopped: Promise<void> | undefined;
  const stop = async (): Promise<void> => {
    // One that is on its way would put the row back.
    await beats.stop();
    await removeBeat(workerId).catch((err: unknown) => logger('heartbeat').warn({ err }, 'the last beat stays'));
  };
  return { stop: () => (stopped ??= stop()) };
}
