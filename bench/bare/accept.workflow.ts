/** The bare limit of order acceptance: a flow that does one local activity and answers the update it was started with. */
import { allHandlersFinished, condition, proxyLocalActivities, setHandler } from '@temporalio/workflow';
import { awaitAccepted } from './accept.contract.ts';
import type { BareActivities } from './flows.ts';

const activities = proxyLocalActivities<BareActivities>({ startToCloseTimeout: '5 seconds' });

export async function accept(): Promise<void> {
  const accepted = activities.accept();
  setHandler(awaitAccepted, () => accepted);
  await accepted;
  await condition(allHandlersFinished);
}
