/** Whether the Temporal Service answers, and whether a worker listens: for /readyz. */
import type { Client, Connection } from '@temporalio/client';
import { config } from '../runtime/config.ts';
import { taskQueues } from '../workflows/task-queues.contract.ts';
import { callTemporal } from './client.ts';

const DEADLINE_MILLISECONDS = 2000;

/** A poller comes back at least every minute; the service remembers one for five. */
const POLLER_GONE_MILLISECONDS = 75_000;

/** grpc.health.v1: SERVING */
const SERVING: number = 1;

/** Never throws. */
export async function checkTemporal(): Promise<{ temporal: boolean; worker: boolean }> {
  const temporal = await answers(isServing);
  return { temporal, worker: temporal && (await answers(isPolled)) };
}

async function answers(ask: (client: Client, connection: Connection) => Promise<boolean>): Promise<boolean> {
  try {
    return await callTemporal(DEADLINE_MILLISECONDS, ask);
  } catch {
    return false;
  }
}

async function isServing(_client: Client, { healthService }: Connection): Promise<boolean> {
  const answer = await healthService.check({ service: 'temporal.api.workflowservice.v1.WorkflowService' });
  const status: number = answer.status;
  return status === SERVING;
}

/** The worker process hosts both queues: whether it polls one tells of the other. */
async function isPolled({ workflowService }: Client): Promise<boolean> {
  const { namespace } = config().temporal;
  const { pollers } = await workflowService.describeTaskQueue({ namespace, taskQueue: { name: taskQueues.site } });
  const newest = Math.max(0, ...pollers.map(({ lastAccessTime }) => Number(lastAccessTime?.seconds ?? 0) * 1000));
  return Date.now() - newest < POLLER_GONE_MILLISECONDS;
}
