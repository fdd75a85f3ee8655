/** Seals the audit trail behind everybody's back, a moment after its lines were committed (S70). */
import { setTimeout as sleep } from 'node:timers/promises';
import { readHorizon, sealUpTo, type Horizon } from '../db/stores/audit-seals.ts';
import { logger } from '../runtime/logger.ts';

const EVERY_MILLISECONDS = 2000;

export interface Sealer {
  stop: () => Promise<void>;
}

export function startSealer(): Sealer {
  const stopping = new AbortController();
  const running = run(stopping.signal);
  return {
    stop: async () => {
      stopping.abort();
      await running;
    },
  };
}

async function run(signal: AbortSignal): Promise<void> {
  let horizon: Horizon | undefined;
  while (!signal.aborted) {
    try {
      if (horizon === undefined || (await sealUpTo(horizon))) horizon = await readHorizon();
    } catch (err) {
      logger('sealer').warn({ err }, 'not sealed');
    }
    await sleep(EVERY_MILLISECONDS, undefined, { signal }).catch(() => undefined);
  }
}
