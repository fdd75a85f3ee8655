import { condition } from '@temporalio/workflow';

/**
 * Waits until `predicate` holds, at most `milliseconds`. @returns whether it held in time
 * @param summary what an operator reads beside the timer
 */
export async function waitUntil(predicate: () => boolean, milliseconds: number, summary: string): Promise<boolean> {
  // The SDK gives a wait of exactly 0 another meaning, and marks it as a patch in the history.
  return condition(predicate, Math.max(1, milliseconds), { summary });
}
