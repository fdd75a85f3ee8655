/** Sends letters: what the flow of a letter asks of the mail server. */
import { heartbeat } from '@temporalio/activity';
import type * as letters from '../db/stores/letters.ts';
import type { LetterEvent, LetterState } from '../domain/flows/letter.ts';
import { crashPoint } from '../runtime/crash-points.ts';
import type { MailActivities } from './letter.activities.ts';
import type { LetterText } from './mail/frame.ts';
import type { MailTransport } from './mail/transport.ts';

export interface MailDependencies {
  store: Pick<typeof letters, 'beginLetterTry' | 'readLetter' | 'recordLetter'>;
  transport: MailTransport;
  /** Subject and text of a letter, any code in it derived now. */
  write: (letter: letters.StoredLetter) => LetterText;
}

const HEARTBEAT_MILLISECONDS = 3000;

export function createMailActivities({ store, transport, write }: MailDependencies): MailActivities {
  return {
    /**
     * Safe twice: a letter that was sent or refused is not tried again. Only a crash between the server's yes and our record
     * sends it once more, with the same Message-ID and text (faults.md, the promise).
     */
    sendLetter: async (letterId) => {
      if (!(await store.beginLetterTry(letterId))) return eventOf((await store.readLetter(letterId)).state);
      const letter = await store.readLetter(letterId);
      const { recipient, messageId, createdAt: date } = letter;
      const refused = await whileBeating(transport.send({ recipient, messageId, date, ...write(letter) }));
      crashPoint('letter.after-effect');
      const state =
        refused === undefined
          ? await store.recordLetter(letterId, ['pending'], 'sent')
          : await store.recordLetter(letterId, ['pending'], 'parked', refused);
      crashPoint('letter.after-mark');
      return eventOf(state);
    },
  };
}

/** A letter that may not be begun is either decided already, or still pending because its code or link is over. */
function eventOf(state: LetterState): LetterEvent {
  if (state === 'sent') return 'delivered';
  return state === 'parked' ? 'refusedForGood' : 'endPassed';
}

/** Tells the service that this worker lives while the mail server takes its time; without it a killed one would be noticed late. */
async function whileBeating<T>(work: Promise<T>): Promise<T> {
  const timer = setInterval(() => heartbeat(), HEARTBEAT_MILLISECONDS);
  try {
    return await work;
  } finally {
    clearInterval(timer);
  }
}
