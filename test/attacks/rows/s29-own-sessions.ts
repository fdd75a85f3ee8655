/** S29: the list of one's own sessions, and ending those of others by their ids. */
import { buildMember, type BuiltMember } from '../../support/build.ts';
import type { Row, World } from '../attack.ts';
import type { Answer, Browser } from '../tools/browser.ts';
import { holding, opensHome } from '../tools/sign-in.ts';

const ACCOUNT = '/account';

/** The ids that the page offers to end. */
async function listed(browser: Browser): Promise<string[]> {
  const { body } = await browser.get(ACCOUNT);
  return [...body.matchAll(/name="which"[^>]*value="([\da-f-]{36})"/g)].map(([, id = '']) => id);
}

/** Presses 「ログアウトさせる」. */
async function end(browser: Browser, which: string, currentPassword: string): Promise<Answer> {
  const form = await browser.formWith(ACCOUNT, 'userName');
  const [, token = ''] = form.fields.find(([name]) => name === 'formToken') ?? [];
  return browser.post(form.action, [
    ['formToken', token],
    ['intent', 'end-sessions'],
    ['which', which],
    ['currentPassword', currentPassword],
  ]);
}

async function sessionIdsOf({ database }: World, { id }: BuiltMember): Promise<string[]> {
  const open = await database.rows<{ id: string }>(
    `select id from sessions where member_id = $1 and ended_at is null order by created_at`,
    [id],
  );
  return open.map((row) => row.id);
}

/** Three browsers of one member. */
async function three(
  world: World,
): Promise<{ member: BuiltMember; browsers: [Browser, Browser, Browser]; ids: string[] }> {
  const member = await buildMember();
  const hold = () => holding(world.target, member);
  const browsers: [Browser, Browser, Browser] = [await hold(), await hold(), await hold()];
  return { member, browsers, ids: await sessionIdsOf(world, member) };
}

const lives = (browser: Browser): Promise<boolean> => opensHome(browser, 'member');

async function endsOwn(world: World): Promise<string[]> {
  const { member, browsers, ids } = await three(world);
  const [acting, second, third] = browsers;
  const [own = '', named = '', left = ''] = ids;
  const found: string[] = [];
  const offered = await listed(acting);
  if (offered.toSorted().join() !== [named, left].toSorted().join())
    found.push(`the list offers ${offered.length} sessions, not the two other ones`);
  await end(acting, named, 'Chigau-2026');
  if (!(await lives(second))) found.push('a wrong password ended a session');
  await end(acting, own, member.password);
  if (!(await lives(acting))) found.push('the session that acts ended itself by its id');
  await end(acting, named, member.password);
  if (await lives(second)) found.push('the named session lives on');
  if (!(await lives(third))) found.push('a session that was not named ended');
  if ((await listed(acting)).includes(named)) found.push('an ended session is still listed');
  await end(acting, 'all', member.password);
  if (await lives(third)) found.push('of all others one lives on');
  if (!(await lives(acting))) found.push('ending all others ended the one that acts');
  return found;
}

async function endsOthers(world: World): Promise<string[]> {
  const victim = await three(world);
  const attacker = await buildMember();
  const browser = await holding(world.target, attacker);
  const found: string[] = [];
  for (const id of victim.ids) await end(browser, id, attacker.password);
  const dead = await Promise.all(victim.browsers.map(async (each) => !(await lives(each))));
  if (dead.some(Boolean)) found.push("another member's session was ended by its id");
  const { body } = await browser.get(ACCOUNT);
  if (victim.ids.some((id) => body.includes(id))) found.push("another member's session is listed");
  return found;
}

export const s29: Row = {
  id: 'S29',
  requires: 'members see and end their own sessions, with the current password, and nobody else’s',
  asked: 'e2e: pass',
  attack: async (world) => ({
    found: [...(await endsOwn(world)), ...(await endsOthers(world))],
    said: 'listed 2 of 2, ended by id and all at once; 0 of 3 of another member, none by a wrong password',
  }),
  plants: [
    {
      what: 'a session is ended for whoever knows its id',
      process: 'sessions',
      mutations: [
        {
          file: 'server/index.js',
          find: /"member_id = \$2 and id <> \$3 and id = \$4"/,
          replace: '"$2::uuid is not null and id <> $3 and id = $4"',
        },
      ],
      shows: /another member's session was ended/,
    },
    {
      what: 'the list knows all members’ sessions',
      process: 'access',
      mutations: [
        {
          file: 'server/index.js',
          find: /from sessions where member_id = \$1 and stage = 'full'/,
          replace: "from sessions where $1::uuid is not null and stage = 'full'",
        },
      ],
      shows: /another member's session is listed/,
    },
  ],
  notCovered: 'staff who end the sessions of one or all members: on the database (test/db/customer-acts.test.ts)',
};
