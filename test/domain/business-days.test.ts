/** Whole business days (spec.md 見積・注文: within 2 business days a warning). */
import { expect, it } from 'vitest';
import { businessDayAfter } from '../../domain/business-days.ts';

const noHolidays = new Set<string>();

it.each([
  ['a Monday', '2027-12-20', noHolidays, '2027-12-22'],
  ['a Thursday: the weekend doesn’t count', '2027-12-23', noHolidays, '2027-12-27'],
  ['a Sunday', '2027-12-26', noHolidays, '2027-12-28'],
  [
    'the year’s end with company holidays',
    '2027-12-28',
    new Set(['2027-12-29', '2027-12-30', '2027-12-31', '2028-01-03']),
    '2028-01-05',
  ],
])('the second business day after %s', (_, day, holidays, expected) => {
  expect(businessDayAfter(day, 2, holidays)).toBe(expected);
});
