/** Every state table of the site, for the drawings in docs/flows and the check that each edge stands in a recorded history. */
import { applicationTable } from './application.ts';
import { emailChangeTable } from './email-change.ts';
import { letterTable } from './letter.ts';
import { otpTable } from './otp.ts';
import { passwordResetTable } from './password-reset.ts';
import { passwordSetupTable } from './password-setup.ts';
import type { StateTable } from './state-table.ts';

export const stateTables: StateTable<string, string>[] = [
  otpTable,
  letterTable,
  applicationTable,
  passwordResetTable,
  passwordSetupTable,
  emailChangeTable,
];
