/** What the flow of an application asks of our database: intake, staff's acts, reminders. */
import type { ApplicationState } from '../domain/flows/application.ts';
import type { ReminderRules } from '../domain/staff-reminders.ts';

export interface ApplicationRow {
  state: ApplicationState;
  orderNumber: string | null;
  /** When it came to this state, ISO 8601. */
  since: string;
  /** An act of staff that was not judged yet. */
  openCommandId: string | null;
}

export interface ApplicationActivities {
  readApplicationStanding: (applicationId: string) => Promise<ApplicationRow>;
  takeIn: (applicationId: string) => Promise<ApplicationRow>;
  applyCommand: (commandId: string) => Promise<Answered>;
  readReminderRules: (from: string, to: string) => Promise<ReminderRules>;
  remindStaff: (applicationId: string, dueAt: string) => Promise<void>;
}

type Answered = Pick<ApplicationRow, 'state' | 'orderNumber'>;

interface ApplicationStore {
  readApplicationStanding: (id: string) => Promise<Omit<ApplicationRow, 'since'> & { since: Date }>;
  takeIn: (id: string) => Promise<Answered>;
  applyCommand: (commandId: string) => Promise<Answered>;
  readReminderRules: (from: string, to: string) => Promise<ReminderRules>;
  writeStaffReminder: (applicationId: string, dueAt: string) => Promise<void>;
}

/** @param store db/stores/intake.ts, commands.ts and staff-reminders.ts */
export function createApplicationActivities(store: ApplicationStore): ApplicationActivities {
  const readRow = async (applicationId: string): Promise<ApplicationRow> => {
    const { state, orderNumber, since, openCommandId } = await store.readApplicationStanding(applicationId);
    return { state, orderNumber, since: since.toISOString(), openCommandId };
  };
  return {
    /** Safe twice: it only reads. */
    readApplicationStanding: readRow,

    /** Safe twice: the row is locked and decided once; the second run reads what the first decided. */
    takeIn: async (applicationId) => {
      await store.takeIn(applicationId);
      return readRow(applicationId);
    },

    /** Safe twice: the command's row is applied once, with its letter and audit line in the same transaction. */
    applyCommand: async (commandId) => {
      const { state, orderNumber } = await store.applyCommand(commandId);
      return { state, orderNumber };
    },

    /** Safe twice: it only reads. Holidays come from here, so that they stand in the history and a replay reckons the same. */
    readReminderRules: (from, to) => store.readReminderRules(from, to),

    /** Safe twice: the letter is one for each due time, whoever writes it. */
    remindStaff: (applicationId, dueAt) => store.writeStaffReminder(applicationId, dueAt),
  };
}
