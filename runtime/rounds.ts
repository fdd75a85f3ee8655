/** Work that a process does again and again behind everybody's back: sealing, purging, looking after flows. */
import { setTimeout as sleep } from 'node:timers/promises';
import { logger } from './logger.ts';

export interface Rounds {
  /** Begins no further round, and resolves once the one that runs is over. */
  stop: () => Promise<void>;
}

/**
 * Runs `round` at once, and again that many milliseconds after each has ended. A round that fails is logged under the name and made up for by
 * the next. The round itself is told by the signal that it is to end early.
 */
export function startRounds(
  name: string,
  everyMilliseconds: number,
  round: (signal: AbortSignal) => Promise<void>,
): Rounds {
  const stopping = new AbortController();
  const { signal } = stopping;
  const running = (async () => {
    while (!signal.aborted) {
      await round(signal).catch((err: unknown) => logger(name).error({ err }, 'a round failed'));
      await sleep(everyMilliseconds, undefined, { signal }).catch(() => undefined);
    }
  })();
  return {
    stop: async () => {
      stopping.abort();
      await running;
    },
  };
}
