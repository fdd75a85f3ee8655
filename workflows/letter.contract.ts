/** A letter: what callers and operators may know of the flow. Its story is letter.workflow.ts. */
import { defineQuery, defineUpdate } from '@temporalio/workflow';
import type { LetterState } from '../domain/flows/letter.ts';

export const letterType = 'letter';

/** The id comes from the row, so that a second start finds the first. */
export const letterId = (id: string): string => `letter/${id}`;

export interface LetterInput {
  letterId: string;
}

/** Who acts on a parked letter: an account name such as `ops1`, never a person's name or address (histories are read by many). */
export interface ByOperator {
  operator: string;
}

/** Whether an update's argument is one: checked before the update enters the history. */
export function isByOperator(argument: unknown): argument is ByOperator {
  const operator = (argument as Partial<ByOperator> | null | undefined)?.operator;
  return typeof operator === 'string' && /^[a-z0-9][a-z0-9._-]{0,31}$/.test(operator);
}

// Acts of an operator on a parked letter. Each answers with the state after it; where it is not 'parked' any more, nothing was done.
export const retry = defineUpdate<LetterState, [ByOperator]>('retry');
export const giveUp = defineUpdate<LetterState, [ByOperator]>('giveUp');

/** For operators and tests; pages read the row. */
export const getState = defineQuery<LetterState>('getState');
