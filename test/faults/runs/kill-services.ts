/** F05 and F06: the Temporal Service, the postmaster and a backend of PostgreSQL die. */
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { kill, killPart, postmasterPid } from '../crashing.ts';
import type { Rig } from '../rig.ts';
import type { Random } from '../seed.ts';
import { repeat, times, type FaultRun } from './run.ts';
import { prepareWork } from './work.ts';

export function killTemporal(): FaultRun[] {
  return repeat(times(1, 5), () => [
    { fault: 'F05', name: 'kill -9 Temporal, idle', counts: 1, strike: killIdleTemporal },
    { fault: 'F05', name: 'kill -9 Temporal, under load', counts: 1, strike: killBusyTemporal },
  ]).flat();
}

async function killIdleTemporal(rig: Rig): Promise<number[]> {
  const { clients, site } = rig;
  const member = await rig.member();
  const order = await clients.prepareOrder(await clients.signIn(member), member);
  await rig.goneOn(Date.now());
  const died = await killPart(site, 'temporal');
  await untilNobodyListens(site.ports['temporal'] ?? 0);
  // One press is enough: a submission needs only PostgreSQL.
  const receipt = await clients.send(order);
  if (receipt === undefined) throw new Error('an order was not accepted while Temporal was down');
  return [await rig.goneOn(died)];
}

async function killBusyTemporal(rig: Rig, random: Random): Promise<number[]> {
  const work = await prepareWork(rig);
  const done = work.begin((from) => random.between(from, BURST_MS));
  await sleep(random.between(500, BURST_MS));
  const died = await killPart(rig.site, 'temporal');
  await done;
  return [await rig.goneOn(died)];
}

const BURST_MS = 3000;

/** A dead process's sockets close a moment after it. @throws Error when another one is up already: the fault did not hit */
async function untilNobodyListens(port: number): Promise<void> {
  const end = Date.now() + SOCKETS_CLOSE_WITHIN_MS;
  while (await listens(port)) {
    if (Date.now() > end) throw new Error('the fault did not hit: Temporal still listens');
    await sleep(10);
  }
}

/** Shorter than the supervisor's shortest wait before it starts a part again. */
const SOCKETS_CLOSE_WITHIN_MS = 400;

async function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('close', () => socket.destroy());
  });
}

export function killPostgres(): FaultRun[] {
  return repeat(times(1, 5), () => [
    {
      fault: 'F06',
      name: 'kill -9 postmaster',
      counts: 1,
      strike: (rig: Rig, random: Random) => killDatabase(rig, random, postmaster),
    },
    {
      fault: 'F06',
      name: 'kill -9 a backend',
      counts: 1,
      strike: (rig: Rig, random: Random) => killDatabase(rig, random, anyBackend),
    },
  ]).flat();
}

type Victim = (rig: Rig, random: Random) => Promise<number>;

const postmaster: Victim = ({ site }) => Promise.resolve(postmasterPid(site));

/** One that serves the site, not us. PostgreSQL then ends all others too, and recovers from its log. */
const anyBackend: Victim = async ({ database }, random) => {
  const found = await database.rows<{ pid: number }>(
    `select pid from pg_stat_activity where usename = current_user and backend_type = 'client backend' and pid <> pg_backend_pid()`,
  );
  return random.pick(found).pid;
};

async function killDatabase(rig: Rig, random: Random, victim: Victim): Promise<number[]> {
  const work = await prepareWork(rig);
  // A mail server's yes that could not be recorded any more, on each of the worker's mail connections.
  rig.clients.seen.crashesAfterData += 5;
  const done = work.begin((from) => random.between(from, BURST_MS));
  await sleep(random.between(500, BURST_MS));
  const died = await kill(await victim(rig, random));
  await untilPoolsAreBack(rig);
  await done;
  return [await rig.goneOn(died)];
}

const POOLS_BACK_WITHIN_MS = 10_000;

/** @throws Error when the web process still has no database 10 s after PostgreSQL took connections again */
async function untilPoolsAreBack({ database, site }: Rig): Promise<void> {
  while (
    !(await database.rows('select 1 as one').then(
      () => true,
      () => false,
    ))
  )
    await sleep(50);
  const up = Date.now();
  for (;;) {
    const answer = await fetch(`${site.urls['web'] ?? ''}/healthz`).catch(() => undefined);
    if (answer?.status === 200) return;
    if (Date.now() - up > POOLS_BACK_WITHIN_MS)
      throw new Error('the web process has no database 10 s after it came back');
    await sleep(50);
  }
}
