/** Which waiting applications the customer has waited for too long. Source: spec.md, Staff. */
import { addBusinessHours } from '../../domain/business-hours.ts';
import { jstDate } from '../../domain/jst.ts';
import { readHolidays } from '../../db/stores/calendar.ts';
import { limits } from '../../runtime/limits.ts';

interface Waiting {
  appliedAt: Date;
  intakeAt: Date | null;
}

/** A judge for these applications at `now`: whether the business hours since 受付完了 are over. */
export async function overdueJudge(waiting: Waiting[], now: Date): Promise<(application: Waiting) => boolean> {
  const since = ({ appliedAt, intakeAt }: Waiting) => (intakeAt ?? appliedAt).getTime();
  const oldest = Math.min(now.getTime(), ...waiting.map(since));
  const holidays = new Set(await readHolidays(jstDate(new Date(oldest)), jstDate(now)));
  return (application) =>
    addBusinessHours(since(application), limits().staffReminderBusinessHours, holidays) <= now.getTime();
}
