/** S29: the list of one's own sessions, ending those of others by their ids, and staff who end those of one or all members. */
import { buildAccount, buildMember, buildStaff, type BuiltMember } from '../../support/build.ts';
import type { Row, World } from '../attack.ts';
import { leadsOn, type Answer, type Browser } from '../tools/browser.ts';
import { doors, holding, opensHome } from '../tools/sign-in.ts';
import { actOnEveryone, actOnMembers, administrator, customerPage, CUSTOMERS } from '../tools/staff-acts.ts';

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

const anyLives = async (browsers: Browser[]): Promise<boolean> =>
  (await Promise.all(browsers.map(lives))).some(Boolean);
const allLive = async (browsers: Browser[]): Promise<boolean> =>
  (await Promise.all(browsers.map(lives))).every(Boolean);

/** What the buttons of a 管理者 post, by somebody else. @param home a page with a form token of theirs */
async function forge(world: World, browser: Browser, home: string, victim: BuiltMember): Promise<void> {
  const { fields } = await browser.formWith(home, 'formToken');
  const [, token = ''] = fields.find(([name]) => name === 'formToken') ?? [];
  const one = { intent: 'act-on-members', act: 'end-sessions', identified: 'on', [`member:${victim.id}`]: 'on' };
  const all = { intent: 'act-on-everyone', act: 'end-every-session', confirm: 'on' };
  await browser.post(await customerPage(world, victim), Object.entries({ formToken: token, ...one }));
  await browser.post(`${CUSTOMERS}?index`, Object.entries({ formToken: token, ...all }));
}

/** A 管理者 ends those of one member, then everybody's; a 担当者 or a member neither. */
async function endedByStaff(world: World): Promise<string[]> {
  const { target } = world;
  const account = await buildAccount();
  const [member, colleague, elsewhere] = [
    await buildMember({ account }),
    await buildMember({ account }),
    await buildMember(),
  ];
  const theirs = [await holding(target, member), await holding(target, member)];
  const others = [await holding(target, colleague), await holding(target, elsewhere)];
  const found: string[] = [];
  await forge(world, await holding(target, await buildStaff()), doors.staff.home, member);
  if (!(await allLive([...theirs, ...others]))) found.push('a 担当者 ended sessions of members');
  await forge(world, await holding(target, elsewhere), doors.staff.login, member);
  if (!(await allLive([...theirs, ...others]))) found.push('a member ended sessions by the pages of staff');
  const desk = await administrator(world);
  if (!leadsOn(await actOnMembers(world, desk, [member], 'end-sessions'))) found.push('a 管理者 was refused');
  if (await anyLives(theirs)) found.push('a session that staff have ended lives on');
  if (!(await allLive(others))) found.push("staff ended another member's session too");
  if (!leadsOn(await actOnEveryone(desk, 'end-every-session'))) found.push('a 管理者 was refused for everyone');
  if (await anyLives(others)) found.push('staff have ended all sessions, and one lives on');
  if (!(await opensHome(desk, 'staff'))) found.push("ending the members' sessions ended that of staff");
  return found;
}

export const s29: Row = {
  id: 'S29',
  requires:
    'members see and end their own sessions, with the current password, and nobody else’s; a 管理者 ends those of one or all members',
  asked: 'e2e: pass',
  attack: async (world) => ({
    found: [...(await endsOwn(world)), ...(await endsOthers(world)), ...(await endedByStaff(world))],
    said: 'listed 2 of 2, ended by id and all at once; 0 of 3 of another member, none by a wrong password; by a 管理者 those of one, then of all',
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
    {
      what: 'staff end no session of the member they have chosen',
      process: 'sessions',
      mutations: [
        {
          file: 'server/index.js',
          find: /await endSessionsOf\(tx, member\d*\.id, "ended-by-staff"\);/,
          replace: '',
        },
      ],
      shows: /a session that staff have ended lives on/,
    },
    {
      what: 'every スタッフ counts as a 管理者',
      process: 'access',
      mutations: [
        {
          file: 'server/index.js',
          find: /if \(staff\d*\.role !== "administrator"\) throw/,
          replace: 'if (false) throw',
        },
      ],
      shows: /a 担当者 ended sessions of members/,
    },
  ],
};
