/** レンタル期間 as calendar dates in Asia/Tokyo; never instants (S77). */
import { Temporal } from 'temporal-polyfill';

/** Longest rental: 5 years (ours, spec.md 見積・注文). */
export const longestRentalYears = 5;

export type PeriodFault = 'date-unreal' | 'ends-before-start' | 'starts-before-today' | 'too-long';

/** A calendar date `YYYY-MM-DD`, or undefined where no such day exists. */
export function parseDate(text: string): Temporal.PlainDate | undefined {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return undefined;
  try {
    return Temporal.PlainDate.from(text, { overflow: 'reject' });
  } catch {
    return undefined;
  }
}

/** Days of a rental; both ends count: 2027-12-28 to 2028-01-29 is 33. Source: the document's 「33日」. */
export function rentalDays(startsOn: string, endsOn: string): number {
  return Temporal.PlainDate.from(startsOn).until(Temporal.PlainDate.from(endsOn), { largestUnit: 'days' }).days + 1;
}

/** What is wrong with a new order's period, judged on `today` (the JST date of 申込日時); undefined when it is right. */
export function judgePeriod(startsOn: string, endsOn: string, today: string): PeriodFault | undefined {
  const start = parseDate(startsOn);
  const end = parseDate(endsOn);
  if (start === undefined || end === undefined) return 'date-unreal';
  if (Temporal.PlainDate.compare(end, start) < 0) return 'ends-before-start';
  if (Temporal.PlainDate.compare(start, Temporal.PlainDate.from(today)) < 0) return 'starts-before-today';
  const lastDay = start.add({ years: longestRentalYears }).subtract({ days: 1 });
  return Temporal.PlainDate.compare(end, lastDay) > 0 ? 'too-long' : undefined;
}
