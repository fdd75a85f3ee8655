/** S25: sessions that are left alone, and sessions that are used for ever. */
import { buildMember, type BuiltMember } from '../../support/build.ts';
import type { Row, World } from '../attack.ts';
import type { Browser } from '../tools/browser.ts';
import { doors, opensHome, withPassword } from '../tools/sign-in.ts';

const MINUTE = 60;

/** Lets all that a member's sessions know of time be `seconds` longer ago. */
async function age({ database }: World, member: BuiltMember, seconds: number): Promise<void> {
  await database.rows(
    `update sessions set created_at = created_at - make_interval(secs => $2), last_seen_at = last_seen_at - make_interval(secs => $2),
       idle_ends_at = idle_ends_at - make_interval(secs => $2), ends_at = ends_at - make_interval(secs => $2) where member_id = $1`,
    [member.id, seconds],
  );
}

async function idle(world: World): Promise<string[]> {
  const found: string[] = [];
  const member = await buildMember();
  const browser = await withPassword(world.target, member);
  await age(world, member, 30 * MINUTE - 5);
  if (!(await opensHome(browser, 'member'))) found.push('a session idle for 29:55 had ended');
  await age(world, member, 30 * MINUTE - 5);
  if (!(await opensHome(browser, 'member'))) found.push('a page did not move the idle end on');
  await age(world, member, 30 * MINUTE + 5);
  if (await opensHome(browser, 'member')) found.push('a session idle for 30:05 lived on');
  return found;
}

async function refreshing(world: World): Promise<string[]> {
  const member = await buildMember();
  const browser = await withPassword(world.target, member);
  await age(world, member, 29 * MINUTE);
  await browser.get(`${doors.member.home}?refresh=1`);
  await age(world, member, 2 * MINUTE);
  return (await opensHome(browser, 'member')) ? ['a page that refreshes itself kept the session alive'] : [];
}

/** Used all the time, and yet it ends. */
async function absolute(world: World): Promise<string[]> {
  const member = await buildMember();
  const browser = await withPassword(world.target, member);
  const lived = await useFor(world, browser, member, 12 * 60 * MINUTE - 60);
  if (!lived) return ['a session in use ended before 12 hours'];
  await age(world, member, 120);
  return (await opensHome(browser, 'member')) ? ['a session lived longer than 12 hours'] : [];
}

async function useFor(world: World, browser: Browser, member: BuiltMember, seconds: number): Promise<boolean> {
  const step = 25 * MINUTE;
  for (let passed = 0; passed < seconds; passed += step) {
    await age(world, member, Math.min(step, seconds - passed));
    if (!(await opensHome(browser, 'member'))) return false;
  }
  return true;
}

async function beforeCode(world: World): Promise<string[]> {
  const member = await buildMember({ mfa: true });
  await withPassword(world.target, member);
  const { seconds } = await world.database.row<{ seconds: number }>(
    `select extract(epoch from ends_at - created_at)::int as seconds from sessions where member_id = $1`,
    [member.id],
  );
  return seconds > 10 * MINUTE ? [`a session before its code lives ${seconds} s`] : [];
}

export const s25: Row = {
  id: 'S25',
  requires: 'sessions end after 30 min idle, 12 h at most, 10 min before the code',
  asked: 'time travel: pass',
  attack: async (world) => {
    const found = [
      ...(await idle(world)),
      ...(await refreshing(world)),
      ...(await absolute(world)),
      ...(await beforeCode(world)),
    ];
    return {
      found,
      said: 'alive at 29:55, ended at 30:05; in use: alive at 11:59 h, ended after 12 h; 10 min before the code',
    };
  },
  plants: [
    {
      what: 'the idle end is not looked at',
      process: 'sessions',
      mutations: [{ file: 'server/index.js', find: /and session\.idle_ends_at > now\(\)/, replace: '' }],
      shows: /idle for 30:05 lived on/,
    },
  ],
};
