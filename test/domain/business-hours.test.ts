import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addBusinessHours, jstDayAfter } from '../../domain/business-hours.ts';
import { remindersAround } from '../../domain/staff-reminders.ts';
import { byTheMinute } from '../support/business-clock.ts';

const at = (jst: string): number => Date.parse(`${jst}:00+09:00`);
const jst = (instant: number): string => new Date(instant + 9 * 3_600_000).toISOString().slice(0, 16);
const none: ReadonlySet<string> = new Set();

describe('four business hours', () => {
  test.each([
    ['within a day', '2022-04-13T09:30', '2022-04-13T13:30'],
    ['begun before opening', '2022-04-13T06:00', '2022-04-13T13:00'],
    ['to the last minute', '2022-04-13T13:00', '2022-04-13T17:00'],
    ['over the night', '2022-04-13T15:00', '2022-04-14T11:00'],
    ['begun after closing', '2022-04-13T17:00', '2022-04-14T13:00'],
    ['over a weekend', '2022-04-15T16:00', '2022-04-18T12:00'],
    ['begun on a Sunday', '2022-04-17T12:00', '2022-04-18T13:00'],
    ['over the end of a leap February', '2024-02-29T16:00', '2024-03-01T12:00'],
  ])('%s', (_what, since, end) => {
    expect(jst(addBusinessHours(at(since), 4, none))).toBe(end);
  });

  test('over Japanese and company holidays', () => {
    const golden = new Set(['2022-05-02', '2022-05-03', '2022-05-04', '2022-05-05']);

    expect(jst(addBusinessHours(at('2022-04-29T16:00'), 4, new Set([...golden, '2022-04-29'])))).toBe(
      '2022-05-06T13:00',
    );
  });
});

const instants = fc.integer({ min: at('2020-01-01T00:00'), max: at('2035-12-31T00:00') });
const hours = fc.integer({ min: 1, max: 200 }).map((quarters) => quarters / 4);
const holidaysOf = (since: number) =>
  fc
    .uniqueArray(fc.integer({ min: 0, max: 60 }), { maxLength: 30 })
    .map((days) => days.map((day) => jstDayAfter(since, day)));
const cases = instants.chain((since) => fc.tuple(fc.constant(since), hours, holidaysOf(since)));

test('business hours are those that one counts by the minute', () => {
  fc.assert(
    fc.property(cases, ([since, wanted, holidays]) => {
      expect(addBusinessHours(since, wanted, new Set(holidays))).toBe(byTheMinute(since, wanted, holidays));
    }),
    { numRuns: 50 },
  );
});

test('hours added one after the other are those added at once', () => {
  fc.assert(
    fc.property(cases, hours, ([since, one, holidays], other) => {
      const days = new Set(holidays);
      const together = addBusinessHours(since, one + other, days);
      expect(addBusinessHours(addBusinessHours(since, one, days), other, days)).toBe(together);
    }),
  );
});

test('reminders: the first after four business hours, then at that time of each business day', () => {
  const rules = { holidays: ['2022-04-29', '2022-05-03', '2022-05-04', '2022-05-05'], firstReminderHours: 4 };
  const since = at('2022-04-27T15:00');
  const dues: string[] = [];
  for (let now = since; dues.length < 5;) {
    const { next } = remindersAround(since, now, rules);
    dues.push(jst(next));
    now = next;
  }

  expect(dues).toEqual([
    '2022-04-28T11:00',
    '2022-05-02T11:00',
    '2022-05-06T11:00',
    '2022-05-09T11:00',
    '2022-05-10T11:00',
  ]);
});

test('of the reminders around an instant one is due by then and the other is not', () => {
  fc.assert(
    fc.property(cases, fc.integer({ min: 0, max: 40 * 86_400_000 }), ([since, , holidays], later) => {
      const { due, next } = remindersAround(since, since + later, { holidays, firstReminderHours: 4 });
      expect(next).toBeGreaterThan(since + later);
      if (due !== undefined) expect(due).toBeLessThanOrEqual(since + later);
    }),
  );
});
