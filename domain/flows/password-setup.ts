/** パスワード設定: an added member sets password and user name by a mailed link. Source: 「利用者管理」; 72 h and the reminder are ours (spec.md, Limits). */
import type { StateTable } from './state-table.ts';

export const passwordSetupStates = ['open', 'reminded', 'completed', 'expired', 'cancelled'] as const;
export type PasswordSetupState = (typeof passwordSetupStates)[number];

/** `calledOff`: cancelled, or its member deleted. */
export type PasswordSetupEvent = 'reminderMailed' | 'passwordSet' | 'timeExpired' | 'calledOff';

export const passwordSetupTable: StateTable<PasswordSetupState, PasswordSetupEvent> = {
  name: 'passwordSetup',
  initial: 'open',
  states: {
    open: { reminderMailed: 'reminded', passwordSet: 'completed', timeExpired: 'expired', calledOff: 'cancelled' },
    reminded: { passwordSet: 'completed', timeExpired: 'expired', calledOff: 'cancelled' },
    completed: {},
    expired: {},
    cancelled: {},
  },
};
