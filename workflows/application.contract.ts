/** 申込: what callers and operators may know of the flow. Its story is application.workflow.ts. */
import { defineQuery, defineSignal, defineUpdate } from '@temporalio/workflow';
import type { ApplicationState } from '../domain/flows/application.ts';

export const applicationType = 'application';

/** The id comes from the row, so that a second start finds the first. */
export const applicationId = (id: string): string => `application/${id}`;

export interface ApplicationInput {
  applicationId: string;
}

export interface ApplicationResult {
  state: ApplicationState;
  orderNumber: string | null;
}

/** Waits until the application is 受付完了 or 受付失敗 and answers with it. It takes nothing, so there is nothing to validate. */
export const awaitIntake = defineUpdate<ApplicationResult>('awaitIntake');

/** Staff gave an act; the id names its command row. */
export const commandGiven = defineSignal<[commandId: string]>('commandGiven');

/** For operators and tests; pages read the row. */
export const getState = defineQuery<ApplicationState>('getState');
