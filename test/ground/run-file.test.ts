import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { RunFile, type Run, type RunningProcess } from '../../scripts/start/run-file.ts';
import { processIdentity } from '../../scripts/tools/process-identity.ts';

let dataDir: string;
let lines: string[];
let child: ChildProcess;

beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'run-file-test-'));
  lines = [];
  child = spawn(process.execPath, ['-e', 'console.log("up"); setInterval(() => {}, 1000)'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  if (child.stdout !== null) await once(child.stdout, 'data');
});

afterEach(() => {
  child.kill('SIGKILL');
  rmSync(dataDir, { recursive: true, force: true });
});

test('what a killed start left running is ended before anything else', async () => {
  leave({ start: deadProcess(), parts: { worker: { ...running(child), restarts: 0 } } });
  const ended = once(child, 'exit');

  await claim();

  expect(await ended).toEqual([null, 'SIGTERM']);
  expect(lines).toEqual(['  An earlier start was killed and left worker running: ending them first.']);
});

test('a pid that belongs to somebody else by now is left alone', async () => {
  leave({
    start: deadProcess(),
    parts: { worker: { ...running(child), identity: 'an earlier process', restarts: 0 } },
  });

  await claim();

  expect(child.exitCode ?? child.signalCode).toBeNull();
  expect(lines).toEqual([]);
});

test('of two starts on the same state the second is refused', async () => {
  await claim();

  await expect(claim()).rejects.toThrow(`Another start (pid ${process.pid}) runs on ${dataDir}`);
});

test('half a file of a killed start stops nobody', async () => {
  writeFileSync(join(dataDir, 'run.json'), '{"start":');

  await claim();

  expect(readRun().start.pid).toBe(process.pid);
});

test('it tells what runs, and is gone at the end', async () => {
  const file = await claim();

  file.update({ parts: { web: { ...running(child), restarts: 2 } }, ready: true });

  expect(readRun()).toMatchObject({ ready: true, parts: { web: { pid: child.pid, restarts: 2 } } });
  file.remove();
  expect(existsSync(join(dataDir, 'run.json'))).toBe(false);
});

async function claim(): Promise<RunFile> {
  return RunFile.claim(dataDir, (line) => lines.push(line));
}

function leave(run: Pick<Run, 'start' | 'parts'>): void {
  writeFileSync(join(dataDir, 'run.json'), JSON.stringify({ ready: true, ports: {}, urls: {}, ...run }));
}

function readRun(): Run {
  return JSON.parse(readFileSync(join(dataDir, 'run.json'), 'utf8')) as Run;
}

function running({ pid = 0 }: ChildProcess): RunningProcess {
  return { pid, identity: processIdentity(pid) };
}

function deadProcess(): RunningProcess {
  const { pid } = spawnSync(process.execPath, ['-e', '']);
  return { pid, identity: 'a process that ended' };
}
