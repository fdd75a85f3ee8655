/** Waits for what a process needs and can't bring up itself. */
import { setTimeout as sleep } from 'node:timers/promises';

const AGAIN_MILLISECONDS = 1000;

/**
 * Tries until it works, at most `milliseconds`.
 * @throws Error with one line for the person who starts the process: what is missing, where it was looked for
 */
export async function patiently<T>(what: string, milliseconds: number, attempt: () => Promise<T>): Promise<T> {
  const until = Date.now() + milliseconds;
  for (;;) {
    try {
      return await attempt();
    } catch (cause) {
      if (Date.now() >= until) throw new Error(`${what} can not be reached`, { cause });
      await sleep(AGAIN_MILLISECONDS);
    }
  }
}
