import type { WorkflowHandle } from '@temporalio/client';

/** What the service shows of a flow without a worker's help: its search attributes by name. */
export async function shownStanding(handle: WorkflowHandle): Promise<Record<string, unknown>> {
  const { typedSearchAttributes } = await handle.describe();
  return Object.fromEntries(typedSearchAttributes.getAll().map(({ key, value }) => [key.name, value]));
}

/** How long an ended flow took by the service's clock. */
export async function minutesTaken(handle: WorkflowHandle): Promise<number> {
  const { startTime, closeTime } = await handle.describe();
  return ((closeTime?.getTime() ?? NaN) - startTime.getTime()) / 60_000;
}
