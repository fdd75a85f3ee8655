/** The tool by which faults and attacks move the clock of web and worker. */
import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Clocks, wrongClock } from '../support/wrong-clock.ts';

const HOUR = 3_600_000;
const TELLS_THE_TIME = `process.stdin.on('data', () => console.log(new Date().getTime() - performance.timeOrigin - performance.now()))`;

let folder: string;
let running: ChildProcessWithoutNullStreams[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'site-test-clock-'));
  running = [];
});

afterEach(() => {
  for (const child of running) child.kill();
  rmSync(folder, { recursive: true });
});

function start(
  name: string,
  options: string[],
  env: Record<string, string | undefined>,
): ChildProcessWithoutNullStreams {
  const file = join(folder, `${name}.js`);
  writeFileSync(file, TELLS_THE_TIME);
  const child = spawn(process.execPath, [...options, file], { env: { ...process.env, ...env } });
  running.push(child);
  return child;
}

/** How many whole hours ahead a process believes to be. */
async function hoursAhead(child: ChildProcessWithoutNullStreams): Promise<number> {
  child.stdin.write('\n');
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  // No minus before a zero.
  return Math.round(Number(line.toString()) / HOUR) || 0;
}

test('a process starts with another clock', async () => {
  const child = start('web', ['--import', wrongClock(-26)], {});

  expect(await hoursAhead(child)).toBe(-26);
});

test('clocks are moved while they run, those of web and worker alone, and put right again', async () => {
  const clocks = new Clocks(join(folder, 'clocks'));
  const [web, worker, mail] = ['web', 'worker', 'mail'].map((name) =>
    start(name, [], { NODE_OPTIONS: clocks.nodeOptions }),
  ) as [ChildProcessWithoutNullStreams, ChildProcessWithoutNullStreams, ChildProcessWithoutNullStreams];
  const all = async () => [await hoursAhead(web), await hoursAhead(worker), await hoursAhead(mail)];
  const before = await all();

  await clocks.set({ web: { aheadMs: 2 * HOUR }, worker: { aheadMs: -24 * HOUR } });
  const moved = await all();
  await clocks.putRight();

  expect(before).toEqual([0, 0, 0]);
  expect(moved).toEqual([2, -24, 0]);
  expect(await all()).toEqual([0, 0, 0]);
});

test('a clock gains with every second', async () => {
  const clocks = new Clocks(join(folder, 'clocks'));
  const [web] = ['web', 'worker'].map((name) => start(name, [], { NODE_OPTIONS: clocks.nodeOptions }));
  if (web === undefined) throw new Error('no process');

  await clocks.set({ web: { aheadMs: 0, gainsMs: 20 * HOUR }, worker: { aheadMs: 0 } });
  const early = await hoursAhead(web);

  await expect.poll(() => hoursAhead(web)).toBeGreaterThan(early);
});
