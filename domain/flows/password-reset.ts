/**
 * パスワード再設定: from 「パスワードをお忘れの方はこちら」 to a new password. Source: 「パスワードを忘れた場合」; how long it lives is ours (spec.md, Limits).
 * What was typed is looked up by the flow, so that the page answers alike for everybody.
 */
import type { StateTable } from './state-table.ts';

export const passwordResetStates = [
  'asked',
  'open',
  'completed',
  'expired',
  'cancelled',
  'dismissed',
  'repeated',
  'setup-mailed',
] as const;
export type PasswordResetState = (typeof passwordResetStates)[number];

/**
 * The four answers to what was typed: `linkMailed`; `nobodyFound` also when too many were asked for; `linkMailedAgain`, because an
 * earlier request's link is still valid; `setUpLinkMailed` to an invited member who has no password yet.
 */
export type PasswordResetEvent =
  'linkMailed' | 'nobodyFound' | 'linkMailedAgain' | 'setUpLinkMailed' | 'passwordSet' | 'timeExpired' | 'calledOff';

export const passwordResetTable: StateTable<PasswordResetState, PasswordResetEvent> = {
  name: 'passwordReset',
  initial: 'asked',
  states: {
    asked: {
      linkMailed: 'open',
      nobodyFound: 'dismissed',
      linkMailedAgain: 'repeated',
      setUpLinkMailed: 'setup-mailed',
    },
    open: { passwordSet: 'completed', timeExpired: 'expired', calledOff: 'cancelled' },
    completed: {},
    expired: {},
    cancelled: {},
    dismissed: {},
    repeated: {},
    'setup-mailed': {},
  },
};
