/** Reminders to the contact center: an application waits for an answer. When they are due is the flow's business. */
import { applicationState } from '../../domain/flows/application.ts';
import type { ReminderRules } from '../../domain/staff-reminders.ts';
import { config } from '../../runtime/config.ts';
import { limits } from '../../runtime/limits.ts';
import { inTransaction } from '../connect.ts';
import { rows } from '../raw.ts';
import { readApplication } from './applications.ts';
import { readHolidays } from './calendar.ts';
import { writeLetter } from './letters.ts';

/** What the flow reckons reminders from, for the days from `from` to `to` (`YYYY-MM-DD`, JST). */
export async function readReminderRules(from: string, to: string): Promise<ReminderRules> {
  return { holidays: await readHolidays(from, to), firstReminderHours: limits().staffReminderBusinessHours };
}

/** Writes the reminder that was due at `dueAt` (ISO 8601), once, if the application still waits for staff. */
export async function writeStaffReminder(applicationId: string, dueAt: string): Promise<void> {
  await inTransaction(async (tx) => {
    await rows(`select from applications where id = $1 for update`, [applicationId], tx);
    const application = await readApplication(undefined, { id: applicationId }, tx);
    if (application === undefined) throw new Error('application row missing');
    if (applicationState(application.intake, application.confirmation) !== 'accepted') return;
    await writeLetter(tx, {
      kind: 'staff-reminder',
      subjectId: application.id,
      occurrence: dueAt,
      recipient: config().contactCenterAddress,
      facts: {
        customerNumber: application.customerNumber,
        applicationNumber: application.applicationNumber,
        orderNumber: application.orderNumber,
        kind: application.kind,
        waitingSince: (application.intakeAt ?? application.appliedAt).toISOString(),
      },
    });
  });
}
