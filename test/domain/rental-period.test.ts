/** レンタル期間 as calendar dates (spec.md 見積・注文; security.md S77). */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { judgePeriod, parseDate, rentalDays } from '../../domain/application/rental-period.ts';
import { runs } from '../support/runs.ts';

const DAY = 86_400_000;
const dayNumbers = fc.integer({ min: Date.UTC(2000, 0, 1) / DAY, max: Date.UTC(2099, 11, 31) / DAY });
const dateOf = (day: number) => new Date(day * DAY).toISOString().slice(0, 10);

describe('days', () => {
  it.each([
    ['2027-12-28', '2028-01-29', 33],
    ['2028-02-28', '2028-03-01', 3],
    ['2027-02-28', '2027-03-01', 2],
    ['2026-01-01', '2026-12-31', 365],
    ['2028-01-01', '2028-12-31', 366],
    ['2026-05-05', '2026-05-05', 1],
  ])('%s to %s is %i', (startsOn, endsOn, days) => {
    expect(rentalDays(startsOn, endsOn)).toBe(days);
  });

  it('both ends count, whatever lies between', () => {
    fc.assert(
      fc.property(dayNumbers, fc.nat({ max: 3000 }), (start, more) => {
        expect(rentalDays(dateOf(start), dateOf(start + more))).toBe(more + 1);
      }),
      runs(3_000, 50_000),
    );
  });
});

describe('dates', () => {
  it('every day of the calendar is one, and no other text', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 9999 }),
        fc.integer({ min: 0, max: 13 }),
        fc.integer({ min: 0, max: 32 }),
        (year, month, day) => {
          const text = [
            String(year).padStart(4, '0'),
            String(month).padStart(2, '0'),
            String(day).padStart(2, '0'),
          ].join('-');
          const date = new Date(0);
          date.setUTCFullYear(year, month - 1, day);
          const exists =
            date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
          expect(parseDate(text)?.toString()).toBe(exists ? text : undefined);
        },
      ),
      runs(5_000, 50_000),
    );
  });

  it.each([
    '',
    '2027-2-3',
    '2027/02/03',
    '20270203',
    '2027-02-03T00:00',
    ' 2027-02-03',
    '２０２７-02-03',
    '+002027-02-03',
  ])('%j is none', (text) => {
    expect(parseDate(text)).toBeUndefined();
  });
});

describe('judging', () => {
  const today = '2028-02-29';

  it.each([
    ['2028-02-29', '2028-02-29', undefined],
    ['2028-02-28', '2028-03-10', 'starts-before-today'],
    ['2028-03-02', '2028-03-01', 'ends-before-start'],
    ['2028-02-30', '2028-03-01', 'date-unreal'],
    ['2028-03-01', '', 'date-unreal'],
    ['2028-03-01', '2033-02-28', undefined],
    ['2028-03-01', '2033-03-01', 'too-long'],
    ['2028-02-29', '2033-02-27', undefined],
    ['2028-02-29', '2033-02-28', 'too-long'],
  ])('%s to %s on a leap day: %s', (startsOn, endsOn, fault) => {
    expect(judgePeriod(startsOn, endsOn, today)).toBe(fault);
  });

  it('finds the same fault as comparing day numbers does', () => {
    fc.assert(
      fc.property(
        dayNumbers,
        fc.integer({ min: -5, max: 400 }),
        fc.integer({ min: -5, max: 1500 }),
        (now, toStart, toEnd) => {
          const fault = toEnd < 0 ? 'ends-before-start' : toStart < 0 ? 'starts-before-today' : undefined;
          expect(judgePeriod(dateOf(now + toStart), dateOf(now + toStart + toEnd), dateOf(now))).toBe(fault);
        },
      ),
      runs(3_000, 50_000),
    );
  });
});
