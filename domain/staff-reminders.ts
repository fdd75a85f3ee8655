/** When the contact center is reminded of an application that waits: after some business hours, then each business day. Source: spec.md, Staff. */
import { addBusinessHours, hoursPerBusinessDay } from './business-hours.ts';

export interface ReminderRules {
  /** Days that are no business days, `YYYY-MM-DD` in JST; weekends need not be among them. */
  holidays: string[];
  /** Business hours until the first reminder. */
  firstReminderHours: number;
}

export interface Reminders {
  /** The newest reminder that should have gone out by now, in milliseconds; undefined while none is due. */
  due: number | undefined;
  next: number;
}

/**
 * The reminders on both sides of `now`. The whole row of them follows from `since`, so that a flow that begins anew keeps to it.
 * @param since, now instants in milliseconds
 */
export function remindersAround(since: number, now: number, rules: ReminderRules): Reminders {
  const holidays = new Set(rules.holidays);
  let due: number | undefined;
  let next = addBusinessHours(since, rules.firstReminderHours, holidays);
  while (next <= now) {
    due = next;
    next = addBusinessHours(next, hoursPerBusinessDay, holidays);
  }
  return { due, next };
}
