/** Every measure of `npm run bench` at its smallest: it runs, what it counts really happened, its numbers are numbers. Never how fast. */
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { leaveGround, lendGround } from '../../bench/ground.ts';
import type { Measure } from '../../bench/measure.ts';
import { measures } from '../../bench/measures/index.ts';
import { markdown } from '../../bench/table.ts';

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const titled = measures.map((measure): [string, Measure] => [measure.name, measure]);

beforeAll(() => lendGround(inject('site')));

afterAll(() => leaveGround());

// A measure throws where its work was not done: a sign-in without session or letter, an order that is not accepted.
test.each(titled)('%s counts what was done', async (_title, measure) => {
  const { rows, numbers } = await measure.run('ci');

  say(`${measure.aim}\n${markdown(rows)}`);
  expect(rows.length).toBeGreaterThan(1);
  expect(new Set(rows.map((cells) => cells.length)).size).toBe(1);
  expect(Object.keys(numbers).length).toBeGreaterThan(0);
  expect(Object.entries(numbers).filter(([, value]) => !Number.isFinite(value))).toEqual([]);
});
