/** All activities with the real stores behind them, as the worker's two task queues run them. */
import * as challenges from '../db/stores/challenges.ts';
import * as commands from '../db/stores/commands.ts';
import * as intake from '../db/stores/intake.ts';
import * as emailChange from '../db/stores/email-change.ts';
import * as letters from '../db/stores/letters.ts';
import * as passwordReset from '../db/stores/password-reset.ts';
import * as passwordSetup from '../db/stores/password-setup.ts';
import { deriveCode, deriveLinkToken } from '../db/stores/secrets.ts';
import * as reminders from '../db/stores/staff-reminders.ts';
import { createApplicationActivities, type ApplicationActivities } from './application.activities.ts';
import { withFaults } from './faults.ts';
import { createLetterActivities, type LetterActivities, type MailActivities } from './letter.activities.ts';
import { createMailActivities } from './mail.activities.ts';
import type { SiteFacts } from './mail/frame.ts';
import { writeLetterText } from './mail/letters/index.ts';
import type { MailTransport } from './mail/transport.ts';
import { createOtpActivities, type OtpActivities } from './otp.activities.ts';
import { createProcedureActivities, type ProcedureActivities } from './procedure.activities.ts';

export type SiteActivities = OtpActivities & LetterActivities & ApplicationActivities & ProcedureActivities;

/** For the task queue `site`: everything that ends in our own database. */
export function siteActivities(): SiteActivities {
  return withFaults({
    ...createOtpActivities(challenges),
    ...createLetterActivities(letters),
    ...createApplicationActivities({ ...intake, ...commands, ...reminders }),
    ...createProcedureActivities({ ...passwordReset, ...passwordSetup, ...emailChange }),
  });
}

/** For the task queue `mail`. */
export function mailActivities(transport: MailTransport, site: SiteFacts): MailActivities {
  const write = (letter: letters.StoredLetter) => writeLetterText(letter, site, { deriveCode, deriveLinkToken });
  return withFaults(createMailActivities({ store: letters, transport, write }));
}
