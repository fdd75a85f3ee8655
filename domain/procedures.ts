/** What waits for a member to open a mailed link. */
import type { EmailChangeState } from './flows/email-change.ts';
import type { PasswordResetState } from './flows/password-reset.ts';
import type { PasswordSetupState } from './flows/password-setup.ts';

export const procedureKinds = ['password-reset', 'password-setup', 'email-change'] as const;
export type ProcedureKind = (typeof procedureKinds)[number];

export interface ProcedureStates {
  'password-reset': PasswordResetState;
  'password-setup': PasswordSetupState;
  'email-change': EmailChangeState;
}

/** Why a mailed link leads nowhere any more; each has a page with the next step. Source: spec.md, Links in mails. */
export const deadLinks = ['expired', 'used', 'cancelled', 'unknown'] as const;
export type DeadLink = (typeof deadLinks)[number];

export const linkPurposes = [
  'password-reset',
  'password-setup',
  'email-change-request',
  'email-change-confirmation',
  'sign-in-notice',
] as const;
export type LinkPurpose = (typeof linkPurposes)[number];

/** The page each link opens, with `?token=`. */
export const linkPaths: Record<LinkPurpose, string> = {
  'password-reset': '/password/reset',
  'password-setup': '/password/setup',
  'email-change-request': '/email-change',
  'email-change-confirmation': '/email-change/confirm',
  'sign-in-notice': '/sign-in-notice',
};
