/** What the person at the console sees while the parts come up: a line for each step with its seconds. */

const STILL_EVERY_MS = 15_000;

export interface Progress {
  /** Runs one step and reports it when done; a long one is named again meanwhile. */
  step: <T>(title: string, work: () => Promise<T>) => Promise<T>;
  say: (line: string) => void;
}

export function consoleProgress(write: (text: string) => void): Progress {
  const say = (line: string): void => write(`${line}\n`);
  return {
    say,
    step: async (title, work) => {
      const begun = Date.now();
      const seconds = () => `${((Date.now() - begun) / 1000).toFixed(1)} s`;
      const still = setInterval(() => say(`  … ${title}: still on it (${seconds()})`), STILL_EVERY_MS);
      try {
        const result = await work();
        say(`  ✔ ${title} (${seconds()})`);
        return result;
      } finally {
        clearInterval(still);
      }
    },
  };
}
