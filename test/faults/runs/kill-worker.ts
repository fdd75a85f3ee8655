/** F01 and F02: the worker dies at every boundary of an activity, and at any other moment. */
import { setTimeout as sleep } from 'node:timers/promises';
import { activities, killPart, otherWorkerPoints, type ActivityName } from '../crashing.ts';
import type { Order } from '../clients.ts';
import { provoke } from '../provoke.ts';
import type { Rig } from '../rig.ts';
import type { Random } from '../seed.ts';
import { full, repeat, times, type FaultRun } from './run.ts';
import { prepareWork } from './work.ts';

/** Tried within the running workflow task first (workflows/soon.ts). */
const LOCAL: readonly ActivityName[] = ['readApplicationStanding', 'takeIn', 'readReminderRules', 'readLetterStanding'];

/** Where each point lies on the way of an activity, and what leads there. */
const boundaries: { kind: string; point: string; by: ActivityName }[] = [
  ...activities.flatMap((name) => [
    { kind: kindOf(name, 'before'), point: `activity.${name}.before`, by: name },
    { kind: kindOf(name, 'after'), point: `activity.${name}.after`, by: name },
  ]),
  ...otherWorkerPoints.map((point) => ({
    kind: point,
    point,
    by: point.startsWith('letter') ? ('sendLetter' as const) : ('takeIn' as const),
  })),
];

/** Local activities, those of the mail queue and the rest come back in different ways. */
function kindOf(name: ActivityName, when: string): string {
  if (LOCAL.includes(name)) return `local ${when}`;
  return name === 'sendLetter' ? `mail ${when}` : `${name.startsWith('read') ? 'reading' : 'writing'} ${when}`;
}

/** Each point in the long run; in CI a draw with each kind of boundary. */
export function killWorkerAtBoundaries(random: Random): FaultRun[] {
  const kinds = [...new Set(boundaries.map(({ kind }) => kind))];
  const drawn = full
    ? repeat(ROUNDS, (round) => boundaries.map((boundary) => ({ ...boundary, round: `, round ${round + 1}` }))).flat()
    : kinds.map((wanted) => ({ ...random.pick(boundaries.filter(({ kind }) => kind === wanted)), round: '' }));
  return drawn.map(({ point, by, round }) => ({
    fault: 'F01',
    name: `kill -9 worker at ${point}${round}`,
    counts: 1,
    strike: (rig) => dieAt(rig, point, by),
  }));
}

/** faults.md, F01: each point ten times in the long run. */
const ROUNDS = 10;

/** A letter may wait for the end of its code before its flow comes to the point. */
const HIT_WITHIN_MS = 60_000;

async function dieAt(rig: Rig, point: string, by: ActivityName): Promise<number[]> {
  const next = await preparedOrder(rig);
  rig.crash.disarm(point);
  try {
    const pressed = provoke[by](rig, () => rig.crash.arm(point));
    const hit = rig.crash.hit(point, HIT_WITHIN_MS).then(async (died) => {
      await allowCopies(rig);
      return died;
    });
    const [died] = await Promise.all([hit, pressed]);
    await rig.mail.behave({ mode: 'accept' });
    await rig.clients.sendUntilReceipt(next);
    return [await rig.goneOn(died)];
  } finally {
    await rig.mail.behave({ mode: 'accept' });
  }
}

/** One run kills once, amid a burst of 20 flows of all kinds: by faults.md it counts for 20. */
export function killWorkerAtRandom(): FaultRun[] {
  return repeat(times(2, 50), (index) => ({
    fault: 'F02',
    name: `kill -9 worker at a random moment (${index + 1})`,
    counts: 1,
    strike: async (rig, random) => {
      const work = await prepareWork(rig);
      const next = await preparedOrder(rig);
      const done = work.begin((from) => random.between(from, BURST_MS));
      await sleep(random.between(100, BURST_MS));
      const died = await killPart(rig.site, 'worker');
      await allowCopies(rig);
      await rig.clients.sendUntilReceipt(next);
      await done;
      return [await rig.goneOn(died)];
    },
  }));
}

/** Letters that the dead worker had begun: the mail server's yes may have come, and no record tells of it. Those may go out again. */
async function allowCopies({ database, clients }: Rig): Promise<void> {
  const { n } = await database.row<{ n: number }>(
    `select count(*)::int as n from letters where state = 'pending' and tries > 0`,
  );
  clients.seen.crashesAfterData += n;
}

/** Sent after the kill: the site has gone on only once this one is 受付完了 too, also where the dead worker had nothing left to do. */
async function preparedOrder({ clients, member }: Rig): Promise<Order> {
  const who = await member();
  return clients.prepareOrder(await clients.signIn(who), who);
}

const BURST_MS = 5000;
