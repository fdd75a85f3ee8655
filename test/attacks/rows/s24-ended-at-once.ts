/** S24: using a stolen cookie after its session was ended. */
import { buildMember, buildStaff, type BuiltMember, type BuiltStaff } from '../../support/build.ts';
import type { Row, World } from '../attack.ts';
import type { Browser } from '../tools/browser.ts';
import { changePassword, doors, holding, opensHome } from '../tools/sign-in.ts';

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
    what: 'deletion',
    person: () => buildMember(),
    act: async ({ database }, _browser, { id }) => {
      await database.rows('update members set deleted_at = now() where id = $1', [id]);
    },
    endsOthers: true,
  },
];

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
  requires: 'sign-out, password change and deletion end sessions on the server at once',
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
      what: 'a sign-out only takes the cookie away',
      process: 'first',
      mutations: [
        { file: 'server/index.js', find: /await end\(tx, "id = \$2", \[session\.id\], "signed-out"\);/, replace: '' },
      ],
      shows: /sign-out: the old cookie still opens pages/,
    },
  ],
  notCovered: 'reset, mail change, MFA change, deletion by the page (deletion is by its row)',
};
