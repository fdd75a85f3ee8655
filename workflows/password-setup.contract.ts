/** パスワード設定: what callers and operators may know of the flow. Its story is password-setup.workflow.ts. */
import { defineQuery, defineSignal } from '@temporalio/workflow';
import type { PasswordSetupState } from '../domain/flows/password-setup.ts';

export const passwordSetupType = 'passwordSetup';

/** The id comes from the row, so that a second start finds the first. */
export const passwordSetupId = (procedureId: string): string => `password-setup/${procedureId}`;

export interface PasswordSetupInput {
  procedureId: string;
}

// Past facts, told after their commit. They carry nothing: the flow reads its row, so one told twice is harmless.
export const passwordSet = defineSignal('passwordSet');
export const calledOff = defineSignal('calledOff');

/** For operators and tests; pages read the row. */
export const getState = defineQuery<PasswordSetupState>('getState');
