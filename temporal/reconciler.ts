/**
 * Looks every few minutes whether each open row has its flow, and starts what is missing: after a terminated or failed run, a restored
 * database or a service that lost its own. Every flow resumes from its row.
 */
import { listOpenRows } from '../db/stores/open-rows.ts';
import type { OutboxFlow } from '../db/stores/outbox.ts';
import { logger } from '../runtime/logger.ts';
import { startRounds, type Rounds } from '../runtime/rounds.ts';
import { callTemporal } from './client.ts';
import { doors } from './doors.ts';
import { againAfterFailure, startedOrClosed } from './start-policies.ts';

const EVERY_MILLISECONDS = 3 * 60_000;
const CALL_MILLISECONDS = 10_000;
/** Younger rows are the relay's business. */
const OLDER_THAN_SECONDS = 60;
const PAGE = 500;

export function startReconciler(): Rounds {
  return startRounds('reconciler', EVERY_MILLISECONDS, async (signal) => {
    await reconcile(signal);
  });
}

/** One round. @returns the ids of the flows that were started */
export async function reconcile(signal?: AbortSignal): Promise<string[]> {
  const started: string[] = [];
  for (const flow of Object.keys(doors) as OutboxFlow[]) {
    for (const rowId of await openRowsWithoutFlow(flow)) {
      if (signal?.aborted === true) return started;
      if (await startAgain(flow, rowId)) started.push(doors[flow].workflowId(rowId));
    }
  }
  return started;
}

/** The list of running flows lags a little: one too many is named rather than one too few, and starting it again is harmless. */
async function openRowsWithoutFlow(flow: OutboxFlow): Promise<string[]> {
  const { workflowType, workflowId } = doors[flow];
  const open: string[] = [];
  for (let page = await listOpenRows(flow, OLDER_THAN_SECONDS, PAGE); page.length > 0;) {
    open.push(...page);
    page = page.length < PAGE ? [] : await listOpenRows(flow, OLDER_THAN_SECONDS, PAGE, page.at(-1));
  }
  if (open.length === 0) return [];
  const running = await callTemporal(CALL_MILLISECONDS, async (client) => {
    const ids = new Set<string>();
    const query = `WorkflowType = '${workflowType}' and ExecutionStatus = 'Running'`;
    for await (const { workflowId: id } of client.workflow.list({ query, pageSize: 1000 })) ids.add(id);
    return ids;
  });
  return open.filter((rowId) => !running.has(workflowId(rowId)));
}

async function startAgain(flow: OutboxFlow, rowId: string): Promise<boolean> {
  const { workflowType, startOptions } = doors[flow];
  const options = { ...(await startOptions(rowId)), ...againAfterFailure };
  const runs = await callTemporal(CALL_MILLISECONDS, (client) =>
    startedOrClosed(() => client.workflow.start(workflowType, options)),
  );
  const log = logger('reconciler');
  if (runs) log.info({ flow, rowId }, 'started');
  else log.error({ flow, rowId }, 'the flow has completed, but its row is open');
  return runs;
}
