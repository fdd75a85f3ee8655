/** Instants as read in Japan: nine hours ahead, always (security.md S77). */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jstDate, jstMinute, jstMonth, readableDate } from '../../domain/jst.ts';
import { runs } from '../support/runs.ts';

const ahead = (instant: Date) => new Date(instant.getTime() + 9 * 3_600_000).toISOString();

describe('around midnight', () => {
  it.each([
    ['2026-12-31T14:59:59.999Z', '2026/12/31 23:59', '2026-12-31', '202612'],
    ['2026-12-31T15:00:00.000Z', '2027/01/01 00:00', '2027-01-01', '202701'],
    ['2028-02-28T15:00:00.000Z', '2028/02/29 00:00', '2028-02-29', '202802'],
    ['2028-02-29T14:59:00.000Z', '2028/02/29 23:59', '2028-02-29', '202802'],
    ['2027-02-28T15:00:00.000Z', '2027/03/01 00:00', '2027-03-01', '202703'],
    ['2022-04-13T05:48:30.000Z', '2022/04/13 14:48', '2022-04-13', '202204'],
  ])('%s reads %s', (instant, minute, date, month) => {
    const at = new Date(instant);

    expect([jstMinute(at), jstDate(at), jstMonth(at)]).toEqual([minute, date, month]);
  });

  it('every instant reads as the one nine hours later does in UTC', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('1970-01-01'), max: new Date('2199-12-31'), noInvalidDate: true }),
        (instant) => {
          const text = ahead(instant);
          expect(jstDate(instant)).toBe(text.slice(0, 10));
          expect(jstMinute(instant)).toBe(`${text.slice(0, 10).replaceAll('-', '/')} ${text.slice(11, 16)}`);
          expect(jstMonth(instant)).toBe(text.slice(0, 7).replace('-', ''));
        },
      ),
      runs(3_000, 50_000),
    );
  });
});

it('a calendar date reads with slashes', () => {
  expect(readableDate('2027-12-28')).toBe('2027/12/28');
});
