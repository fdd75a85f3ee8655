/** Asks on the terminal; what is piped in instead of typed is taken line by line. */
import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';

export interface Questioner {
  ask: (question: string) => Promise<string>;
  /** What is typed is not shown. */
  askHidden: (question: string) => Promise<string>;
  close: () => void;
}

/** Answers are empty once the input has ended. */
export function questioner(): Questioner {
  let hidden = false;
  // The terminal shows what readline writes here: typed keys too, unless they are swallowed.
  const shown = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      if (!hidden) process.stderr.write(chunk);
      done();
    },
  });
  const lines = createInterface({ input: process.stdin, output: shown, terminal: process.stdin.isTTY });
  const answers = lines[Symbol.asyncIterator]();
  const ask = async (question: string): Promise<string> => {
    process.stderr.write(question);
    const answer: IteratorResult<string, undefined> = await answers.next();
    return answer.value ?? '';
  };
  return {
    ask,
    askHidden: async (question) => {
      hidden = true;
      const answer = await ask(question);
      hidden = false;
      process.stderr.write('\n');
      return answer;
    },
    close: () => lines.close(),
  };
}
