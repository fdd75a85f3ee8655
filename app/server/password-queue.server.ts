/** Too many passwords wait to be hashed: the one who comes last is asked to try again, nobody else waits longer (S59). */
import { inPasswordQueue, PasswordQueueFull } from '../../db/stores/passwords.ts';
import { Refusal } from './refusal.ts';

const TRY_AGAIN_SECONDS = 10;

/** A field of any form of ours in which a password is typed. */
export const isPasswordField = (name: string): boolean => /password/i.test(name);

/**
 * Answers a post that brings a password, from whatever page, in the queue; any other one at once. The queue stands before Remix: to draw
 * a page for each that is turned away would keep the process as busy as the hashes.
 * @param fields what was posted
 * @throws Refusal 503 when the queue is full
 */
export async function inQueueWithPassword<T>(fields: URLSearchParams, answer: () => Promise<T>): Promise<T> {
  if (![...fields.keys()].some(isPasswordField)) return answer();
  try {
    return await inPasswordQueue(answer);
  } catch (error) {
    if (error instanceof PasswordQueueFull) throw new Refusal(503, TRY_AGAIN_SECONDS);
    throw error;
  }
}
