/** F04: the web process dies around the step that uses up a password, code or link; the member does the same once more (I9, I11). */
import { setTimeout as sleep } from 'node:timers/promises';
import { Browser, leadsOn, type Answer } from '../../attacks/tools/browser.ts';
import { readMemberSession } from '../../../db/stores/sessions.ts';
import { anotherPassword, follow, linkFor, pressOn, tryLink, type HeldLink } from '../../attacks/tools/mailed-links.ts';
import { cookieName, doors, opensHome, secretIn, typePassword } from '../../attacks/tools/sign-in.ts';
import { buildGivenChange, freshAddress } from '../../support/email-change.ts';
import type { BuiltMember } from '../../support/build.ts';
import { mailedToken } from '../../support/links.ts';
import { formWith } from '../clients.ts';
import { consumePoints } from '../crashing.ts';
import type { Rig } from '../rig.ts';
import { repeat, times, type FaultRun } from './run.ts';

export function killWebAtConsumption(): FaultRun[] {
  return repeat(times(1, 10), () => consumePoints)
    .flat()
    .map((point) => ({ fault: 'F04', name: `kill -9 web at ${point}`, counts: 1, strike: (rig) => dieAt(rig, point) }));
}

type Point = (typeof consumePoints)[number];

const consumptions: Record<Point, (rig: Rig, point: Point) => Promise<number>> = {
  'sign-in.in-transaction': signIn,
  'code.after-count': typeCode,
  'code.in-transaction': typeCode,
  'reset.after-take': reset,
  'reset.in-transaction': reset,
  'email-change.in-transaction': switchAddress,
  'sign-in-report.after-take': reportSignIn,
  'sign-in-report.in-transaction': reportSignIn,
};

async function dieAt(rig: Rig, point: Point): Promise<number[]> {
  return [await rig.goneOn(await consumptions[point](rig, point))];
}

const PATIENCE_MS = 60_000;

/** Presses once, the site dies; then again until it is taken. @returns when it died */
async function pressTwice(
  { clients, crash }: Rig,
  point: Point,
  browser: Browser,
  press: () => Promise<Answer>,
): Promise<number> {
  crash.arm(point);
  if ((await clients.answer(browser, press)) !== undefined)
    throw new Error(`the fault did not hit: an answer came past ${point}`);
  const died = await crash.hit(point);
  const end = Date.now() + PATIENCE_MS;
  for (;;) {
    const answer = await clients.answer(browser, press);
    if (answer !== undefined && leadsOn(answer)) return died;
    if (Date.now() > end) throw new Error(`not taken within a minute after ${point}`);
    await sleep(300);
  }
}

/** Whether this password signs in just now; undefined answers count as no. */
async function signsIn(rig: Rig, member: BuiltMember, password: string): Promise<boolean> {
  return leadsOn(await typePassword(new Browser(rig.target), { ...member, password }));
}

async function signIn(rig: Rig, point: Point): Promise<number> {
  const browser = new Browser(rig.target);
  const member = await rig.member();
  const died = await pressTwice(rig, point, browser, () => typePassword(browser, member));
  if (!(await opensHome(browser, 'member'))) throw new Error('signed in, and no page opens');
  return died;
}

async function typeCode(rig: Rig, point: Point): Promise<number> {
  const member = await rig.member({ mfa: true });
  const browser = await rig.clients.signIn(member);
  const [letter] = await rig.mail.arrived(member.address, 1);
  const code = /^\d{6}$/m.exec(letter?.text ?? '')?.[0] ?? '';
  rig.clients.seen.canaries.push(code);
  const form = formWith(await rig.clients.open(browser, doors.member.code), 'code');
  const died = await pressTwice(rig, point, browser, () => browser.submit(form, { code }));
  if (!(await opensHome(browser, 'member'))) throw new Error('the code was taken, and no page opens');
  return died;
}

async function reset(rig: Rig, point: Point): Promise<number> {
  const member = await rig.member();
  const link = await linkFor(member, 'password-reset');
  rig.clients.seen.canaries.push(link.token);
  const browser = await follow(rig.target, link);
  const died = await pressTwice(rig, point, browser, () => pressOn(browser, link.purpose));
  const { id: memberId, password: old } = member;
  rig.clients.seen.passwordChanges.push({ memberId, old, next: anotherPassword, acknowledged: true });
  await expectUsedUp(rig, link);
  return died;
}

async function switchAddress(rig: Rig, point: Point): Promise<number> {
  const member = await rig.member();
  const link = await confirmationFor(rig, member);
  rig.clients.seen.canaries.push(link.token);
  const browser = await follow(rig.target, link);
  const died = await pressTwice(rig, point, browser, () => pressOn(browser, link.purpose));
  if (await signsIn(rig, member, member.password)) throw new Error('the old address still signs in');
  await expectUsedUp(rig, link);
  return died;
}

/** Asked for in a session that was signed in to: the checker knows no other. */
async function confirmationFor(rig: Rig, member: BuiltMember): Promise<HeldLink> {
  const { cookies } = await rig.clients.signIn(member);
  const secret = secretIn(cookies.get(cookieName(rig.target, 'member')));
  const session = await readMemberSession(secret);
  if (session === undefined) throw new Error('signed in, and there is no session');
  const { confirmationToken } = await buildGivenChange(member, freshAddress(), { secret, session });
  return { purpose: 'email-change-confirmation', token: confirmationToken, member };
}

/** 「お心当たりのない」: all of it is done at once, and a reset mail goes out. */
async function reportSignIn(rig: Rig, point: Point): Promise<number> {
  const member = await rig.member();
  const elsewhere = await rig.clients.signIn(member);
  const link = await linkFor(member, 'sign-in-notice');
  rig.clients.seen.canaries.push(link.token);
  const browser = await follow(rig.target, link);
  const died = await pressTwice(rig, point, browser, () => pressOn(browser, link.purpose));
  if (await signsIn(rig, member, member.password)) throw new Error('the password of a reported sign-in still signs in');
  if (await opensHome(elsewhere, 'member')) throw new Error('a session of a reported member still opens pages');
  rig.clients.seen.canaries.push(await mailedToken(member.id, 'password-reset'));
  await expectUsedUp(rig, link);
  return died;
}

async function expectUsedUp(rig: Rig, link: HeldLink): Promise<void> {
  if ((await tryLink(rig.target, link)).taken) throw new Error(`a used ${link.purpose} link was taken again`);
}
