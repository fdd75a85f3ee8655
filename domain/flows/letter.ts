/** A letter: one mail to one recipient. Source: ours (faults.md, "the promise"). */
import type { StateTable } from './state-table.ts';

export const letterStates = ['pending', 'sent', 'parked', 'lapsed', 'abandoned'] as const;
export type LetterState = (typeof letterStates)[number];

/**
 * `refusedForGood`: the mail server says never. `timeRanOut`: temporary refusals for 24 h. `endPassed`: its code or link is over.
 * `retried` and `givenUp` are an operator's acts on a parked letter.
 */
export type LetterEvent = 'delivered' | 'refusedForGood' | 'timeRanOut' | 'endPassed' | 'retried' | 'givenUp';

export const letterTable: StateTable<LetterState, LetterEvent> = {
  name: 'letter',
  initial: 'pending',
  states: {
    pending: { delivered: 'sent', refusedForGood: 'parked', timeRanOut: 'parked', endPassed: 'lapsed' },
    sent: {},
    parked: { retried: 'pending', givenUp: 'abandoned', endPassed: 'lapsed' },
    lapsed: {},
    abandoned: {},
  },
};
