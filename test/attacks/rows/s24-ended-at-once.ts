/** S24: using a stolen cookie after its session was ended. */
import { buildMember, buildStaff, type BuiltMember, type BuiltStaff } from '../../support/build.ts';
import type { Row, World } from '../attack.ts';
import { leadsOn, type Answer, type Browser } from '../tools/browser.ts';
import { linkFor, tryLink, type HeldLink } from '../tools/mailed-links.ts';
import { deleteByPage } from '../tools/members.ts';
import { actOnMembers, actOnMfa, administrator } from '../tools/staff-acts.ts';
import { changeMfa, changePassword, doors, holding, opensHome, turnMfaOn } from '../tools/sign-in.ts';

interface Ending {
  what: string;
  person: () => Promise<BuiltMember | BuiltStaff>;
  /** @param browser the one that acts; its cookie and those of the `others` are tried afterwards */
  act: (world: World, browser: Browser, person: BuiltMember | BuiltStaff) => Promise<void>;
  /** Whether sessions in other browsers end too. */
  endsOthers: boolean;
}

const signOut: Ending['act'] = async (_world, browser, { kind }) => {
  const forms = await browser.forms(doors[kind].home);
  const form = forms.find(({ action }) => action === doors[kind].logout);
  if (form === undefined) throw new Error(`${doors[kind].home} has no way to sign out`);
  await browser.submit(form);
};

const changeOwnPassword: Ending['act'] = async (_world, browser, { password }) => {
  await changePassword(browser, password, 'Betsu-2027');
};

const endings: Ending[] = [
  { what: 'sign-out', person: () => buildMember(), act: signOut, endsOthers: false },
  { what: 'sign-out of staff', person: () => buildStaff(), act: signOut, endsOthers: false },
  { what: 'password change', person: () => buildMember(), act: changeOwnPassword, endsOthers: true },
  {
    what: 'password reset',
    person: () => buildMember(),
    act: async ({ target }, _browser, person) => byLink(target, await linkFor(memberOf(person), 'password-reset')),
    endsOthers: true,
  },
  {
    what: 'mail change',
    person: () => buildMember(),
    act: async ({ target }, _browser, person) =>
      byLink(target, await linkFor(memberOf(person), 'email-change-confirmation')),
    endsOthers: true,
  },
  {
    what: 'turning 多要素認証 on',
    person: () => buildMember(),
    act: async (world, browser, person) => {
      await turnMfaOn(world, browser, memberOf(person));
    },
    endsOthers: true,
  },
  {
    what: 'turning 多要素認証 off',
    person: () => buildMember({ mfa: true }),
    act: async (_world, browser, { password }) => {
      await changeMfa(browser, 'off', password);
    },
    endsOthers: true,
  },
  {
    what: 'deletion by another member',
    person: () => buildMember(),
    act: async ({ target }, _browser, person) => {
      const colleague = await colleagueOf(memberOf(person));
      await remove(await holding(target, colleague), colleague, person.id);
    },
    endsOthers: true,
  },
  {
    what: 'deletion of oneself',
    person: () => buildMember(),
    act: async (_world, browser, person) => {
      // The last 利用中 member can't go.
      await colleagueOf(memberOf(person));
      await remove(browser, person, person.id);
    },
    endsOthers: true,
  },
  {
    what: 'a sign-in reported as somebody else’s',
    person: () => buildMember(),
    act: async ({ target }, _browser, person) => byLink(target, await linkFor(memberOf(person), 'sign-in-notice')),
    endsOthers: true,
  },
  {
    what: 'sessions ended by staff',
    person: () => buildMember(),
    act: async (world, _browser, person) =>
      taken(await actOnMembers(world, await administrator(world), [memberOf(person)], 'end-sessions')),
    endsOthers: true,
  },
  {
    what: '多要素認証 turned off by staff',
    person: () => buildMember({ mfa: true }),
    act: async (world, _browser, person) =>
      taken(await actOnMembers(world, await administrator(world), [memberOf(person)], 'turn-mfa-off')),
    endsOthers: true,
  },
  {
    what: '多要素認証 asked of a whole customer',
    person: () => buildMember(),
    act: async (world, _browser, person) =>
      taken(await actOnMfa(world, await administrator(world), memberOf(person), 'require-mfa')),
    endsOthers: true,
  },
];

function taken(answer: Answer): void {
  if (!leadsOn(answer)) throw new Error(`staff are answered ${answer.status} instead of going on`);
}

/** Another 利用中 member of the same account. */
const colleagueOf = ({ accountId: id, loginId, company }: BuiltMember): Promise<BuiltMember> =>
  buildMember({ account: { id, loginId, company, customerNumber: '' } });

async function remove(browser: Browser, member: { password: string }, memberId: string): Promise<void> {
  if (!leadsOn(await deleteByPage({ browser, member }, memberId))) throw new Error('the deletion was refused');
}

/** @throws Error for staff, who have none of these */
function memberOf(person: BuiltMember | BuiltStaff): BuiltMember {
  if (person.kind !== 'member') throw new Error('members only');
  return person;
}

async function byLink(target: World['target'], link: HeldLink): Promise<void> {
  if (!(await tryLink(target, link)).taken) throw new Error(`the ${link.purpose} link was not taken`);
}

async function attackOne(world: World, { what, person, act, endsOthers }: Ending): Promise<string[]> {
  const someone = await person();
  const browsers = await Promise.all([1, 2, 3].map(() => holding(world.target, someone)));
  const [acting, ...others] = browsers;
  if (acting === undefined) return [];
  const thief = acting.stolen();
  const found: string[] = [];
  for (const browser of browsers) {
    if (!(await opensHome(browser, someone.kind))) found.push(`${what}: a session did not live before`);
  }
  await act(world, acting, someone);
  const ended = performance.now();
  if (await opensHome(thief, someone.kind)) found.push(`${what}: the old cookie still opens pages`);
  for (const other of others) {
    const opens = await opensHome(other, someone.kind);
    if (opens && endsOthers) found.push(`${what}: a session of another browser lives on`);
    if (!opens && !endsOthers) found.push(`${what}: ended the session of another browser`);
  }
  if (performance.now() - ended > 1000) found.push(`${what}: it took longer than a second to see`);
  return found;
}

export const s24: Row = {
  id: 'S24',
  requires:
    'sign-out, a change or reset of the password, of the address, of 多要素認証, deletion, a reported sign-in and staff end sessions at once',
  asked: '3 cookies an event: refused within 1 s, 100 %',
  attack: async (world) => {
    const found: string[] = [];
    for (const ending of endings) found.push(...(await attackOne(world, ending)));
    return { found, said: `${endings.length} events, 3 cookies each, refused at the next request` };
  },
  plants: [
    {
      what: 'a password change ends no other session',
      process: 'sessions',
      mutations: [
        {
          file: 'server/index.js',
          find: /await endSessionsOf\(tx, session\.memberId, "password-changed"\);/,
          replace: '',
        },
      ],
      shows: /password change: a session of another browser lives on/,
    },
    {
      what: 'a change of 多要素認証 ends no session',
      process: 'sessions',
      mutations: [
        { file: 'server/index.js', find: /await endSessionsOf\(tx, memberId, "mfa-changed"\);/, replace: '' },
      ],
      shows: /turning 多要素認証 on: a session of another browser lives on/,
    },
    {
      what: 'a sign-out only takes the cookie away',
      process: 'first',
      mutations: [
        { file: 'server/index.js', find: /await end\(tx, "id = \$2", \[session\.id\], "signed-out"\);/, replace: '' },
      ],
      shows: /sign-out: the old cookie still opens pages/,
    },
  ],
};
