/** Rentals that begin so soon that they may not arrive in time: a warning, no refusal. Source: spec.md 見積・注文. */
import type { ApplicationItem } from '../../domain/application/content.ts';
import { businessDayAfter } from '../../domain/business-days.ts';
import { jstDayAfter } from '../../domain/business-hours.ts';
import { jstDate } from '../../domain/jst.ts';
import { readHolidays } from '../../db/stores/calendar.ts';

const NOTICE_BUSINESS_DAYS = 2;

/** Longer than any row of holidays in Japan together with the company's own at a year's end. */
const HORIZON_DAYS = 30;

/** The positions (from 1) of the items that begin within 2 business days of `now`. */
export async function itemsStartingSoon(items: ApplicationItem[], now: Date): Promise<number[]> {
  const today = jstDate(now);
  const holidays = new Set(await readHolidays(today, jstDayAfter(now.getTime(), HORIZON_DAYS)));
  const lastSoonDay = businessDayAfter(today, NOTICE_BUSINESS_DAYS, holidays);
  return items.flatMap((item, index) => (item.startsOn <= lastSoonDay ? [index + 1] : []));
}
