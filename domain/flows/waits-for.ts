/** What a flow waits for as one closed word: the search attribute WaitsFor, by which operators filter. */
import type { ApplicationState } from './application.ts';
import type { LetterState } from './letter.ts';
import type { OtpState } from './otp.ts';

export type WaitsFor = 'code' | 'mail-server' | 'operator' | 'intake' | 'staff' | 'nothing';

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
