/**
 * Keeps the parts of the site running: starts each in a process group of its own (so that Ctrl-C reaches only the start script, which
 * then stops them in order), starts one that dies again, and stops them all.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { processIdentity } from '../tools/process-identity.ts';
import { StartFailure } from './failure.ts';
import type { RunningPart } from './run-file.ts';
import { waitFor } from './wait.ts';

export interface Command {
  command: string;
  args: string[];
  env?: NodeJS.ProcessEnv;
  cwd?: string;
  uid?: number;
  gid?: number;
}

export interface Part extends Command {
  name: string;
  /** Resolves when the part does its work; throws, with a reason, as long as it doesn't. */
  ready: () => Promise<void>;
  readyWithinMs: number;
  stopSignal: NodeJS.Signals;
  /** How long it may take to stop by itself before it is killed. */
  graceMs: number;
  /** Before each start, e.g. to clear what a killed one left. */
  prepare?: () => void;
}

interface Options {
  logDir: string;
  report: (line: string) => void;
  /** Called whenever a pid changes. */
  changed: (parts: Record<string, RunningPart>) => void;
  /** The first part stops last. */
  order: readonly string[];
  backOff?: BackOff;
}

interface BackOff {
  firstMs: number;
  longestMs: number;
  /** Up this long, a part counts as well again. */
  forgetAfterMs: number;
}

interface Running {
  part: Part;
  child: ChildProcess | undefined;
  identity: string | undefined;
  startedAt: number;
  restarts: number;
  /** Deaths in a row without a long enough life in between. */
  deaths: number;
  wasReady: boolean;
  retry: NodeJS.Timeout | undefined;
  /** Ends the wait for readiness when the part can't come up. */
  giveUp: AbortController;
}

const BACK_OFF: BackOff = { firstMs: 500, longestMs: 10_000, forgetAfterMs: 30_000 };
const DEATHS_UNTIL_GIVEN_UP = 3;
const LOG_ROTATES_AT_BYTES = 10 * 1024 * 1024;

export class Supervisor {
  readonly #running = new Map<string, Running>();
  readonly #options: Options;
  readonly #backOff: BackOff;
  #stopping = false;

  constructor(options: Options) {
    this.#options = options;
    this.#backOff = options.backOff ?? BACK_OFF;
  }

  /** Starts a part and waits until it is ready. @throws StartFailure saying why it can't come up */
  async bringUp(part: Part): Promise<void> {
    if (this.#stopping) throw new StartFailure('stopped');
    rotate(this.#logFile(part));
    const running: Running = {
      part,
      child: undefined,
      identity: undefined,
      startedAt: 0,
      restarts: 0,
      deaths: 0,
      wasReady: false,
      retry: undefined,
      giveUp: new AbortController(),
    };
    this.#running.set(part.name, running);
    this.#launch(running);
    try {
      await waitFor(part.ready, { withinMs: part.readyWithinMs, signal: running.giveUp.signal });
    } catch (error) {
      if (error instanceof StartFailure) throw error;
      const reason = error instanceof Error ? error.message : String(error);
      throw new StartFailure(
        `${part.name} is not ready after ${part.readyWithinMs / 1000} s: ${reason}; ${this.#lastWords(part)}`,
        { cause: error },
      );
    }
    running.wasReady = true;
  }

  /** Stops every part, the last of the order first; nothing is started again. */
  async stopAll(): Promise<void> {
    this.#stopping = true;
    for (const running of this.#running.values()) {
      clearTimeout(running.retry);
      running.giveUp.abort(new StartFailure('stopped'));
    }
    for (const name of [...this.#options.order].reverse()) {
      const running = this.#running.get(name);
      if (running !== undefined) await stop(running);
    }
  }

  /** For a second Ctrl-C: no more waiting. */
  killAll(): void {
    this.#stopping = true;
    for (const { child } of this.#running.values()) signalGroup(child, 'SIGKILL');
  }

  #launch(running: Running): void {
    const { part } = running;
    part.prepare?.();
    const log = openSync(this.#logFile(part), 'a');
    const child = spawn(part.command, part.args, {
      detached: true,
      stdio: ['ignore', log, log],
      ...(part.env === undefined ? {} : { env: part.env }),
      ...(part.cwd === undefined ? {} : { cwd: part.cwd }),
      ...(part.uid === undefined ? {} : { uid: part.uid }),
      ...(part.gid === undefined ? {} : { gid: part.gid }),
    });
    closeSync(log);
    running.child = child;
    running.startedAt = Date.now();
    running.identity = child.pid === undefined ? undefined : processIdentity(child.pid);
    const ended = (how: string): void => {
      if (running.child !== child) return;
      running.child = undefined;
      this.#died(running, how);
    };
    child.once('error', (error) => ended(error.message));
    child.once('exit', (code, signal) => ended(signal ?? `exit code ${code ?? 'unknown'}`));
    this.#options.changed(this.#pids());
  }

  #died(running: Running, how: string): void {
    if (this.#stopping) return;
    const { part } = running;
    const livedMs = Date.now() - running.startedAt;
    running.deaths = livedMs > this.#backOff.forgetAfterMs ? 1 : running.deaths + 1;
    if (!running.wasReady && running.deaths >= DEATHS_UNTIL_GIVEN_UP) {
      running.giveUp.abort(new StartFailure(`${part.name} can't start (${how}); ${this.#lastWords(part)}`));
      return;
    }
    const delayMs = Math.min(this.#backOff.longestMs, this.#backOff.firstMs * 2 ** (running.deaths - 1));
    this.#options.report(`  ! ${part.name} died (${how}); starting it again in ${delayMs / 1000} s.`);
    running.restarts += 1;
    running.retry = setTimeout(() => {
      try {
        this.#launch(running);
      } catch (error) {
        // The log or `prepare` failed, e.g. on a full disk: counted like a death.
        this.#died(running, error instanceof Error ? error.message : String(error));
      }
    }, delayMs);
  }

  #pids(): Record<string, RunningPart> {
    const alive = [...this.#running].flatMap(([name, { child, identity, restarts }]) =>
      child?.pid === undefined ? [] : [[name, { pid: child.pid, identity, restarts }] as const],
    );
    return Object.fromEntries(alive);
  }

  #lastWords(part: Part): string {
    const log = this.#logFile(part);
    const lines = readFileSync(log, 'utf8').trim().split('\n');
    // A stack trace, or Node's version, says less than the error above it.
    const telling = lines.findLast((line) => /error|fail|refused|denied/i.test(line)) ?? lines.at(-1) ?? '';
    return `its log ${log} says: ${telling.trim().slice(0, 300)}`;
  }

  #logFile(part: Part): string {
    return join(this.#options.logDir, `${part.name}.log`);
  }
}

async function stop(running: Running): Promise<void> {
  const { child, part } = running;
  if (child === undefined || hasEnded(child)) return;
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  child.kill(part.stopSignal);
  const killer = setTimeout(() => signalGroup(child, 'SIGKILL'), part.graceMs);
  await ended;
  clearTimeout(killer);
}

function hasEnded(child: ChildProcess): boolean {
  return child.pid === undefined || child.exitCode !== null || child.signalCode !== null;
}

function signalGroup(child: ChildProcess | undefined, signal: NodeJS.Signals): void {
  if (child?.pid === undefined || hasEnded(child)) return;
  try {
    process.kill(-child.pid, signal);
  } catch {
    // Ended meanwhile.
  }
}

function rotate(log: string): void {
  if (existsSync(log) && statSync(log).size > LOG_ROTATES_AT_BYTES) renameSync(log, `${log}.1`);
}
