/** S13: walking every route with a sign-in that is not complete. */
import { buildMember, buildStaff } from '../../support/build.ts';
import { times, type Row, type World } from '../attack.ts';
import type { Answer, Browser } from '../tools/browser.ts';
import { marksIn } from '../tools/fixture.ts';
import { idsOf } from '../tools/ids.ts';
import { anotherPassword, follow, freshLink, hasActed, linkFor, pressOn } from '../tools/mailed-links.ts';
import { actionPathOf, pathOf, waysTo, type SiteRoute } from '../tools/routes.ts';
import { cookieName, doors, holding, opensHome, turnMfaOn, withPassword } from '../tools/sign-in.ts';

/** The sign-in's own steps: they may answer, and leaving the sign-in is an act. */
const OWN_STEPS = ['/login', '/login/otp', '/logout', '/staff/login', '/staff/login/otp', '/staff/logout'];

interface HalfWay {
  what: string;
  browser: Browser;
  /** Words that none of the answers may hold. */
  secret: string[];
}

/** Everybody whose sign-in isn't complete, or who must change the password first. */
async function halfWay({ target, fixture }: World): Promise<HalfWay[]> {
  const { ours, others } = fixture;
  const numbers = [...ours.applications, ...others.applications].flatMap(({ applicationNumber, orderNumber }) => [
    applicationNumber,
    ...(orderNumber === null ? [] : [orderNumber]),
  ]);
  const all = [...ours.marks, ...others.marks];
  return [
    { what: 'member before the code', browser: await withPassword(target, ours.withCode), secret: all },
    { what: 'staff before the code', browser: await withPassword(target, await buildStaff()), secret: all },
    { what: 'member who must change the password', browser: await holding(target, ours.mustChange), secret: numbers },
  ];
}

async function walk(
  { what, browser, secret }: HalfWay,
  route: SiteRoute,
  path: string,
  token: string,
): Promise<string[]> {
  const found: string[] = [];
  const judge = (answer: Answer) => {
    // The way back to a page that was asked for may name it.
    const leaked = marksIn(answer.body + JSON.stringify(answer.headers), secret).filter(
      (mark) => !answer.path.includes(mark),
    );
    if (leaked.length > 0) found.push(`${what}: ${answer.method} ${answer.path} tells ${leaked.join(', ')}`);
    if (answer.status >= 500) found.push(`${what}: ${answer.method} ${answer.path} answers ${answer.status}`);
  };
  for (const way of waysTo(route, path)) {
    judge(await browser.get(way));
    judge(await browser.request('HEAD', way));
  }
  if (!route.hasAction || OWN_STEPS.includes(path)) return found;
  const fields: [string, string][] = [['formToken', token]];
  for (const way of waysTo(route, actionPathOf(route, path)))
    judge(await browser.post(way, fields, { forgetful: true }));
  return found;
}

/** Who has set a new password by a mailed link signs in anew, with the code where it is on. */
async function afterLinks(world: World): Promise<string[]> {
  const { target, database } = world;
  const found: string[] = [];
  const member = await buildMember({ mfa: true });
  const browser = await follow(target, await linkFor(member, 'password-reset'));
  if (await opensHome(browser, 'member')) found.push('the page of a reset opens member pages');
  if (!hasActed(await pressOn(browser, 'password-reset'), 'password-reset'))
    found.push('a reset was not taken, so nothing was tried');
  if (await opensHome(browser, 'member')) found.push('after a reset the browser is signed in');
  const again = await withPassword(target, { ...member, password: anotherPassword });
  if (await opensHome(again, 'member')) found.push('after a reset the code is not asked for');
  const setUp = await follow(target, await freshLink('password-setup'));
  if (await opensHome(setUp, 'member')) found.push('the page of a set-up opens member pages');
  if (!hasActed(await pressOn(setUp, 'password-setup'), 'password-setup')) found.push('a set-up was not taken');
  if (await opensHome(setUp, 'member')) found.push('after a set-up the browser is signed in');
  // A session from before 多要素認証 was turned on in another browser.
  const early = await buildMember();
  const [old, own] = [await holding(target, early), await holding(target, early)];
  await turnMfaOn(world, own, early);
  if (await opensHome(old, 'member')) found.push('a cookie from before the code was turned on opens member pages');
  await database.quiet();
  return found;
}

export const s13: Row = {
  id: 'S13',
  requires: 'no way round the code: before it, no route answers with data, no action runs',
  asked: '0 of all routes answer data',
  attack: async (world, scale) => {
    await world.database.quiet();
    const found = await afterLinks(world);
    const people = (await halfWay(world)).slice(0, times(scale, { planted: 1, ci: 3, full: 3 }));
    // A sign-in begun anew in the same browser would be told as a change.
    await world.database.quiet();
    const before = scale === 'planted' ? undefined : await world.database.fingerprint();
    let walked = 0;
    for (const person of people) {
      const isStaff = person.browser.cookies.has(cookieName(world.target, 'staff'));
      const page = isStaff ? doors.staff.code : person.what.includes('code') ? doors.member.code : '/password/change';
      const [form] = await person.browser.forms(page);
      const token = form?.fields.find(([name]) => name === 'formToken')?.[1] ?? '';
      for (const route of world.routes) {
        found.push(...(await walk(person, route, pathOf(route, idsOf(world.fixture.ours)), token)));
        walked += 1;
      }
    }
    if (before !== undefined)
      found.push(...(await world.database.changesSince(before)).map((change) => `something was written: ${change}`));
    return {
      found,
      said: `0 of ${walked} route walks (page, .data, _routes, _data, HEAD, POST) answered data; the code is asked for after reset and set-up`,
    };
  },
  plants: [
    {
      what: "the guard forgets a session's stage",
      process: 'first',
      mutations: [
        {
          file: 'server/index.js',
          find: /if \(member\d*\.stage === "code"\) throw redirect\("\/login\/otp"\);/,
          replace: '',
        },
      ],
      shows: /member before the code: GET .* tells/,
    },
    {
      what: 'a reset turns 多要素認証 off',
      process: 'purposes',
      mutations: [
        {
          file: 'server/index.js',
          find: /must_change_password = false from accounts/,
          replace: 'must_change_password = false, mfa = false from accounts',
        },
      ],
      shows: /after a reset the code is not asked for/,
    },
  ],
};
