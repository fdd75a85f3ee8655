/** How long activities may take and how they are retried: one profile for each kind of thing outside of a workflow. */
import type { ActivityOptions, LocalActivityOptions } from '@temporalio/workflow';

/** Our own database, for ever: it comes back, and a flow goes on within 30 s of that. */
export const ownDatabase: ActivityOptions = {
  startToCloseTimeout: '10 seconds',
  retry: { initialInterval: '500 milliseconds', backoffCoefficient: 2, maximumInterval: '20 seconds' },
};

/** Our own database where the next step hangs on it, or somebody waits: tried a few times within the running task, then given up. */
export const ownDatabaseQuickly: LocalActivityOptions = {
  startToCloseTimeout: '5 seconds',
  retry: { initialInterval: '100 milliseconds', backoffCoefficient: 2, maximumAttempts: 3 },
};
