/** Whole business days. Dates are `YYYY-MM-DD` in Asia/Tokyo. */
import { Temporal } from 'temporal-polyfill';
import { isBusinessDay } from './business-hours.ts';

/** The `count`-th business day after `day`, which itself doesn't count. @param holidays Japanese and company holidays around it */
export function businessDayAfter(day: string, count: number, holidays: ReadonlySet<string>): string {
  let date = Temporal.PlainDate.from(day);
  for (let left = count; left > 0;) {
    date = date.add({ days: 1 });
    if (isBusinessDay(date, holidays)) left -= 1;
  }
  return date.toString();
}
