/** The arithmetic of the bench, by numbers reckoned by hand. */
import { expect, test } from 'vitest';
import { callAll } from '../../bench/callers.ts';
import { interleave, ratio, type Sample } from '../../bench/measure.ts';
import { cpuMeter, memoryOf, unmeasured } from '../../bench/processes.ts';
import { spreadOf } from '../../bench/statistics.ts';
import { quantile } from '../attacks/tools/statistics.ts';

/** A contender that does ten operations a run, each run in the next number of seconds. */
const contender = (name: string, log: string[], seconds: number[]) => {
  const left = [...seconds];
  const run = (): Promise<Sample> => {
    log.push(name);
    const took = left.shift() ?? NaN;
    return Promise.resolve({ operations: 10, seconds: took, cpuSeconds: took / 2, cpuSecondsOf: { web: took / 4 } });
  };
  return { name, run };
};

test('contenders are warmed, then take turns in changing order', async () => {
  const log: string[] = [];

  await interleave({
    rounds: 3,
    warmups: 1,
    contenders: [contender('a', log, [1, 1, 1, 1]), contender('b', log, [1, 1, 1, 1])],
  });

  expect(log.join('')).toBe('ab' + 'ab' + 'ba' + 'ab');
});

test('a ratio is that of each round, its median and its spread', async () => {
  const [fast, slow] = await interleave({
    rounds: 3,
    warmups: 1,
    contenders: [contender('fast', [], [99, 1, 2, 4]), contender('slow', [], [99, 2, 8, 10])],
  });
  if (fast === undefined || slow === undefined) throw new Error('no results');

  expect(ratio(slow, fast)).toEqual({ median: 0.4, low: 0.25, high: 0.5 });
  expect(fast.rate).toEqual({ median: 5, low: 2.5, high: 10 });
  expect(fast.cpuMsPerOperation).toEqual({ median: 100, low: 50, high: 200 });
  expect(fast.cpuMsOf).toEqual({ web: 50 });
});

test('medians and quantiles', () => {
  expect(spreadOf([3, 1, 2, 10])).toEqual({ median: 2.5, low: 1, high: 10 });
  expect(quantile([5, 1, 4, 2, 3], 0.5)).toBe(3);
  expect(quantile([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 0.95)).toBe(10);
  expect(quantile([], 0.5)).toBeNaN();
});

test('every item is done once, by no more callers than said', async () => {
  const items = Array.from({ length: 20 }, (_, n) => n);
  const seen: number[] = [];
  let now = 0;
  let most = 0;

  const sample = await callAll(items, 4, {}, async (item) => {
    now += 1;
    most = Math.max(most, now);
    await new Promise((resolve) => setTimeout(resolve, 1));
    now -= 1;
    seen.push(item);
  });

  expect(seen.sort((a, b) => a - b)).toEqual(items);
  expect(most).toBe(4);
  expect(sample).toMatchObject({ operations: 20, latenciesMs: expect.objectContaining({ length: 20 }) as number[] });
});

test('CPU and memory of a process are seen, or it is said why not', () => {
  const used = cpuMeter({ self: process.pid });
  const end = performance.now() + 200;
  while (performance.now() < end);

  const seconds = used()?.of['self'] ?? 0;
  const megabytes = memoryOf(process.pid)?.rss ?? 0;

  expect([seconds > 0.02, megabytes > 10]).toEqual([unmeasured === undefined, unmeasured === undefined]);
});
