/** A worker that stands still: what was begun stays as it is. */
import { waitFor } from '../../../scripts/start/wait.ts';
import type { RunningSite } from './running-site.ts';

/**
 * Holds the worker that runs now, or the next one where it is just being started anew: a worker that was held in the middle of a workflow task may
 * die as it goes on (the SDK's limit for one is 5 s), and the supervisor replaces it.
 * @returns what lets it go on
 */
export async function holdWorker(site: RunningSite): Promise<() => void> {
  const pid = await waitFor(
    async () => {
      const found = site.pid('worker');
      process.kill(found, 'SIGSTOP');
      return Promise.resolve(found);
    },
    { withinMs: 30_000 },
  );
  return () => void process.kill(pid, 'SIGCONT');
}
