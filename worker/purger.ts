/** Takes away what is kept for a while only, soon after its time: at the start of the worker and each hour. One round that is missed is made up for by the next. */
import { setTimeout as sleep } from 'node:timers/promises';
import { purgeWhatIsOver } from '../db/stores/purge.ts';
import { logger } from '../runtime/logger.ts';

const EVERY_MILLISECONDS = 60 * 60_000;

export interface Purger {
  stop: () => Promise<void>;
}

export function startPurger(): Purger {
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
  const log = logger('purger');
  while (!signal.aborted) {
    try {
      const purged = await purgeWhatIsOver();
      if (Object.values(purged).some((count) => count > 0)) log.info(purged, 'purged');
    } catch (err) {
      log.warn({ err }, 'not purged');
    }
    await sleep(EVERY_MILLISECONDS, undefined, { signal }).catch(() => undefined);
  }
}
