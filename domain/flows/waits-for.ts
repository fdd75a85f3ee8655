/** What a flow waits for as one closed word: the search attribute WaitsFor, by which operators filter. */
import type { ApplicationState } from './application.ts';
import type { EmailChangeState } from './email-change.ts';
import type { LetterState } from './letter.ts';
import type { OtpState } from './otp.ts';
import type { PasswordResetState } from './password-reset.ts';
import type { PasswordSetupState } from './password-setup.ts';

export type WaitsFor = 'code' | 'link' | 'database' | 'mail-server' | 'operator' | 'intake' | 'staff' | 'nothing';

export const otpWaitsFor: Record<OtpState, WaitsFor> = {
  open: 'code',
  accepted: 'nothing',
  exhausted: 'nothing',
  expired: 'nothing',
  cancelled: 'nothing',
};

export const letterWaitsFor: Record<LetterState, WaitsFor> = {
  pending: 'mail-server',
  sent: 'nothing',
  parked: 'operator',
  lapsed: 'nothing',
  abandoned: 'nothing',
};

export const applicationWaitsFor: Record<ApplicationState, WaitsFor> = {
  received: 'intake',
  accepted: 'staff',
  failed: 'nothing',
  arranged: 'nothing',
  unable: 'nothing',
};

export const passwordResetWaitsFor: Record<PasswordResetState, WaitsFor> = {
  asked: 'database',
  open: 'link',
  completed: 'nothing',
  expired: 'nothing',
  cancelled: 'nothing',
  dismissed: 'nothing',
  repeated: 'nothing',
  'setup-mailed': 'nothing',
};

export const passwordSetupWaitsFor: Record<PasswordSetupState, WaitsFor> = {
  open: 'link',
  reminded: 'link',
  completed: 'nothing',
  expired: 'nothing',
  cancelled: 'nothing',
};

export const emailChangeWaitsFor: Record<EmailChangeState, WaitsFor> = {
  requested: 'link',
  confirming: 'link',
  switched: 'nothing',
  refused: 'nothing',
  expired: 'nothing',
  cancelled: 'nothing',
  superseded: 'nothing',
};
