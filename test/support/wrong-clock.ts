/** Another clock for a process of the site: modules for Node's `--import`. Date alone is moved; timers, and PostgreSQL's clock, go on as ever. */
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** @param ahead a module's text that declares `ahead`, a function of how many milliseconds the clock is ahead of `Right` */
const clockModule = (ahead: string): string =>
  `data:text/javascript,${encodeURIComponent(`const Right = Date;
${ahead}
const now = () => Right.now() + Math.round(ahead());
globalThis.Date = new Proxy(Right, {
  construct: (_, given, by) => Reflect.construct(Right, given.length === 0 ? [now()] : given, by),
  apply: () => new Right(now()).toString(),
  get: (_, name) => (name === 'now' ? now : Right[name]),
});`)}`;

/** A clock that is wrong from the start of its process. */
export const wrongClock = (hoursAhead: number): string => clockModule(`const ahead = () => ${hoursAhead * 3_600_000};`);

interface ClockSetting {
  aheadMs: number;
  /** What it gains in each second, in milliseconds; negative: it loses. */
  gainsMs?: number;
}

export interface ClockSettings {
  web: ClockSetting;
  worker: ClockSetting;
}

const RIGHT: ClockSettings = { web: { aheadMs: 0 }, worker: { aheadMs: 0 } };
const LOOKS_EVERY_MS = 50;
const TAKEN_WITHIN_MS = 10_000;

/** The clocks of a running site's web and worker process: both read a file, and write beside it which of its settings they go by. */
export class Clocks {
  readonly #file: string;
  #revision = 0;

  constructor(file: string) {
    this.#file = file;
    this.#write(RIGHT);
  }

  /** For the environment of the whole site: no other process takes it up. */
  get nodeOptions(): string {
    return `--import=${clockModule(followFile(this.#file))}`;
  }

  /** Resolves once both go by it. @throws Error when one doesn't: the fault did not hit */
  async set(settings: ClockSettings): Promise<void> {
    this.#revision += 1;
    this.#write(settings);
    for (const part of ['web', 'worker'] as const) {
      for (const end = Date.now() + TAKEN_WITHIN_MS; this.#takenBy(part) !== this.#revision;) {
        if (Date.now() > end) throw new Error(`the fault did not hit: the clock of ${part} was not moved`);
        await sleep(LOOKS_EVERY_MS);
      }
    }
  }

  putRight(): Promise<void> {
    return this.set(RIGHT);
  }

  #write(settings: ClockSettings): void {
    // Renamed: a reader never sees half a file.
    writeFileSync(`${this.#file}.new`, JSON.stringify({ revision: this.#revision, ...settings }));
    renameSync(`${this.#file}.new`, this.#file);
  }

  /** The revision that the part goes by; undefined before it has started. */
  #takenBy(part: keyof ClockSettings): number | undefined {
    try {
      return Number(readFileSync(`${this.#file}.${part}`, 'utf8'));
    } catch {
      return undefined;
    }
  }
}

/** Only in the main thread of build/web.js and build/worker.js. */
const followFile = (file: string): string => `
import { readFileSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { isMainThread } from 'node:worker_threads';
const file = ${JSON.stringify(file)};
const part = basename(process.argv[1] ?? '', '.js');
let revision = -1, setting = { aheadMs: 0 }, since = 0;
const look = () => {
  try {
    const told = JSON.parse(readFileSync(file, 'utf8'));
    if (told.revision === revision) return;
    setting = told[part];
    since = Right.now();
    revision = told.revision;
    writeFileSync(file + '.' + part, String(revision));
  } catch {
    // The run is over and its files are gone: the clock stays as it is.
  }
};
if (isMainThread && (part === 'web' || part === 'worker')) {
  look();
  setInterval(look, ${LOOKS_EVERY_MS}).unref();
}
const ahead = () => setting.aheadMs + ((setting.gainsMs ?? 0) * (Right.now() - since)) / 1000;`;
