import type { WorkflowHandle } from '@temporalio/client';

/** What the service shows of a flow without a worker's help: its search attributes by name. */
export async function shownStanding(handle: WorkflowHandle): Promise<Record<string, unknown>> {
  const { typedSearchAttributes } = await handle.describe();
  return Object.fromEntries(typedSearchAttributes.getAll().map(({ key, value }) => [key.name, value]));
}
