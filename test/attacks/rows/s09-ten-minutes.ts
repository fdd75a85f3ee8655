/** S09: a one-time code before and after its end, on web processes whose clocks are wrong. */
import { buildMember, type BuiltMember } from '../../support/build.ts';
import type { Row, Target, World } from '../attack.ts';
import type { Browser } from '../tools/browser.ts';
import { doors, newestCode, opensHome, typeCode, withPassword } from '../tools/sign-in.ts';
import { answersIn, dataPathFor } from '../tools/single-fetch.ts';

interface Waiting {
  browser: Browser;
  code: string;
  member: BuiltMember;
}

async function waiting(world: World): Promise<Waiting> {
  const member = await buildMember({ mfa: true });
  const browser = await withPassword(world.target, member);
  return { browser, member, code: (await newestCode(world, member)).code };
}

/** Lets the database believe that the newest code, and what else is named, is `seconds` older. */
async function age(
  { database }: World,
  member: BuiltMember,
  seconds: number,
  also: { session: boolean },
): Promise<void> {
  await database.rows(
    `update challenges set created_at = created_at - make_interval(secs => $2), expires_at = expires_at - make_interval(secs => $2)
     where member_id = $1`,
    [member.id, seconds],
  );
  if (!also.session) return;
  await database.rows(
    `update sessions set created_at = created_at - make_interval(secs => $2), ends_at = ends_at - make_interval(secs => $2),
       idle_ends_at = idle_ends_at - make_interval(secs => $2) where member_id = $1`,
    [member.id, seconds],
  );
}

async function refusedAt(world: World, seconds: number, also: { session: boolean }): Promise<boolean> {
  const { browser, member, code } = await waiting(world);
  const form = await browser.formWith(doors.member.code, 'code');
  await age(world, member, seconds, also);
  await browser.submit(form, { code });
  return !(await opensHome(browser, 'member'));
}

/** What the page of a code tells after its end. */
async function pageAfterEnd(world: World): Promise<string | undefined> {
  const { browser, member } = await waiting(world);
  await age(world, member, 601, { session: true });
  const page = await browser.get(doors.member.code);
  if (page.status !== 200) return `after the end its page answers ${page.status}`;
  return page.body.includes('name="code"') ? 'after the end its page still asks for the code' : undefined;
}

async function timeLeftShown(world: World): Promise<number | undefined> {
  const { browser } = await waiting(world);
  const { body } = await browser.get(dataPathFor(doors.member.code));
  const answers = Object.values(answersIn(body)).map(({ data }) => data as { secondsLeft?: number } | null | undefined);
  return answers.find((data) => data?.secondsLeft !== undefined)?.secondsLeft;
}

async function attackOne(world: World, clock: string): Promise<string[]> {
  const found: string[] = [];
  if (await refusedAt(world, 599 - 1, { session: true })) found.push(`${clock}: a code of 9:58 was refused`);
  if (!(await refusedAt(world, 601, { session: false }))) found.push(`${clock}: a code of 10:01 was taken`);
  if (!(await refusedAt(world, 601, { session: true }))) found.push(`${clock}: a session of 10:01 took its code`);
  const page = await pageAfterEnd(world);
  if (page !== undefined) found.push(`${clock}: ${page}`);
  const left = await timeLeftShown(world);
  if (left !== undefined && Math.abs(left - 600) > 30) found.push(`${clock}: the page says ${left} s are left of 600`);
  // A late code in another process' page must be no way round either.
  const late = await waiting(world);
  await age(world, late.member, 601, { session: false });
  await typeCode(late.browser, 'member', late.code).catch(() => undefined);
  if (await opensHome(late.browser, 'member')) found.push(`${clock}: the expired page took its code`);
  return found;
}

export const s09: Row = {
  id: 'S09',
  requires: "a code lives 10 minutes by the database's clock",
  asked: '0 accepted late, 0 refused early by more than 1 s; web clock ±2 h',
  attack: async (world, scale) => {
    const clocks: [string, Target][] = [['right clock', world.target]];
    if (scale !== 'planted') {
      clocks.push(['clock 2 h ahead', await world.startWeb({ clockAheadHours: 2 })]);
      clocks.push(['clock 2 h behind', await world.startWeb({ clockAheadHours: -2 })]);
    }
    const found: string[] = [];
    for (const [clock, target] of clocks) found.push(...(await attackOne({ ...world, target }, clock)));
    return { found, said: `9:58 taken, 10:01 refused, expired page, on ${clocks.map(([clock]) => clock).join(', ')}` };
  },
  plants: [
    {
      what: 'the end of a code is no condition any more',
      process: 'codes',
      mutations: [{ file: 'server/index.js', find: /and expires_at > now\(\) returning/g, replace: 'returning' }],
      shows: /a code of 10:01 was taken/,
    },
  ],
  notCovered: "the flow's own expiry runs on the time-skipping server (test/workflows)",
};
