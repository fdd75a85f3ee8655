/** ワンタイムパスワード: what callers and operators may know of the flow. Its story is otp.workflow.ts. */
import { defineQuery, defineSignal } from '@temporalio/workflow';
import type { OtpState } from '../domain/flows/otp.ts';

export const otpType = 'otp';

/** The id comes from the row, so that a second start finds the first. */
export const otpId = (challengeId: string): string => `otp/${challengeId}`;

export interface OtpInput {
  challengeId: string;
}

// Past facts, told after their commit. They carry nothing: the flow reads its row, so one told twice is harmless.
export const codeAccepted = defineSignal('codeAccepted');
export const triesExhausted = defineSignal('triesExhausted');
export const signInLeft = defineSignal('signInLeft');

/** For operators and tests; pages read the row. */
export const getState = defineQuery<OtpState>('getState');
