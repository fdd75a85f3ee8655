import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { RunningPart } from '../../scripts/start/run-file.ts';
import { Supervisor, type Part } from '../../scripts/start/supervisor.ts';
import { processIdentity } from '../../scripts/tools/process-identity.ts';

let folder: string;
let lines: string[];
let parts: Record<string, RunningPart>;
let supervisor: Supervisor;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'supervisor-test-'));
  lines = [];
  parts = {};
  supervisor = new Supervisor({
    logDir: folder,
    report: (line) => lines.push(line),
    changed: (now) => (parts = now),
    order: ['first', 'second'],
    backOff: { firstMs: 20, longestMs: 80, forgetAfterMs: 60_000 },
  });
});

afterEach(async () => {
  await supervisor.stopAll();
  rmSync(folder, { recursive: true, force: true });
});

test('a part that is killed is started again, and said so in one line', async () => {
  await supervisor.bringUp(part('first', 'setInterval(() => {}, 1000)'));
  const before = pidOf('first');

  process.kill(before, 'SIGKILL');

  await vi.waitFor(() => expect(pidOf('first')).not.toBe(before), { timeout: 5000, interval: 20 });
  expect(parts['first']?.restarts).toBe(1);
  expect(lines).toEqual(['  ! first died (SIGKILL); starting it again in 0.02 s.']);
});

test('the wait before another start doubles up to its longest', async () => {
  const dies = part('first', 'setTimeout(() => process.exit(7), 300)', () => Promise.resolve());
  await supervisor.bringUp(dies);

  await vi.waitFor(() => expect(lines.length).toBeGreaterThanOrEqual(4), { timeout: 10_000 });

  expect(lines.slice(0, 4).map((line) => /again in (.*) s\./.exec(line)?.[1])).toEqual([
    '0.02',
    '0.04',
    '0.08',
    '0.08',
  ]);
});

test('a part that can not start is given up with the last line of its log', async () => {
  const broken = part('first', 'console.error("no such table"); process.exit(1)', () =>
    Promise.reject(new Error('not yet')),
  );

  await expect(supervisor.bringUp(broken)).rejects.toThrow(
    /^first can't start \(exit code 1\); its log .*first\.log says: no such table$/,
  );
});

test('a program that does not exist is given up as well', async () => {
  const missing = {
    ...part('first', ''),
    command: join(folder, 'nothing'),
    ready: () => Promise.reject(new Error('not yet')),
  };

  await expect(supervisor.bringUp(missing)).rejects.toThrow(/first can't start \(spawn .* ENOENT\)/);
});

test('a part that never gets ready is named with the reason', async () => {
  const idle = part('first', 'setInterval(() => {}, 1000)', () => Promise.reject(new Error('still asleep')));

  await expect(supervisor.bringUp({ ...idle, readyWithinMs: 300 })).rejects.toThrow(
    /^first is not ready after 0.3 s: still asleep; its log /,
  );
});

test('parts are stopped in the reverse order of starting', async () => {
  const saying = (name: string) =>
    `process.on('SIGTERM', () => setTimeout(() => { require('node:fs').appendFileSync(${JSON.stringify(join(folder, 'ends'))}, '${name} '); process.exit(0); }, 100));
     console.log('up'); setInterval(() => {}, 1000)`;
  await supervisor.bringUp(part('first', saying('first'), () => saidUp('first')));
  await supervisor.bringUp(part('second', saying('second'), () => saidUp('second')));

  await supervisor.stopAll();

  expect(readFileSync(join(folder, 'ends'), 'utf8')).toBe('second first ');
  expect(lines).toEqual([]);
});

test('a part that ignores its signal is killed after its grace, with its own children', async () => {
  const stubborn = `const { pid } = require('node:child_process').spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
    process.on('SIGTERM', () => {}); console.log('up ' + pid); setInterval(() => {}, 1000)`;
  await supervisor.bringUp({ ...part('first', stubborn, () => saidUp('first')), graceMs: 200 });
  const child = Number(/up (\d+)/.exec(readFileSync(join(folder, 'first.log'), 'utf8'))?.[1]);
  const own = pidOf('first');

  await supervisor.stopAll();
  await sleep(50);

  expect(processIdentity(own)).toBeUndefined();
  expect(processIdentity(child)).toBeUndefined();
});

function part(name: string, script: string, ready = () => Promise.resolve()): Part {
  return {
    name,
    command: process.execPath,
    args: ['-e', script],
    ready,
    readyWithinMs: 10_000,
    stopSignal: 'SIGTERM',
    graceMs: 5000,
  };
}

async function saidUp(name: string): Promise<void> {
  if (!readFileSync(join(folder, `${name}.log`), 'utf8').includes('up')) throw new Error('not up yet');
  return Promise.resolve();
}

function pidOf(name: string): number {
  const found = parts[name]?.pid;
  if (found === undefined) throw new Error(`${name} is down`);
  return found;
}
