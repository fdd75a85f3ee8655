/** I7, I8 and I15: rows against flows, and every history of the run replayed on the code that runs now. */
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Client, WorkflowExecutionInfo, WorkflowHandle } from '@temporalio/client';
import { DefaultLogger, Runtime, Worker } from '@temporalio/worker';
import type { Ask, Violation } from './evidence.ts';

const OPEN_ROWS = `select 'otp/' || id as id from challenges where state = 'open'
  union all select 'letter/' || id from letters where state in ('pending', 'parked')
  union all select kind || '/' || id from procedures where ended_at is null
  union all select 'application/' || id from applications where intake = 'received' or (intake = 'accepted' and confirmation is null)`;

/** I7, as it is just now: a flow closes a moment after its row, and the list of flows follows the flows. */
export async function compareOpenFlows(ask: Ask, temporal: Client): Promise<Violation[]> {
  const rows = (await ask<{ id: string }>(OPEN_ROWS)).map(({ id }) => id);
  const flows = await list(temporal, "ExecutionStatus = 'Running'");
  return compare(
    rows,
    flows.map(({ workflowId }) => workflowId),
  );
}

const AGREES_WITHIN_MS = 10_000;

/** I7. Looks again until rows and flows agree, for at most 10 s. */
export async function checkOpenFlows(ask: Ask, temporal: Client): Promise<Violation[]> {
  const end = Date.now() + AGREES_WITHIN_MS;
  for (;;) {
    const found = await compareOpenFlows(ask, temporal);
    if (found.length === 0 || Date.now() > end) return found;
    await sleep(250);
  }
}

function compare(rows: string[], flows: string[]): Violation[] {
  const lonely = rows.filter((id) => flows.filter((flow) => flow === id).length !== 1);
  const orphans = flows.filter((id) => !rows.includes(id));
  return [
    ...lonely.map((id) => ({ invariant: 'I7' as const, what: `an open row without exactly one open flow: ${id}` })),
    ...orphans.map((id) => ({ invariant: 'I7' as const, what: `an open flow without an open row: ${id}` })),
  ];
}

/** I15: business endings complete a flow; only faults end it otherwise, or let its tasks fail again and again. */
export async function checkFlowEnds(temporal: Client): Promise<Violation[]> {
  const ended = await list(temporal, "ExecutionStatus != 'Running' and ExecutionStatus != 'Completed'");
  const found: Violation[] = ended.map(({ workflowId, status }) => ({
    invariant: 'I15',
    what: `${workflowId} is ${status.name}`,
  }));
  for (const { workflowId } of await list(temporal, "ExecutionStatus = 'Running'")) {
    const { raw } = await temporal.workflow.getHandle(workflowId).describe();
    const attempt = raw.pendingWorkflowTask?.attempt ?? 0;
    if (attempt > LOOPING_FROM)
      found.push({ invariant: 'I15', what: `${workflowId}: its task failed ${attempt - 1} times` });
  }
  return found;
}

/** A killed worker costs a task one or two attempts; code that throws, every one. */
const LOOPING_FROM = 3;

async function list(temporal: Client, query: string): Promise<WorkflowExecutionInfo[]> {
  const found: WorkflowExecutionInfo[] = [];
  for await (const info of temporal.workflow.list({ query, pageSize: 1000 })) found.push(info);
  return found;
}

export interface FlowHistory {
  workflowId: string;
  history: Awaited<ReturnType<WorkflowHandle['fetchHistory']>>;
  /** Since it was looked at last. */
  grown: boolean;
}

/** The histories of all flows; of closed ones, which can't grow any more, only those that `seen` has not. @param seen by run id, how many events each had */
export async function freshHistories(temporal: Client, seen: Map<string, number>): Promise<FlowHistory[]> {
  const found: FlowHistory[] = [];
  for (const { workflowId, runId, status } of await list(temporal, '')) {
    const before = seen.get(runId) ?? 0;
    if (before === Infinity) continue;
    const history = await temporal.workflow.getHandle(workflowId, runId).fetchHistory();
    const events = history.events?.length ?? 0;
    found.push({ workflowId, history, grown: events > before });
    seen.set(runId, status.name === 'RUNNING' ? events : Infinity);
  }
  return found;
}

let runtimeIsQuiet = false;

/** What does not replay is told as a finding, not in the SDK's log. */
function installQuietRuntime(): void {
  if (runtimeIsQuiet) return;
  runtimeIsQuiet = true;
  const silent = { logging: { forward: {}, filter: { core: 'ERROR', other: 'ERROR' } } } as const;
  Runtime.install({ logger: new DefaultLogger('ERROR', () => undefined), telemetryOptions: silent });
}

/** I8. */
export async function checkReplay(bundlePath: string, histories: FlowHistory[]): Promise<Violation[]> {
  installQuietRuntime();
  const found: Violation[] = [];
  const options = { workflowBundle: { code: readFileSync(bundlePath, 'utf8') } };
  // Of a flow that no worker has begun yet there is nothing to replay, and what was replayed once would replay again.
  const begun = histories.filter(
    ({ history, grown }) =>
      grown && history.events?.some((event) => event.workflowTaskCompletedEventAttributes != null),
  );
  for await (const { workflowId, error } of Worker.runReplayHistories(options, begun)) {
    if (error !== undefined) found.push({ invariant: 'I8', what: `${workflowId} does not replay: ${error.name}` });
  }
  return found;
}
