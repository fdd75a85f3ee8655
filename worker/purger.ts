/** Takes away what is kept for a while only, soon after its time: at the start of the worker and each hour. */
import { purgeWhatIsOver } from '../db/stores/purge.ts';
import { logger } from '../runtime/logger.ts';
import { startRounds, type Rounds } from '../runtime/rounds.ts';

const EVERY_MILLISECONDS = 60 * 60_000;

export function startPurger(): Rounds {
  return startRounds('purger', EVERY_MILLISECONDS, async () => {
    const purged = await purgeWhatIsOver();
    if (Object.values(purged).some((count) => count > 0)) logger('purger').info(purged, 'purged');
  });
}
