/** Business hours: 9:00–17:00 JST, without weekends, Japanese and company holidays. Source: the document's 受付時間; spec.md, Staff. */
import { Temporal } from 'temporal-polyfill';

/** Japan has no DST: the fixed offset gives the same answer wherever and whenever it is asked, replays included. */
const JST = '+09:00';
const OPENS = Temporal.PlainTime.from('09:00');
const CLOSES = Temporal.PlainTime.from('17:00');

export const hoursPerBusinessDay = 8;

/** Whether a JST date is a business day. @param holidays `YYYY-MM-DD` */
export function isBusinessDay(day: Temporal.PlainDate, holidays: ReadonlySet<string>): boolean {
  return day.dayOfWeek <= 5 && !holidays.has(day.toString());
}

/**
 * The instant at which `hours` business hours have passed since `since`; the last one may end at 17:00 sharp.
 * @param since an instant in milliseconds
 * @param hours more than 0, parts of an hour allowed
 * @param holidays JST dates `YYYY-MM-DD` that are no business days; days it doesn't reach count by their weekday alone
 * @returns an instant in milliseconds
 */
export function addBusinessHours(since: number, hours: number, holidays: ReadonlySet<string>): number {
  let at = Temporal.Instant.fromEpochMilliseconds(since).toZonedDateTimeISO(JST).toPlainDateTime();
  let left = Temporal.Duration.from({ milliseconds: Math.round(hours * 3_600_000) });
  for (;;) {
    const day = at.toPlainDate();
    const begins = later(at, day.toPlainDateTime(OPENS));
    const open = begins.until(day.toPlainDateTime(CLOSES));
    if (isBusinessDay(day, holidays) && open.sign > 0) {
      if (Temporal.Duration.compare(left, open) <= 0) return instantOf(begins.add(left));
      left = left.subtract(open);
    }
    at = day.add({ days: 1 }).toPlainDateTime();
  }
}

const later = (one: Temporal.PlainDateTime, other: Temporal.PlainDateTime): Temporal.PlainDateTime =>
  Temporal.PlainDateTime.compare(one, other) > 0 ? one : other;

const instantOf = (at: Temporal.PlainDateTime): number => at.toZonedDateTime(JST).epochMilliseconds;

/** The JST date `YYYY-MM-DD`, `days` after the one of an instant in milliseconds. */
export function jstDayAfter(instant: number, days: number): string {
  return Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(JST).toPlainDate().add({ days }).toString();
}
