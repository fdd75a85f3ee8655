/** S77: an instant and a date are compared as days in Japan. The other way to reckon: whole days since 1970, nine hours later. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { judgePeriod } from '../../domain/application/rental-period.ts';
import { jstDayAfter } from '../../domain/business-hours.ts';
import { jstDate, jstMonth } from '../../domain/jst.ts';
import { runs } from '../support/runs.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const dayNumber = (instant: number): number => Math.floor((instant + 9 * HOUR) / DAY);
const dateOf = (day: number): string => new Date(day * DAY).toISOString().slice(0, 10);

const years = fc.integer({ min: 2000, max: 2099 });
const leapYears = fc.integer({ min: 500, max: 524 }).map((quarter) => quarter * 4);
/** Days whose midnights count: any, a leap day and the day after it, the first of a year, the first of a month. */
const days = fc.oneof(
  fc.integer({ min: Date.UTC(2000, 0, 1) / DAY, max: Date.UTC(2099, 11, 31) / DAY }),
  fc.tuple(leapYears, fc.constantFrom(0, 1)).map(([year, after]) => Date.UTC(year, 1, 29) / DAY + after),
  years.map((year) => Date.UTC(year, 0, 1) / DAY),
  fc.tuple(years, fc.integer({ min: 0, max: 11 })).map(([year, month]) => Date.UTC(year, month, 1) / DAY),
);
/** From half a day before to half a day after a midnight in Japan, often a millisecond from it. */
const instants = fc
  .tuple(days, fc.oneof(fc.constantFrom(-1, 0, 1), fc.integer({ min: -12 * HOUR, max: 12 * HOUR })))
  .map(([day, off]) => day * DAY - 9 * HOUR + off);

describe('S77: calendar dates in Japan around midnight, leap day and year end', () => {
  it('an order may begin on the day of its instant and later, never before', () => {
    fc.assert(
      fc.property(instants, fc.integer({ min: -3, max: 3 }), (instant, away) => {
        const date = dateOf(dayNumber(instant) + away);
        const fault = judgePeriod(date, date, jstDate(new Date(instant)));
        expect(fault).toBe(away < 0 ? 'starts-before-today' : undefined);
      }),
      runs(5_000, 100_000),
    );
  });

  it('dates of two instants compare as their days do', () => {
    fc.assert(
      fc.property(instants, instants, (one, other) => {
        const [first, second] = [jstDate(new Date(one)), jstDate(new Date(other))];
        expect(Math.sign(first.localeCompare(second))).toBe(Math.sign(dayNumber(one) - dayNumber(other)));
      }),
      runs(5_000, 100_000),
    );
  });

  it('the month of an order number is that of its day', () => {
    fc.assert(
      fc.property(instants, (instant) => {
        expect(jstMonth(new Date(instant))).toBe(dateOf(dayNumber(instant)).slice(0, 7).replace('-', ''));
      }),
      runs(5_000, 100_000),
    );
  });

  it('days later are counted from that day', () => {
    fc.assert(
      fc.property(instants, fc.integer({ min: -800, max: 800 }), (instant, later) => {
        expect(jstDayAfter(instant, later)).toBe(dateOf(dayNumber(instant) + later));
      }),
      runs(5_000, 100_000),
    );
  });
});
