/** A whole site of its own, as `npm start` brings it up, on free ports and in a temporary DATA_DIR. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Run } from '../../scripts/start/run-file.ts';
import { waitFor } from '../../scripts/start/wait.ts';

export type PartName = 'postgres' | 'mail' | 'temporal' | 'worker' | 'web';

export interface Site {
  dataDir: string;
  /** Where each part answers: web, mail, temporal, temporalUi, smtp, database, migrationDatabase. */
  urls: Run['urls'];
  ports: Run['ports'];
  /** What the console showed so far. */
  output: () => string;
  /** The part's pid now: it changes when the supervisor starts it again. @throws while the part is down */
  pid: (part: PartName) => number;
  /** run.json as it stands. */
  run: () => Run;
  startPid: number;
  /** Ctrl-C; DATA_DIR is removed. */
  stop: () => Promise<void>;
  /** Ctrl-C, with DATA_DIR kept for another start. */
  halt: () => Promise<void>;
}

interface Overrides {
  /** Another start on the same state. */
  dataDir?: string;
  env?: Record<string, string>;
  /** Another checkout. */
  root?: string;
}

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
/** The production build may have to be made first. */
const READY_WITHIN_MS = 180_000;

const ANY_FREE = {
  PORT: '0',
  PG_PORT: '0',
  TEMPORAL_PORT: '0',
  TEMPORAL_UI_PORT: '0',
  MAIL_UI_PORT: '0',
  MAIL_SMTP_PORT: '0',
};

/** Resolves when the site says that it is ready. @throws with its own words when it can't come up */
export async function startSite({ dataDir, env = {}, root = ROOT }: Overrides = {}): Promise<Site> {
  const folder = dataDir ?? (await temporaryFolder());
  let output = '';
  const child = spawn(process.execPath, ['--import', 'tsx', 'scripts/start.ts', '--while-stdin'], {
    cwd: root,
    // A group of its own: Ctrl-C on the test run must not reach it twice. Its standard input ends however the test run ends.
    detached: true,
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { ...process.env, NODE_ENV: 'production', ...ANY_FREE, DATA_DIR: folder, ...env },
  });
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  const run = () => JSON.parse(readFileSync(join(folder, 'run.json'), 'utf8')) as Run;
  const halt = () => end(child);
  const stop = async () => {
    await halt();
    await rm(folder, { recursive: true, force: true });
  };
  await untilReady(child, run, () => output).catch(async (error: unknown) => {
    await stop();
    throw error;
  });
  const { urls, ports, start } = run();
  const pid = (part: PartName) => {
    const found = run().parts[part]?.pid;
    if (found === undefined) throw new Error(`${part} is down`);
    return found;
  };
  return { dataDir: folder, urls, ports, output: () => output, pid, run, startPid: start.pid, stop, halt };
}

async function untilReady(child: ChildProcess, run: () => Run, output: () => string): Promise<void> {
  const gone = new AbortController();
  child.once('exit', () => gone.abort(new Error(`the site did not come up:\n${output()}`)));
  // An earlier start that was killed left its own run.json behind.
  const isReady = () => {
    const { ready, start } = run();
    if (!ready || start.pid !== child.pid) throw new Error(`the site is not ready:\n${output()}`);
    return Promise.resolve();
  };
  await waitFor(async () => isReady(), { withinMs: READY_WITHIN_MS, everyMs: 200, signal: gone.signal });
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  await ended;
}

/** PostgreSQL runs as another user when the tests run as root: it must be let in. */
async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'site-test-'));
  await chmod(folder, 0o711);
  return folder;
}
