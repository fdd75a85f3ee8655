/** S23: planting a cookie in the victim's browser before the sign-in. */
import { buildMember } from '../../support/build.ts';
import { times, type Row, type World } from '../attack.ts';
import { Browser } from '../tools/browser.ts';
import {
  cookieName,
  changePassword,
  cookieFor,
  holding,
  newestCode,
  opensHome,
  typeCode,
  typePassword,
  withPassword,
} from '../tools/sign-in.ts';

/** Cookies that an attacker holds before planting them in the victim's browser. */
async function plantable({ target }: World): Promise<Record<string, Browser>> {
  const invented = new Browser(target);
  invented.cookies.set(cookieName(target, 'member'), await cookieFor('A'.repeat(43), 'member'));
  const visitor = new Browser(target);
  await visitor.get('/login');
  return {
    'an invented id': invented,
    "a visitor's cookie": visitor,
    'a session before its code': await withPassword(target, await buildMember({ mfa: true })),
    "the attacker's own session": await holding(target, await buildMember()),
  };
}

/** Whether a browser is signed in as this very person. */
async function isSignedInAs(browser: Browser, userName: string): Promise<boolean> {
  return (await browser.get('/')).body.includes(userName);
}

async function signInWith(world: World, planted: Browser, withCode: boolean): Promise<string[]> {
  const name = cookieName(world.target, 'member');
  const userName = `被害者${Math.random().toString(36).slice(2, 10)}`;
  const victim = await buildMember({ mfa: withCode, userName });
  const browser = planted.stolen();
  const ids = [browser.cookies.get(name)];
  // A browser that is signed in already is shown no sign-in page: the form of another one is typed into.
  const form = await new Browser(world.target).formWith('/login', 'password');
  const page = await browser.get('/login');
  if (page.status === 200) await typePassword(browser, victim);
  else await browser.submit(form, { loginId: victim.loginId, address: victim.address, password: victim.password });
  ids.push(browser.cookies.get(name));
  if (withCode && ids[1] !== ids[0]) {
    const { code } = await newestCode(world, victim);
    await typeCode(browser, 'member', code);
    ids.push(browser.cookies.get(name));
  }
  const found: string[] = [];
  if (await isSignedInAs(planted, userName)) found.push('became the session of the victim');
  const known = ids.filter((id) => id !== undefined);
  if (page.status === 200 && new Set(known).size !== known.length) found.push('the id stayed at a step of the sign-in');
  return found;
}

async function passwordChange(world: World): Promise<string[]> {
  const member = await buildMember();
  const browser = await holding(world.target, member);
  const before = browser.stolen();
  await changePassword(browser, member.password, 'Betsu-2027');
  const found: string[] = [];
  if (!(await opensHome(browser, 'member'))) found.push('the browser that changed the password lost its session');
  if (await opensHome(before, 'member')) found.push('the id from before a password change still opens pages');
  return found;
}

export const s23: Row = {
  id: 'S23',
  requires: 'a new session id at every step of a sign-in; a planted one never becomes signed in',
  asked: '3 kinds of cookie planted before the victim signs in: 0 usable',
  attack: async (world, scale) => {
    const rounds = times(scale, { planted: 1, ci: 1, full: 20 });
    const found: string[] = [];
    let planted = 0;
    for (let round = 0; round < rounds; round += 1) {
      for (const withCode of [false, true]) {
        for (const [what, cookies] of Object.entries(await plantable(world))) {
          found.push(...(await signInWith(world, cookies, withCode)).map((line) => `${what}: ${line}`));
          planted += 1;
        }
      }
      found.push(...(await passwordChange(world)));
    }
    return { found, said: `0 of ${planted} planted cookies usable; new ids at password, code and password change` };
  },
  plants: [
    {
      what: 'a completed sign-in goes on under the id that the browser brought',
      process: 'sessions',
      mutations: [
        {
          file: 'server/index.js',
          find: /(const session = await openSession\(tx, person, \{ stage: "full" \}, visit\);\s+)(await writeAudit\(\s*tx,\s*"sign-in-completed")/,
          replace: `$1if (browserSecret !== undefined) {
            await rows("update sessions set secret_digest = sha256(gen_random_uuid()::text::bytea) where secret_digest = $$1", [digestOf(browserSecret)], tx);
            await rows("update sessions set secret_digest = $$1 where id = $$2", [digestOf(browserSecret), session.id], tx);
            session.secret = browserSecret;
          }
          $2`,
        },
      ],
      shows: /became the session of the victim/,
    },
  ],
};
