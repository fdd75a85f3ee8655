/** S37: 40 ways to write another site into the address that one is led back to. */
import { buildMember } from '../../support/build.ts';
import { times, type Row, type Scale, type World } from '../attack.ts';
import { Browser, type Answer } from '../tools/browser.ts';
import { doors, holding, newestCode, typePassword } from '../tools/sign-in.ts';

/** Each would lead off the site, or run something, if it were followed as it stands. */
const PAYLOADS: readonly string[] = [
  ...['https://evil.example', 'http://evil.example/account', 'HTTPS://EVIL.EXAMPLE', 'https:evil.example'],
  ...['https:/evil.example', 'https:///evil.example', 'http:\\\\evil.example', ' https://evil.example'],
  ...['//evil.example', '///evil.example', '////evil.example', '//evil.example/account', '//evil.example:443/account'],
  ...['/\\evil.example', '/\\/evil.example', '\\\\evil.example', '\\/evil.example', '/\\\\evil.example/account'],
  ...['/\t/evil.example', '/\n/evil.example', '/\r/evil.example', '\t//evil.example', '/\v/evil.example'],
  ...['/.//evil.example', '/..//evil.example', '/account/..//evil.example', '/./\\evil.example', '/%2e//evil.example'],
  ...['javascript:alert(1)', 'JavaScript:alert(1)', 'java\tscript:alert(1)', ' javascript:alert(1)//account'],
  ...[
    'data:text/html,<script>alert(1)</script>',
    'vbscript:msgbox(1)',
    'blob:https://evil.example/1',
    'file:///etc/passwd',
  ],
  ...[
    '@evil.example',
    '/@evil.example/..//',
    '.evil.example',
    '/account\r\nSet-Cookie: a=b',
    '/no-such-page',
    '/staff/..//x',
  ],
];

/** No text at all (S42): who reads it refuses it, who doesn't shows what it always shows. */
const NO_TEXT = '/\0/evil.example';

/** A place that leads back, and how it is asked. */
interface Way {
  what: string;
  area: 'member' | 'staff';
  ask: (payload: string) => Promise<Answer>;
  /** How often: what costs a password is tried with fewer. */
  most: number;
}

const withReturnTo = (path: string, payload: string): string =>
  `${path}?${new URLSearchParams({ returnTo: payload }).toString()}`;

async function ways(world: World, scale: Scale): Promise<Way[]> {
  const { target, fixture } = world;
  const member = await holding(target, await buildMember());
  const staff = await holding(target, fixture.staff);
  const slow = times(scale, { planted: 1, ci: 4, full: PAYLOADS.length });
  return [
    ...(['member', 'staff'] as const).flatMap((area): Way[] =>
      [doors[area].login, doors[area].code].map((path) => ({
        what: `GET ${path} of who is signed in`,
        area,
        ask: (payload) => (area === 'member' ? member : staff).get(withReturnTo(path, payload)),
        most: PAYLOADS.length,
      })),
    ),
    { what: 'the sign-in', area: 'member', ask: (payload) => signIn(world, payload), most: slow },
    { what: 'the sign-in with a code', area: 'member', ask: (payload) => signInWithCode(world, payload), most: slow },
    { what: 'the changed password', area: 'member', ask: (payload) => change(world, payload), most: slow },
  ];
}

async function signIn({ target }: World, payload: string): Promise<Answer> {
  const { loginId, address, password } = await buildMember();
  const browser = new Browser(target);
  const form = await browser.formWith(withReturnTo(doors.member.login, payload), 'password');
  return browser.submit(form, { loginId, address, password });
}

async function signInWithCode(world: World, payload: string): Promise<Answer> {
  const member = await buildMember({ mfa: true });
  const browser = new Browser(world.target);
  await typePassword(browser, member);
  const form = await browser.formWith(withReturnTo(doors.member.code, payload), 'code');
  return browser.submit(form, { code: (await newestCode(world, member)).code });
}

/** パスワード変更 leads to a page whose link goes on: that link counts. */
async function change({ target }: World, payload: string): Promise<Answer> {
  const member = await buildMember();
  const browser = await holding(target, member);
  const form = await browser.formWith(withReturnTo('/password/change', payload), 'newPassword');
  const passwords = {
    currentPassword: member.password,
    newPassword: 'Betsu-2027',
    newPasswordConfirmation: 'Betsu-2027',
  };
  const changed = await browser.submit(form, passwords);
  const { searchParams } = new URL(changed.headers.location ?? '', target.origin);
  // What the page after it would be asked for by an attacker's own link.
  await browser.get(withReturnTo('/password/changed', payload));
  return { ...changed, headers: { ...changed.headers, location: searchParams.get('returnTo') ?? '' } };
}

function judge(origin: string, { what, area }: Way, payload: string, answer: Answer): string[] {
  const where = `${what}, ${JSON.stringify(payload)}`;
  const to = answer.headers.location;
  if (answer.status >= 400 || to === undefined) return [`${where}: answered ${answer.status} without a way on`];
  const home = area === 'member' ? ['/', '/account'] : ['/staff'];
  const found: string[] = [];
  const isOurs = URL.canParse(to, origin) && new URL(to, origin).origin === origin && /^\/(?![/\\])/.test(to);
  if (!isOurs) found.push(`${where}: leads off the site, to ${JSON.stringify(to)}`);
  else if (!home.includes(to.split('?')[0] ?? '')) found.push(`${where}: leads to ${to}, which is no page of its area`);
  if (answer.setCookies.some((cookie) => /^a=b/.test(cookie))) found.push(`${where}: sets a cookie of the attacker`);
  return found;
}

export const s37: Row = {
  id: 'S37',
  requires: 'one is led back to pages of this site only',
  asked: '40 payloads: 0 off-site, 0 javascript:',
  attack: async (world, scale) => {
    const found: string[] = [];
    let tried = 0;
    for (const way of await ways(world, scale)) {
      for (const payload of PAYLOADS.slice(0, way.most)) {
        found.push(...judge(world.target.origin, way, payload, await way.ask(payload)));
        tried += 1;
      }
    }
    for (const path of [doors.member.login, doors.member.code, '/password/change', doors.staff.login]) {
      const { status, headers } = await new Browser(world.target).get(withReturnTo(path, NO_TEXT));
      const to = new URL(headers.location ?? path, world.target.origin);
      if (status >= 500 || to.origin !== world.target.origin)
        found.push(`${path} with a NUL byte: ${status}, to ${to.href}`);
      tried += 1;
    }
    return { found, said: `${PAYLOADS.length} payloads, ${tried} requests: 0 off-site, 0 javascript:` };
  },
  plants: [
    {
      what: 'one is led wherever the address says',
      process: 'return',
      mutations: [
        {
          file: 'server/index.js',
          find: /if \(wanted === null \|\| !PLAIN_PATH\.test\(wanted\)/,
          replace: 'if (wanted !== null) return wanted; if (wanted === null || !PLAIN_PATH.test(wanted)',
        },
      ],
      shows: /leads off the site, to "https:\/\/evil\.example/,
    },
  ],
};
