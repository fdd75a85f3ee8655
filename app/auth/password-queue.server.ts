/** Too many passwords wait to be hashed: the one who comes last is asked to try again, nobody else waits longer (S59). */
import { PasswordQueueFull } from '../../db/stores/passwords.ts';

/** @throws Response 503 instead of PasswordQueueFull */
export async function withPasswordQueue<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof PasswordQueueFull) throw new Response(null, { status: 503, headers: { 'Retry-After': '10' } });
    throw error;
  }
}
