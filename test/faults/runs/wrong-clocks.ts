/** F14: web and worker believe another time. PostgreSQL alone judges what is over: codes, links and sessions neither end early nor late. */
import type { SessionTime } from '../../../db/stores/own-sessions.ts';
import { readLimits } from '../../../runtime/limits.ts';
import type { Browser } from '../../attacks/tools/browser.ts';
import { linkFor, tryLink } from '../../attacks/tools/mailed-links.ts';
import { doors, opensHome } from '../../attacks/tools/sign-in.ts';
import { shiftLinks } from '../../support/links.ts';
import type { ClockSettings } from '../../support/wrong-clock.ts';
import type { BuiltMember } from '../../support/build.ts';
import { formWith, type Order } from '../clients.ts';
import type { Rig } from '../rig.ts';
import type { Random } from '../seed.ts';
import { expectEachOnce } from './letters.ts';
import { full, repeat, times, type FaultRun } from './run.ts';

const IDLE_SECONDS = readLimits(undefined).sessionIdleSeconds;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

const both = (aheadMs: number): ClockSettings => ({ web: { aheadMs }, worker: { aheadMs } });

const clocks: [name: string, settings: ClockSettings][] = [
  ['web and worker 2 h ahead', both(2 * HOUR_MS)],
  ['web and worker 2 h behind', both(-2 * HOUR_MS)],
  ['web and worker a day ahead', both(DAY_MS)],
  ['web and worker a day behind', both(-DAY_MS)],
  ['web a day ahead, worker a day behind', { web: { aheadMs: DAY_MS }, worker: { aheadMs: -DAY_MS } }],
  // In the seconds of a run it comes further off than a code of the rig lives.
  [
    'web gains 20 s a second, worker loses as much',
    { web: { aheadMs: 0, gainsMs: 20_000 }, worker: { aheadMs: 0, gainsMs: -20_000 } },
  ],
];

/** Each three times in the long run; in CI one of them, drawn. */
export function moveClocks(random: Random): FaultRun[] {
  return repeat(times(1, 3), (index) =>
    (full ? clocks : [random.pick(clocks)]).map(([name, settings]) => ({
      fault: 'F14',
      name: `${name} (${index + 1})`,
      counts: 1,
      strike: (rig: Rig) => moveAndUse(rig, settings),
    })),
  ).flat();
}

async function moveAndUse(rig: Rig, settings: ClockSettings): Promise<number[]> {
  const before = await prepare(rig);
  try {
    await rig.clocks.set(settings);
    await expectRightJudgement(rig, before);
    await useTheSite(rig, before);
  } finally {
    await rig.clocks.putRight();
  }
  if (!(await opensHome(before.browser, 'member'))) throw new Error('with the right time again a session is lost');
  return [];
}

interface Before {
  member: BuiltMember;
  browser: Browser;
  order: Order;
  /** Waiting for the code, whose time is over for the second one. */
  inTime: WaitingForCode;
  late: WaitingForCode;
}

interface WaitingForCode {
  member: BuiltMember;
  browser: Browser;
  code: string;
}

/** What was begun while the clocks were right. The codes come last: they live 30 s here. */
async function prepare(rig: Rig): Promise<Before> {
  const { clients } = rig;
  const member = await rig.member();
  const browser = await clients.signIn(member);
  const order = await clients.prepareOrder(browser, member);
  await rig.goneOn(Date.now());
  const [inTime, late] = await Promise.all([waitForCode(rig), waitForCode(rig)]);
  return { member, browser, order, inTime, late };
}

async function waitForCode(rig: Rig): Promise<WaitingForCode> {
  const member = await rig.member({ mfa: true });
  const browser = await rig.clients.signIn(member);
  const [letter] = await rig.mail.arrived(member.address, 1);
  const code = /^\d{6}$/m.exec(letter?.text ?? '')?.[0] ?? '';
  rig.clients.seen.canaries.push(code);
  return { member, browser, code };
}

/** Nothing ends early, nothing lives on: by PostgreSQL's clock. */
async function expectRightJudgement(rig: Rig, { browser, inTime, late }: Before): Promise<void> {
  if (!(await opensHome(browser, 'member'))) throw new Error('a wrong clock ended a session');
  const { secondsLeft } = JSON.parse((await browser.get('/session-time')).body) as SessionTime;
  if (Math.abs(secondsLeft - IDLE_SECONDS) > 60) throw new Error(`a session is said to live ${secondsLeft} s`);
  if (!(await takesCode(rig, inTime))) throw new Error('a code was refused before its end');
  const form = formWith(await rig.clients.open(late.browser, doors.member.code), 'code');
  await rig.database.rows(
    `update challenges set created_at = created_at - interval '1 minute', expires_at = expires_at - interval '1 minute' where member_id = $1`,
    [late.member.id],
  );
  await late.browser.submit(form, { code: late.code });
  if (await opensHome(late.browser, 'member')) throw new Error('a code was taken after its end');
  await expectLinks(rig);
}

async function takesCode({ clients }: Rig, { browser, code }: WaitingForCode): Promise<boolean> {
  const form = formWith(await clients.open(browser, doors.member.code), 'code');
  await clients.answer(browser, () => browser.submit(form, { code }));
  return opensHome(browser, 'member');
}

async function expectLinks(rig: Rig): Promise<void> {
  const [open, over] = [await rig.member(), await rig.member()];
  const [openLink, overLink] = [await linkFor(open, 'password-reset'), await linkFor(over, 'password-reset')];
  rig.clients.seen.canaries.push(openLink.token, overLink.token);
  // A reset link lives an hour.
  await shiftLinks(over.id, -HOUR_MS / 1000 - 1);
  if (!(await tryLink(rig.target, openLink)).taken) throw new Error('a link was refused before its end');
  if ((await tryLink(rig.target, overLink)).taken) throw new Error('a link was taken after its end');
}

/** A form drawn by the right time is taken, one signs in, and mails go out. */
async function useTheSite(rig: Rig, { member, order }: Before): Promise<void> {
  const { clients } = rig;
  if ((await clients.send(order)) === undefined) throw new Error('an order was not taken');
  const fresh = await rig.member();
  const browser = await clients.signIn(fresh);
  if (!(await opensHome(browser, 'member'))) throw new Error('a sign-in by a wrong clock opens no page');
  await rig.goneOn(Date.now());
  for (const { address } of [member, fresh]) await expectEachOnce(rig, address);
}
