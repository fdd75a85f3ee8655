/** ワンタイムパスワード: the life of one mailed code. Source: 「ワンタイムパスワードの使用方法」; lifetimes and tries are ours (spec.md, Limits). */
import type { StateTable } from './state-table.ts';

export const otpStates = ['open', 'accepted', 'exhausted', 'expired', 'cancelled'] as const;
export type OtpState = (typeof otpStates)[number];

/** What a code is asked for. `mfa-on`: turning 多要素認証 on proves the mailbox. A code of one purpose never works for another (S12). */
export type CodePurpose = 'sign-in' | 'mfa-on';

/** Facts the web or the clock tells the flow. `signInLeft`: signed out, signed in anew in the same browser, or turning 多要素認証 on called off. */
export type OtpEvent = 'codeAccepted' | 'triesExhausted' | 'timeExpired' | 'signInLeft';

export const otpTable: StateTable<OtpState, OtpEvent> = {
  name: 'otp',
  initial: 'open',
  states: {
    open: { codeAccepted: 'accepted', triesExhausted: 'exhausted', timeExpired: 'expired', signInLeft: 'cancelled' },
    accepted: {},
    exhausted: {},
    expired: {},
    cancelled: {},
  },
};
