/** メールアドレス変更: what callers and operators may know of the flow. Its story is email-change.workflow.ts. */
import { defineQuery, defineSignal } from '@temporalio/workflow';
import type { EmailChangeState } from '../domain/flows/email-change.ts';

export const emailChangeType = 'emailChange';

/** The id comes from the row, so that a second start finds the first. */
export const emailChangeId = (procedureId: string): string => `email-change/${procedureId}`;

export interface EmailChangeInput {
  procedureId: string;
}

// Past facts, told after their commit. They carry nothing: the flow reads its row, so one told twice is harmless.
export const addressGiven = defineSignal('addressGiven');
export const addressConfirmed = defineSignal('addressConfirmed');
export const addressTaken = defineSignal('addressTaken');
export const calledOff = defineSignal('calledOff');
export const replaced = defineSignal('replaced');

/** For operators and tests; pages read the row. */
export const getState = defineQuery<EmailChangeState>('getState');
