/** Outbox, doors and reconciler against a real Temporal Service and PostgreSQL. No worker runs: what is looked at is what was asked of the service. */
import { TestWorkflowEnvironment } from '@temporalio/testing';
import { DefaultLogger, Runtime } from '@temporalio/worker';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { rows } from '../../db/raw.ts';
import { giveCommand } from '../../db/stores/commands.ts';
import { linesOf } from '../../db/stores/outbox.ts';
import { findTemporalCli } from '../../scripts/tools/temporal-cli.ts';
import { awaitIntake } from '../../temporal/application.door.ts';
import { closeTemporal } from '../../temporal/client.ts';
import { temporalAnswers } from '../../temporal/health.ts';
import { reconcile } from '../../temporal/reconciler.ts';
import { startRelay, type Relay } from '../../temporal/relay.ts';
import { ensureSearchAttributes } from '../../temporal/search-attributes.ts';
import { applicationId } from '../../workflows/application.contract.ts';
import { otpId } from '../../workflows/otp.contract.ts';
import { buildApplication, buildChallenge, buildMember, buildStaff, buildVisit } from '../support/build.ts';
import { shownStanding } from '../support/shown-standing.ts';
import { useStores } from '../support/stores.ts';

Runtime.install({ logger: new DefaultLogger('ERROR') });
useStores();

/** On a fresh machine the service has to be built first. */
const LONGEST = 10 * 60_000;

let service: TestWorkflowEnvironment;
let relay: Relay | undefined;

beforeAll(async () => {
  const path = await findTemporalCli(() => undefined);
  service = await TestWorkflowEnvironment.createLocal({ server: { executable: { type: 'existing-path', path } } });
  Object.assign(process.env, { TEMPORAL_ADDRESS: service.address, LOG_LEVEL: 'error' });
  await ensureSearchAttributes(service.connection, 'default');
}, LONGEST);

afterEach(async () => {
  await relay?.stop();
  relay = undefined;
});

afterAll(async () => {
  await closeTemporal();
  await service.teardown();
});

const flow = (id: string) => service.client.workflow.getHandle(id);

async function delivered(rowId: string): Promise<void> {
  await vi.waitFor(async () => {
    const lines = await linesOf(rowId);
    expect(lines.filter(({ deliveredAt }) => deliveredAt === null)).toEqual([]);
  }, 10_000);
}

/** Signals and starts in the order in which the service got them. */
async function told(id: string): Promise<string[]> {
  const { events } = await flow(id).fetchHistory();
  return (events ?? []).flatMap((event) => {
    if (event.workflowExecutionStartedEventAttributes) return ['start'];
    const signal = event.workflowExecutionSignaledEventAttributes;
    return signal?.signalName === undefined || signal.signalName === null ? [] : [signal.signalName];
  });
}

test('it starts what is in the outbox, and an operator reads it with no worker running', async () => {
  const member = await buildMember({ mfa: true });
  const { challengeId } = await buildChallenge(member);

  relay = startRelay();

  await delivered(challengeId);
  expect(await shownStanding(flow(otpId(challengeId)))).toMatchObject({
    CustomerNumber: expect.stringMatching(/^C\d{6}$/) as string,
    FlowState: 'open',
    WaitsFor: 'code',
    NeedsAttention: false,
  });
});

test('the lines of one row come in order, and a command names itself', async () => {
  const application = await buildApplication({ state: 'accepted' });
  await giveCommand(await buildStaff(), application.id, { verb: 'arrange' }, buildVisit());

  relay = startRelay();

  await delivered(application.id);
  expect(await told(applicationId(application.id))).toEqual(['start', 'commandGiven']);
});

test('a flow that was started already gets no second run', async () => {
  const application = await buildApplication();
  expect(await awaitIntake(application.id)).toBe('received');

  relay = startRelay();

  await delivered(application.id);
  const runs = [];
  for await (const { runId } of service.client.workflow.list({
    query: `WorkflowId = '${applicationId(application.id)}'`,
  }))
    runs.push(runId);
  expect(runs).toHaveLength(1);
});

test('a submission is not held up by a service without worker, nor lost', async () => {
  const application = await buildApplication();
  const begun = Date.now();

  expect(await awaitIntake(application.id)).toBe('received');

  expect(Date.now() - begun).toBeLessThan(4000);
  expect(await linesOf(application.id)).toEqual([{ event: 'start', deliveredAt: null }]);
});

test('the reconciler starts flows that open rows miss, terminated ones included, and leaves all others alone', async () => {
  const missing = await buildApplication();
  const terminated = await buildApplication();
  const running = await buildApplication();
  const young = await buildApplication();
  for (const { id } of [terminated, running]) await awaitIntake(id);
  await flow(applicationId(terminated.id)).terminate();
  const old = [missing, terminated, running].map(({ id }) => id);
  await rows(`update applications set applied_at = now() - interval '2 minutes' where id = any($1::uuid[])`, [old]);
  await vi.waitFor(async () => {
    const { count } = await service.client.workflow.count(
      `WorkflowId = '${applicationId(running.id)}' and ExecutionStatus = 'Running'`,
    );
    expect(count).toBe(1);
  }, 10_000);

  const started = await reconcile();

  expect(started).toEqual(expect.arrayContaining([applicationId(missing.id), applicationId(terminated.id)]));
  expect(started).not.toContain(applicationId(running.id));
  expect(started).not.toContain(applicationId(young.id));
});

test('a service that serves is told so', async () => {
  expect(await temporalAnswers()).toBe(true);
});
