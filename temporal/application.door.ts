/** The door to the flow of an application. A submission waits a moment for its intake; everything else is the relay's. */
import { WithStartWorkflowOperation } from '@temporalio/client';
import { readApplicationStanding } from '../db/stores/intake.ts';
import { markStartDelivered } from '../db/stores/outbox.ts';
import type { Intake } from '../domain/flows/application.ts';
import { applicationWaitsFor } from '../domain/flows/waits-for.ts';
import { crashPoint } from '../runtime/crash-points.ts';
import { limits } from '../runtime/limits.ts';
import { logger } from '../runtime/logger.ts';
import {
  applicationId as flowId,
  applicationType,
  awaitIntake as intakeUpdate,
  commandGiven,
  type ApplicationInput,
} from '../workflows/application.contract.ts';
import { callTemporal } from './client.ts';
import { startOf, type Door } from './door.ts';
import { onceForEver } from './start-policies.ts';

export const applicationDoor: Door = {
  workflowType: applicationType,
  workflowId: flowId,
  startOptions: async (applicationId) => {
    const row = await readApplicationStanding(applicationId);
    const { state, since, kind, customerNumber, applicationNumber, orderNumber } = row;
    const input: ApplicationInput = { applicationId };
    return startOf(
      flowId(applicationId),
      input,
      {
        customerNumber,
        applicationNumber,
        orderNumber,
        applicationKind: kind,
        flowState: state,
        waitsFor: applicationWaitsFor[state],
        stateSince: since,
        needsAttention: false,
      },
      [customerNumber, applicationNumber, kind],
    );
  },
  facts: { commandGiven },
};

/**
 * Starts the flow of a committed application and waits for its intake, at most `intakeWaitMilliseconds`.
 * 'received' when that was too short, or Temporal or worker are down: the outbox still holds the start, so nothing is lost.
 */
export async function awaitIntake(applicationId: string): Promise<Intake> {
  try {
    const start = await applicationDoor.startOptions(applicationId);
    const startWorkflowOperation = new WithStartWorkflowOperation(applicationType, { ...start, ...onceForEver });
    const { state } = await callTemporal(limits().intakeWaitMilliseconds, (client) =>
      client.workflow.executeUpdateWithStart(intakeUpdate, { startWorkflowOperation }),
    );
    crashPoint('submit.after-start');
    await markStartDelivered('application', applicationId);
    return state === 'received' || state === 'failed' ? state : 'accepted';
  } catch (err) {
    logger('web').warn({ err, applicationId }, 'intake goes on in the background');
    return 'received';
  }
}
