/** Brings together what the attacks need around the running site, and the weakened processes beside it. */
import { fileURLToPath } from 'node:url';
import { setTimeout as sleep } from 'node:timers/promises';
import { closeDatabase } from '../../../db/connect.ts';
import type { Plant, Row, Target, World } from '../attack.ts';
import { Database } from './database.ts';
import { buildFixture } from './fixture.ts';
import { Histories } from './histories.ts';
import { MailCatcher } from './mail-catcher.ts';
import { readRoutes } from './routes.ts';
import { beatingWorkers, partPid, untilAnotherBeats } from './site-parts.ts';
import { copyBuild, processEnvironment, startWeb, startWorker, type RunningSite } from './weakened.ts';

const BUILD = fileURLToPath(new URL('../../../build', import.meta.url));

export interface Ground {
  world: World;
  /** The world with a weakness in it. */
  weakened: (plant: Plant) => Promise<World>;
  close: () => Promise<void>;
}

/** @param rows whose weaknesses may be asked for */
export async function prepareGround(
  site: RunningSite & { ports: Record<string, number> },
  chromiumPath: string,
  rows: readonly Row[],
): Promise<Ground> {
  // The builders use the site's own stores, on its database and with its keys.
  Object.assign(process.env, processEnvironment(site));
  const origin = site.urls['web'] ?? '';
  const open: (() => Promise<void>)[] = [closeDatabase];
  const database = new Database(site.urls['migrationDatabase'] ?? '');
  const histories = new Histories(site.urls['temporal'] ?? '');
  open.push(
    () => database.close(),
    () => histories.close(),
  );
  const target: Target = { origin, port: site.ports['web'] ?? 0, pid: partPid(site.dataDir, 'web'), build: BUILD };
  const startMore =
    (build: string): World['startWeb'] =>
    async (settings) => {
      const web = await startWeb(site, build, settings);
      open.push(web.stop);
      return web;
    };
  const world: World = {
    target,
    siteOrigin: origin,
    database,
    mail: new MailCatcher(site.urls['mail'] ?? ''),
    histories,
    fixture: await buildFixture(),
    routes: await readRoutes(BUILD, processEnvironment(site)),
    chromiumPath,
    dataDir: site.dataDir,
    startWeb: startMore(BUILD),
  };
  await database.quiet();
  const processes = new Map<string, Promise<Target>>();
  const weakened = async ({ process: name }: Plant): Promise<World> => {
    const running = processes.get(name) ?? startWeakened(site, plantsOf(rows, name), database, open);
    processes.set(name, running);
    const theirs = await running;
    const { build, port } = theirs;
    // A weakened worker serves the site's own web process.
    return { ...world, startWeb: startMore(build), target: port === 0 ? { ...target, build } : theirs };
  };
  return { world, weakened, close: () => closeAll(open) };
}

const plantsOf = (rows: readonly Row[], name: string): Plant[] =>
  rows.flatMap(({ plants }) => plants).filter((plant) => plant.process === name);

async function startWeakened(
  site: RunningSite,
  plants: Plant[],
  database: Database,
  open: (() => Promise<void>)[],
): Promise<Target> {
  const mutations = plants.flatMap((plant) => plant.mutations);
  const { build, remove } = await copyBuild(mutations);
  open.push(remove);
  if (mutations.some(({ file }) => file === 'worker.js')) {
    const known = await beatingWorkers(database);
    const worker = startWorker(site, build);
    open.push(worker.stop);
    await untilAnotherBeats(database, known);
    // It polls a moment after its first beat.
    await sleep(2000);
    return { origin: '', port: 0, pid: worker.pid, build };
  }
  const web = await startWeb(site, build);
  open.push(web.stop);
  return web;
}

/** The last opened is closed first: a build is removed after its process ended. */
async function closeAll(open: (() => Promise<void>)[]): Promise<void> {
  for (const close of open.reverse()) await close();
}
