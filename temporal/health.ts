/** Whether the Temporal Service answers: for /readyz. */
import { callTemporal } from './client.ts';

const DEADLINE_MILLISECONDS = 1000;

/** grpc.health.v1: SERVING */
const SERVING: number = 1;

/** Never throws; answers within a second. */
export async function temporalAnswers(): Promise<boolean> {
  const service = 'temporal.api.workflowservice.v1.WorkflowService';
  try {
    const answer = await callTemporal(DEADLINE_MILLISECONDS, (_client, { healthService }) =>
      healthService.check({ service }),
    );
    const status: number = answer.status;
    return status === SERVING;
  } catch {
    return false;
  }
}
