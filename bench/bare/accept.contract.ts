/** What a caller of the bare flow knows of it. */
import { defineUpdate } from '@temporalio/workflow';

export const acceptType = 'accept';

export const awaitAccepted = defineUpdate<string>('awaitAccepted');
