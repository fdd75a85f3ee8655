/** What happens when a flow is started whose id was used before. Ids come from rows, so a second start means the same case. */
import { WorkflowExecutionAlreadyStartedError } from '@temporalio/client';

/** For web and relay: never a second run of one case, also not after the first has closed. */
export const onceForEver = {
  workflowIdConflictPolicy: 'USE_EXISTING',
  workflowIdReusePolicy: 'REJECT_DUPLICATE',
} as const;

/** For the reconciler alone: a run that failed, was terminated or cancelled, though its row is still open, begins anew. */
export const againAfterFailure = {
  workflowIdConflictPolicy: 'USE_EXISTING',
  workflowIdReusePolicy: 'ALLOW_DUPLICATE_FAILED_ONLY',
} as const;

/** Runs a start or signal-with-start. @returns whether the flow runs now; false: it has closed before, and nothing is left to tell it */
export async function startedOrClosed(start: () => Promise<unknown>): Promise<boolean> {
  try {
    await start();
    return true;
  } catch (error) {
    if (error instanceof WorkflowExecutionAlreadyStartedError) return false;
    throw error;
  }
}
