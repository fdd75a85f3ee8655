/** パスワード再設定: what callers and operators may know of the flow. Its story is password-reset.workflow.ts. */
import { defineQuery, defineSignal } from '@temporalio/workflow';
import type { PasswordResetState } from '../domain/flows/password-reset.ts';

export const passwordResetType = 'passwordReset';

/** The id comes from the row, so that a second start finds the first. */
export const passwordResetId = (procedureId: string): string => `password-reset/${procedureId}`;

export interface PasswordResetInput {
  procedureId: string;
}

// Past facts, told after their commit. They carry nothing: the flow reads its row, so one told twice is harmless.
export const passwordSet = defineSignal('passwordSet');
export const calledOff = defineSignal('calledOff');

/** For operators and tests; pages read the row. */
export const getState = defineQuery<PasswordResetState>('getState');
