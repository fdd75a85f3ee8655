/** Business hours counted minute by minute: the slow reckoning that the site's own is compared with. */

/** When `wanted` hours of 9:00–17:00 JST on weekdays without `holidays` have passed since an instant; both in milliseconds. */
export function byTheMinute(since: number, wanted: number, holidays: readonly string[]): number {
  let instant = since;
  for (let left = Math.round(wanted * 3_600_000); left > 0;) {
    const local = new Date(instant + 9 * 3_600_000);
    const day = local.toISOString().slice(0, 10);
    const open = local.getUTCHours() >= 9 && local.getUTCHours() < 17;
    const business = local.getUTCDay() % 6 !== 0 && !holidays.includes(day);
    const untilNextMinute = 60_000 - (instant % 60_000);
    const step = open && business ? Math.min(left, untilNextMinute) : untilNextMinute;
    if (open && business) left -= step;
    instant += step;
  }
  return instant;
}
