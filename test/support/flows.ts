/** Flows on the time-skipping server: one environment and one worker for a test file, with activities that each test hands in. */
import { randomUUID } from 'node:crypto';
import type { WorkflowHandle } from '@temporalio/client';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { DefaultLogger, Runtime, Worker, type WorkerOptions } from '@temporalio/worker';
import type { ApplicationActivities } from '../../activities/application.activities.ts';
import type { LetterActivities, MailActivities } from '../../activities/letter.activities.ts';
import type { OtpActivities } from '../../activities/otp.activities.ts';
import type { ProcedureActivities } from '../../activities/procedure.activities.ts';
import { ensureSearchAttributes } from '../../temporal/search-attributes.ts';
import { searchAttributesOf, type Standing } from '../../workflows/search-attributes.contract.ts';
import { taskQueues } from '../../workflows/task-queues.contract.ts';

// Before the first environment: the SDK would tell of every start, stop and planted failure.
Runtime.install({
  logger: new DefaultLogger('ERROR'),
  telemetryOptions: { logging: { forward: {}, filter: 'ERROR' } },
});

/** What a test plays in place of rows and mail server: played-rows.ts. */
export type PlayedActivities = Partial<
  OtpActivities & LetterActivities & MailActivities & ApplicationActivities & ProcedureActivities
>;

export interface FlowEnvironment {
  /** Starts a flow as the doors do. It may run 40 days at most: result() of an ended flow can jump to that end. */
  start: (
    type: string,
    workflowId: string,
    input: object,
    standing: Standing,
    activities: PlayedActivities,
  ) => Promise<WorkflowHandle>;
  /** Milliseconds of the environment's clock, which skips ahead in result() and sleep(). */
  now: () => Promise<number>;
  sleep: TestWorkflowEnvironment['sleep'];
  /** The committed form of a flow's history. */
  history: (handle: WorkflowHandle) => Promise<string>;
  stop: () => Promise<void>;
}

interface Given {
  environment: TestWorkflowEnvironment;
  workflowBundle: NonNullable<WorkerOptions['workflowBundle']>;
  maxCachedWorkflows?: number;
}

/** Takes `environment` over: stop() ends it. */
export async function flowEnvironment({
  environment,
  workflowBundle,
  maxCachedWorkflows,
}: Given): Promise<FlowEnvironment> {
  const { connection, nativeConnection, client } = environment;
  await ensureSearchAttributes(connection, 'default');
  const taskQueue = `flows-${randomUUID()}`;
  let current: PlayedActivities = {};
  const activities = forwarded(() => current);
  const common = { connection: nativeConnection, activities, shutdownGraceTime: '1 second' } as const;
  const site = await Worker.create({
    ...common,
    taskQueue,
    workflowBundle,
    ...(maxCachedWorkflows === undefined ? {} : { maxCachedWorkflows }),
  });
  const mail = await Worker.create({ ...common, taskQueue: taskQueues.mail });
  const running = [site.run(), mail.run()];
  return {
    start: (type, workflowId, input, standing, given) => {
      current = given;
      return client.workflow.start(type, {
        workflowId,
        taskQueue,
        args: [input],
        typedSearchAttributes: searchAttributesOf(standing),
        workflowRunTimeout: '40 days',
      });
    },
    now: () => environment.currentTimeMs(),
    sleep: (duration) => environment.sleep(duration),
    history: async (handle) => historyToJSON(await handle.fetchHistory()),
    stop: async () => {
      site.shutdown();
      mail.shutdown();
      await Promise.all(running);
      await environment.teardown();
    },
  };
}

const NAMES = [
  ...(['readChallengeStanding', 'expireChallenge'] as const),
  ...(['readLetterStanding', 'recordParked', 'recordLapsed', 'reopenLetter', 'recordAbandoned', 'sendLetter'] as const),
  ...(['readApplicationStanding', 'takeIn', 'applyCommand', 'readReminderRules', 'remindStaff'] as const),
  ...(['readPasswordResetStanding', 'moveResetOn', 'readPasswordSetupStanding', 'moveSetupOn'] as const),
  ...(['readEmailChangeStanding', 'expireEmailChange'] as const),
] satisfies (keyof PlayedActivities)[];

/** Every activity, played by whatever test runs now. */
function forwarded(current: () => PlayedActivities): object {
  const forward =
    (name: keyof PlayedActivities) =>
    async (...args: never[]) => {
      const activity = current()[name] as ((...given: never[]) => Promise<unknown>) | undefined;
      if (activity === undefined) throw new Error(`the test plays no ${name}`);
      return activity(...args);
    };
  return Object.fromEntries(NAMES.map((name) => [name, forward(name)]));
}
