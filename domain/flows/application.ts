/**
 * 申込: from the pressed button to the staff's answer. 申込結果 and 確認結果 are its two visible halves.
 * Source: 「見積・注文申込結果の確認」; 受付処理中 and 手配不可 are ours.
 */
import type { StateTable } from './state-table.ts';

export const applicationStates = ['received', 'accepted', 'failed', 'arranged', 'unable'] as const;
export type ApplicationState = (typeof applicationStates)[number];

export type ApplicationEvent = 'intakeAccepted' | 'intakeRefused' | 'goodsArranged' | 'goodsUnavailable';

export const applicationTable: StateTable<ApplicationState, ApplicationEvent> = {
  name: 'application',
  initial: 'received',
  states: {
    received: { intakeAccepted: 'accepted', intakeRefused: 'failed' },
    accepted: { goodsArranged: 'arranged', goodsUnavailable: 'unable' },
    failed: {},
    arranged: {},
    unable: {},
  },
};

/** 申込結果: received is 受付処理中, accepted 受付完了, failed 受付失敗. */
export const intakeResults = ['received', 'accepted', 'failed'] as const;
export type Intake = (typeof intakeResults)[number];

/** 確認結果: empty until staff answer; arranged is 手配済, unable 手配不可 (the customer reads 手配できませんでした). */
export const confirmations = ['arranged', 'unable'] as const;
export type Confirmation = (typeof confirmations)[number];

/** The state of a row from its two columns. */
export function applicationState(intake: Intake, confirmation: Confirmation | null): ApplicationState {
  return confirmation ?? intake;
}
