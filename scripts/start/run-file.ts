/**
 * DATA_DIR/run.json: what runs here, where, under which pids. Tests read it to end a part as by kill -9; the next start reads it
 * to find what a killed start left behind.
 */
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { processIdentity } from '../tools/process-identity.ts';
import { StartFailure } from './failure.ts';

export interface RunningProcess {
  pid: number;
  /** See processIdentity: the same pid without the same identity is another process. */
  identity: string | undefined;
}

export interface RunningPart extends RunningProcess {
  restarts: number;
}

export interface Run {
  start: RunningProcess;
  ready: boolean;
  parts: Record<string, RunningPart>;
  ports: Record<string, number>;
  urls: Record<string, string>;
}

export class RunFile {
  readonly #path: string;
  readonly #run: Run;

  private constructor(path: string, run: Run) {
    this.#path = path;
    this.#run = run;
  }

  /**
   * Makes this process the one start of `dataDir`, and ends what an earlier one left behind when it was killed.
   * @throws StartFailure when another start is alive there
   */
  static async claim(dataDir: string, report: (line: string) => void): Promise<RunFile> {
    mkdirSync(dataDir, { recursive: true, mode: 0o711 });
    const path = join(dataDir, 'run.json');
    const start = { pid: process.pid, identity: processIdentity(process.pid) };
    const run: Run = { start, ready: false, parts: {}, ports: {}, urls: {} };
    for (;;) {
      try {
        // `wx`: of two starts at once, one wins.
        writeFileSync(path, JSON.stringify(run), { flag: 'wx', mode: 0o600 });
        return new RunFile(path, run);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      }
      await takeOver(path, dataDir, report);
    }
  }

  update(change: Partial<Omit<Run, 'start'>>): void {
    Object.assign(this.#run, change);
    // Written beside and renamed: a reader never sees half a file.
    writeFileSync(`${this.#path}.new`, `${JSON.stringify(this.#run, null, 2)}\n`, { mode: 0o600 });
    renameSync(`${this.#path}.new`, this.#path);
  }

  remove(): void {
    rmSync(this.#path, { force: true });
  }
}

async function takeOver(path: string, dataDir: string, report: (line: string) => void): Promise<void> {
  const earlier = readRun(path);
  if (earlier !== undefined) {
    if (isAlive(earlier.start)) {
      throw new StartFailure(
        `Another start (pid ${earlier.start.pid}) runs on ${dataDir}: stop it first, or set DATA_DIR to another folder.`,
      );
    }
    const orphans = Object.entries(earlier.parts).filter(([, part]) => isAlive(part));
    if (orphans.length > 0) {
      report(
        `  An earlier start was killed and left ${orphans.map(([name]) => name).join(', ')} running: ending them first.`,
      );
      await Promise.all(orphans.map(([name, part]) => endOrphan(part, name === 'postgres' ? 'SIGINT' : 'SIGTERM')));
    }
  }
  rmSync(path, { force: true });
}

/** What runs by this run.json, or undefined when there is none. */
export function readRun(path: string): Run | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Run;
  } catch {
    return undefined;
  }
}

function isAlive({ pid, identity }: RunningProcess): boolean {
  return identity !== undefined && processIdentity(pid) === identity;
}

const ORPHAN_GRACE_MS = 10_000;

async function endOrphan(orphan: RunningProcess, signal: NodeJS.Signals): Promise<void> {
  process.kill(orphan.pid, signal);
  const end = Date.now() + ORPHAN_GRACE_MS;
  while (isAlive(orphan)) {
    if (Date.now() > end) process.kill(orphan.pid, 'SIGKILL');
    await sleep(100);
  }
}
