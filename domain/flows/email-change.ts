/**
 * メールアドレス変更: the old mailbox proves who asks, the new one that it exists; only then does the address change. Source:
 * 「メールアドレス変更」; the second link and 24 hours a step are ours (spec.md).
 */
import type { StateTable } from './state-table.ts';

export const emailChangeStates = [
  'requested',
  'confirming',
  'switched',
  'refused',
  'expired',
  'cancelled',
  'superseded',
] as const;
export type EmailChangeState = (typeof emailChangeStates)[number];

/** `addressTaken`: another member of the account has the new address by the time it is confirmed. `replaced`: asked for anew. */
export type EmailChangeEvent =
  'addressGiven' | 'addressConfirmed' | 'addressTaken' | 'timeExpired' | 'calledOff' | 'replaced';

export const emailChangeTable: StateTable<EmailChangeState, EmailChangeEvent> = {
  name: 'emailChange',
  initial: 'requested',
  states: {
    requested: { addressGiven: 'confirming', timeExpired: 'expired', calledOff: 'cancelled', replaced: 'superseded' },
    confirming: {
      addressConfirmed: 'switched',
      addressTaken: 'refused',
      timeExpired: 'expired',
      calledOff: 'cancelled',
      replaced: 'superseded',
    },
    switched: {},
    refused: {},
    expired: {},
    cancelled: {},
    superseded: {},
  },
};
