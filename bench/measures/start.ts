/** What a start costs, cold and warm, and the memory of each process, idle and after orders. */
import { setTimeout as sleep } from 'node:timers/promises';
import { closeDatabase } from '../../db/connect.ts';
import { Database } from '../../test/attacks/tools/database.ts';
import type { Site } from '../../test/support/site.ts';
import { callAll } from '../callers.ts';
import { copyWithoutBuild } from '../fresh-copy.ts';
import { pidsOf, startBenchSite, useStoresOf } from '../ground.ts';
import type { Measure, Scale } from '../measure.ts';
import { beforeSending, sendOrder } from '../people.ts';
import { cpuSecondsOf, memoryOf, type Memory, type Pids } from '../processes.ts';
import { shown, spreadOf } from '../statistics.ts';

const COUNTS: Record<
  Scale,
  { rounds: number; withoutBuild: boolean; orders: number; callers: number; restMs: number }
> = {
  ci: { rounds: 1, withoutBuild: false, orders: 20, callers: 4, restMs: 0 },
  full: { rounds: 3, withoutBuild: true, orders: 1000, callers: 10, restMs: 15_000 },
};

export const start: Measure = {
  name: 'start',
  aim: 'What a start costs, from the command until every part says that it is ready, and what the processes hold. No aim is set.',
  run: async (scale) => {
    const { rounds, withoutBuild } = COUNTS[scale];
    const unbuilt = withoutBuild ? [await startUnbuilt()] : [];
    const cold: Started[] = [];
    const warm: Started[] = [];
    for (let round = 1; round < rounds; round += 1) await coldAndWarm(cold, warm, (site) => site.stop());
    let memory: string[][] = [];
    await coldAndWarm(cold, warm, async (site) => {
      memory = await memoryOfParts(site, scale).finally(() => site.stop());
    });
    const starts: [string, Started[]][] = [
      ['cold, nothing built', unbuilt],
      ['cold, built', cold],
      ['warm', warm],
    ];
    return {
      rows: [
        ['what', 'seconds', 'CPU seconds', 'idle MB', `MB after ${COUNTS[scale].orders} orders`],
        ...starts.filter(([, of]) => of.length > 0).map(([name, of]) => startLine(name, of)),
        ...memory,
      ],
      met: true,
      numbers: {
        cold: spreadOf(cold.map(({ seconds }) => seconds)).median,
        warm: spreadOf(warm.map(({ seconds }) => seconds)).median,
      },
      remarks: [
        'Cold: a new DATA_DIR, so that the database cluster, roles, tables and demo data are made; warm: the next start on the same one.',
        'CPU is that of the start script and everything it began. The Temporal executable is there; building it once is not counted.',
        'Memory is resident (RSS), in brackets the same with shared pages counted in parts (PSS); PostgreSQL with its connections.',
      ],
    };
  },
};

interface Started {
  seconds: number;
  cpuSeconds: number | undefined;
}

async function coldAndWarm(cold: Started[], warm: Started[], then: (site: Site) => Promise<void>): Promise<void> {
  const first = await timed(() => startBenchSite());
  cold.push(first);
  await first.site.halt();
  const second = await timed(() => startBenchSite({ dataDir: first.site.dataDir }));
  warm.push(second);
  await then(second.site);
}

async function startUnbuilt(): Promise<Started> {
  const copy = copyWithoutBuild();
  try {
    const started = await timed(() => startBenchSite({ root: copy.root }));
    await started.site.stop();
    return started;
  } finally {
    copy.remove();
  }
}

async function timed(begin: () => Promise<Site>): Promise<Started & { site: Site }> {
  const begun = performance.now();
  const site = await begin();
  return { site, seconds: (performance.now() - begun) / 1000, cpuSeconds: cpuSecondsOf(site.startPid) };
}

function startLine(name: string, started: Started[]): string[] {
  const cpu = started.flatMap(({ cpuSeconds }) => cpuSeconds ?? []);
  const seconds = spreadOf(started.map((each) => each.seconds));
  return [`start, ${name}`, shown(seconds, 1), cpu.length === 0 ? '–' : shown(spreadOf(cpu), 1), '', ''];
}

/** A line for each process. @throws Error unless every order was accepted */
async function memoryOfParts(site: Site, scale: Scale): Promise<string[][]> {
  const { orders, callers, restMs } = COUNTS[scale];
  // Whatever was measured before used the stores of another site.
  await closeDatabase();
  useStoresOf(site);
  const database = new Database(site.urls['migrationDatabase'] ?? '');
  try {
    await database.quiet();
    await sleep(restMs);
    const pids = { start: site.startPid, ...pidsOf(site) };
    const idle = memoryOfAll(pids);
    const all = await beforeSending(site, orders);
    await callAll(all, callers, pids, (order) => sendOrder(order, database));
    await database.quiet(600_000);
    const accepted = await database.row<{ n: number }>(
      `select count(*)::int as n from applications where intake = 'accepted' and draft_id = any($1::uuid[])`,
      [all.map(({ draftId }) => draftId)],
    );
    if (accepted.n !== orders) throw new Error(`${accepted.n} of ${orders} orders are accepted`);
    await sleep(restMs);
    const after = memoryOfAll(pids);
    return Object.keys(pids).map((part) => [part, '', '', idle[part] ?? '', after[part] ?? '']);
  } finally {
    await database.close();
    await closeDatabase();
  }
}

/** Every other part is a child of the start script. */
const memoryOfAll = (pids: Pids): Record<string, string> =>
  Object.fromEntries(
    Object.entries(pids).map(([part, pid]) => [part, megabytes(memoryOf(pid, { alone: part === 'start' }))]),
  );

const megabytes = (memory: Memory | undefined): string => {
  if (memory === undefined) return '–';
  const own = memory.pss === undefined ? '' : ` (${memory.pss.toFixed(0)})`;
  return `${memory.rss.toFixed(0)}${own}`;
};
