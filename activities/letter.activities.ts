/** What the flow of a letter asks of our database. The sending itself is mail.activities.ts, on a task queue of its own. */
import type { LetterEvent, LetterState } from '../domain/flows/letter.ts';

export interface LetterRow {
  state: LetterState;
  /** How long it may still be tried, by the database's clock; 0 when over. */
  millisecondsLeft: number;
  /** Whether its code or link ends with that time. */
  endsWithSecret: boolean;
}

/** Each answers with the event that its row now tells of. */
export interface LetterActivities {
  readLetterStanding: (letterId: string) => Promise<LetterRow>;
  recordParked: (letterId: string) => Promise<LetterEvent>;
  recordLapsed: (letterId: string) => Promise<LetterEvent>;
  reopenLetter: (letterId: string, operator: string) => Promise<LetterEvent>;
  recordAbandoned: (letterId: string, operator: string) => Promise<LetterEvent>;
}

/** What the flow of a letter asks of the mail server, on the task queue `mail`. */
export interface MailActivities {
  /** Answers what became of it. @throws to be tried again, when the server refuses for now or can't be reached */
  sendLetter: (letterId: string) => Promise<LetterEvent>;
}

interface LetterStore {
  readLetterStanding: (id: string) => Promise<LetterRow>;
  recordLetter: (
    id: string,
    from: LetterState[],
    to: LetterState,
    why?: { refusal?: string; operator?: string },
  ) => Promise<LetterState>;
  reopenLetter: (id: string, operator: string) => Promise<LetterState>;
}

/** @param store db/stores/letters.ts */
export function createLetterActivities(store: LetterStore): LetterActivities {
  return {
    /** Safe twice: it only reads. */
    readLetterStanding: async (letterId) => {
      const { state, millisecondsLeft, endsWithSecret } = await store.readLetterStanding(letterId);
      return { state, millisecondsLeft: Math.ceil(millisecondsLeft), endsWithSecret };
    },

    /** Safe twice: conditional on 'pending'. A mail that went out in the last moment stays sent. */
    recordParked: async (letterId) => {
      const state = await store.recordLetter(letterId, ['pending'], 'parked', { refusal: 'time-ran-out' });
      return state === 'sent' ? 'delivered' : 'timeRanOut';
    },

    /** Safe twice: conditional on not having ended. A mail that went out in the last moment stays sent. */
    recordLapsed: async (letterId) => {
      const state = await store.recordLetter(letterId, ['pending', 'parked'], 'lapsed');
      return state === 'sent' ? 'delivered' : 'endPassed';
    },

    /** Safe twice: conditional on 'parked'; the second run finds it pending and adds no audit line. */
    reopenLetter: async (letterId, operator) => {
      await store.reopenLetter(letterId, operator);
      return 'retried';
    },

    /** Safe twice: conditional on 'parked'. */
    recordAbandoned: async (letterId, operator) => {
      await store.recordLetter(letterId, ['parked'], 'abandoned', { operator });
      return 'givenUp';
    },
  };
}
