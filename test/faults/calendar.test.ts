/** F15: flows that wait over a year's end, a leap day and a month's end, on the time-skipping server. Pages and dates: S77. */
import { appendFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, expect, inject, test } from 'vitest';
import { jstDate } from '../../domain/jst.ts';
import { awaitIntake, commandGiven } from '../../workflows/application.contract.ts';
import { byTheMinute } from '../support/business-clock.ts';
import { flowEnvironment, type FlowEnvironment } from '../support/flows.ts';
import { playPasswordSetup } from '../support/played-password-setup.ts';
import { playApplication, HOUR, MINUTE } from '../support/played-rows.ts';
import { minutesTaken } from '../support/shown-standing.ts';
import { timeSkippingEnvironment, workflowBundle } from '../support/time-skipping.ts';
import type { Measured } from './report.ts';

let flows: FlowEnvironment;

beforeAll(async () => {
  flows = await flowEnvironment({ environment: await timeSkippingEnvironment(), workflowBundle: workflowBundle() });
});

afterAll(() => flows.stop());

afterEach(({ task }) => {
  const failed = task.result?.state === 'fail';
  const measured: Measured = { fault: 'F15', name: task.name, counts: 1, recoveriesMs: [] };
  const line = failed ? { ...measured, failure: task.result.errors?.[0]?.message ?? 'failed' } : measured;
  appendFileSync(inject('faultRecord'), `${JSON.stringify(line)}\n`);
});

const DAY = 24 * HOUR;
const midnight = (day: string): number => Date.parse(`${day}T00:00:00.000+09:00`);

/** Days by which something goes over an edge: the first of each. */
const edges = [
  ["a year's end", (year: number) => `${year}-01-01`],
  ["a month's end", (year: number) => `${year}-05-01`],
  ['29 February', (year: number) => `${year}-02-29`],
] as const;

/** The next midnight in Japan with which such a day begins, more than four days away; its date too. */
async function next(dayIn: (year: number) => string): Promise<{ begins: number; day: string }> {
  const now = await flows.now();
  for (let year = new Date(now).getUTCFullYear(); ; year += 1) {
    const day = dayIn(year);
    const begins = midnight(day);
    // No such day in this year: read as the day after it.
    if (jstDate(new Date(begins)) === day && begins > now + 4 * DAY) return { begins, day };
  }
}

const waitUntil = async (instant: number): Promise<void> => flows.sleep(instant - (await flows.now()));

/** 12-29 to 01-03, as a company closes; around other edges weekends alone. */
const closedAround = (begins: number): string[] =>
  Array.from({ length: 6 }, (_, index) => jstDate(new Date(begins + (index - 3) * DAY))).filter(
    (day) => day.slice(5) >= '12-29' || day.slice(5) <= '01-03',
  );

test.each(edges)('over %s the contact center is reminded in its business hours', async (_edge, dayIn) => {
  const { begins } = await next(dayIn);
  const holidays = closedAround(begins);
  await waitUntil(begins - 8 * HOUR);
  const { handle, row, reminders, give } = await playApplication(flows, { holidays });
  await handle.executeUpdate(awaitIntake);
  const first = byTheMinute(row.since, 4, holidays);
  const second = byTheMinute(first, 8, holidays);
  const third = byTheMinute(second, 8, holidays);

  await waitUntil(third - MINUTE);

  expect(reminders.map((dueAt) => Date.parse(dueAt))).toEqual([first, second]);
  await handle.signal(commandGiven, give('goodsArranged'));
  await handle.result();
});

test.each(edges)('over %s a link of 72 hours is reminded of after 48 and ends after 72', async (_edge, dayIn) => {
  const { begins, day } = await next(dayIn);
  await waitUntil(begins - 48 * HOUR);
  const { handle, row, reminders } = await playPasswordSetup(flows);

  expect(await handle.result()).toBe('expired');

  expect(reminders.map((instant) => jstDate(new Date(instant)))).toEqual([day]);
  expect(jstDate(new Date(row.endsAt))).toBe(jstDate(new Date(begins + DAY)));
  expect(await minutesTaken(handle)).toBeCloseTo(72 * 60, 0);
});
