/** Order acceptance: from the press of the button to 受付完了, beside an update-with-start with one local activity and nothing else. */
import { randomUUID } from 'node:crypto';
import { Client, Connection, WithStartWorkflowOperation } from '@temporalio/client';
import { Database } from '../../test/attacks/tools/database.ts';
import { acceptType, awaitAccepted } from '../bare/accept.contract.ts';
import { startBare } from '../bare/child.ts';
import { callAll } from '../callers.ts';
import { ground, pidsOf, type Ground } from '../ground.ts';
import { interleave, ratio, type Contender, type Measure, type Result, type Scale } from '../measure.ts';
import { beforeSending, sendOrder } from '../people.ts';
import { shown } from '../statistics.ts';
import { comparisonHead, comparisonLine } from '../table.ts';

const AIM_OF_RATE = 0.5;
const AIM_OVER_BARE_MS = 100;

interface Load {
  callers: number;
  count: number;
  rounds: number;
  warmups: number;
}

const LOADS: Record<Scale, { many: Load; one: Load }> = {
  ci: { many: { callers: 4, count: 12, rounds: 1, warmups: 1 }, one: { callers: 1, count: 4, rounds: 1, warmups: 0 } },
  full: {
    many: { callers: 20, count: 200, rounds: 7, warmups: 2 },
    one: { callers: 1, count: 50, rounds: 5, warmups: 1 },
  },
};

export const orders: Measure = {
  name: 'orders',
  aim:
    `Order acceptance, from the press to 受付完了, at ${AIM_OF_RATE} of the rate of a bare update-with-start at 20 callers or more; ` +
    `p95 at one caller at most ${AIM_OVER_BARE_MS} ms over it.`,
  run: async (scale) => {
    const site = await ground();
    const database = new Database(site.urls['migrationDatabase'] ?? '');
    const bare = await startBareFlows(site, database);
    try {
      const { many, one } = LOADS[scale];
      const [bareMany, siteMany] = await compare(many, site, database, bare);
      const [bareOne, siteOne] = await compare(one, site, database, bare);
      const share = ratio(siteMany, bareMany);
      const overMs = (siteOne.p95Ms ?? NaN) - (bareOne.p95Ms ?? NaN);
      const met = share.median >= AIM_OF_RATE && overMs <= AIM_OVER_BARE_MS;
      return {
        rows: [
          [...comparisonHead, 'beside bare'],
          [...comparisonLine(bareMany), '1'],
          [...comparisonLine(siteMany), `${shown(share, 2)} of the rate`],
          [...comparisonLine(bareOne), '–'],
          [...comparisonLine(siteOne), `p95 ${overMs.toFixed(0)} ms over`],
        ],
        met,
        numbers: { share: share.median, overMs },
        remarks: [
          'Bare: executeUpdateWithStart of a flow whose one local activity does nothing, on the same Temporal server; task queue and worker are its own.',
          'Order: the POST of the confirm page over HTTP, answered when the intake has decided; the row is read then, and says 受付完了.',
          'Beside the orders the flows of their letters run, one each; their CPU is in the CPU of an order.',
          ...(met ? [] : whereTimeGoes(bareMany, siteMany)),
        ],
      };
    } finally {
      await bare.stop();
      await database.close();
    }
  },
};

interface BareFlows {
  pid: number;
  /** Starts a flow and waits for its answer. */
  accept: () => Promise<void>;
  stop: () => Promise<void>;
}

async function compare(load: Load, site: Ground, database: Database, bare: BareFlows): Promise<[Result, Result]> {
  const { callers, count, rounds, warmups } = load;
  const pids = pidsOf(site);
  const contenders: Contender[] = [
    {
      name: `bare update-with-start, ${callersOf(callers)}`,
      run: async () => {
        await database.quiet();
        const items = Array.from({ length: count }, () => undefined);
        return callAll(items, callers, { worker: bare.pid, temporal: pids['temporal'] ?? 0 }, bare.accept);
      },
    },
    {
      name: `order, ${callersOf(callers)}`,
      run: async () => {
        const all = await beforeSending(site, count);
        await database.quiet();
        const sample = await callAll(all, callers, pids, (order) => sendOrder(order, database));
        await database.quiet(120_000);
        return sample;
      },
    },
  ];
  return (await interleave({ rounds, warmups, contenders })) as [Result, Result];
}

const callersOf = (callers: number): string => (callers === 1 ? 'one caller' : `${callers} callers`);

async function startBareFlows(site: Ground, database: Database): Promise<BareFlows> {
  await database.quiet();
  const address = site.urls['temporal'] ?? '';
  const taskQueue = `bare-${randomUUID()}`;
  const child = await startBare('flows.ts', [address, taskQueue]);
  const connection = await Connection.connect({ address });
  const { workflow } = new Client({ connection });
  return {
    pid: child.pid,
    accept: async () => {
      const startWorkflowOperation = new WithStartWorkflowOperation(acceptType, {
        workflowId: `bare/${randomUUID()}`,
        workflowIdConflictPolicy: 'USE_EXISTING',
        taskQueue,
      });
      const answer = await workflow.executeUpdateWithStart(awaitAccepted, { startWorkflowOperation });
      if (answer !== 'accepted') throw new Error(`the bare flow answered ${answer}`);
    },
    stop: async () => {
      await connection.close();
      await child.stop();
    },
  };
}

/** By the parts' CPU of this run, and by CPU profiles (`node --cpu-prof`) of web and worker that were taken when the aim was missed first. */
function whereTimeGoes(bare: Result, order: Result): string[] {
  const parts = Object.entries(order.cpuMsOf).map(([part, ms]) => `${part} ${ms.toFixed(0)}`);
  const cpu = order.cpuMsPerOperation?.median ?? NaN;
  const bareCpu = bare.cpuMsPerOperation?.median ?? NaN;
  return [
    `Where the time goes: an order takes ${cpu.toFixed(0)} ms of CPU (${parts.join(', ')}) against ${bareCpu.toFixed(0)}; all of it shares the same cores, so the rate ` +
      `with letters keeping pace can't be above ${(bareCpu / cpu).toFixed(2)} of the bare one. About a third is the flow of the letter (a second workflow with a ` +
      'scheduled activity on the queue of mails).',
    'Profile of the worker, taken on 2026-11-22: half is the workflow thread (entering the sandbox, loading the modules into each new flow, the SDK recording a stack ' +
      'for each promise), a sixth of the main thread is SQL.',
    'Mended: reminder rules and the row of a letter are read as local activities: per order two scheduled activities and two workflow tasks ' +
      'fewer, measured as 104 to 60 ms of Temporal and 99 to 66 of the worker.',
  ];
}
