/** S31: another site signs the visitor in as somebody else, or out. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buildMember, type BuiltMember } from '../../support/build.ts';
import type { Row, World } from '../attack.ts';
import { Browser } from '../tools/browser.ts';
import { keepCookies, withChromium } from '../tools/chromium.ts';
import { cookieName, doors, holding } from '../tools/sign-in.ts';

const CROSS_SITE = { Origin: 'https://evil.example', 'Sec-Fetch-Site': 'cross-site' };

const fieldsHtml = (fields: [string, string][]): string =>
  fields.map(([name, value]) => `<input name="${name}" value="${value}">`).join('');

/** The attacker's page: an image that signs out, and forms that send themselves into frames. */
function page(origin: string, fields: [string, string][]): string {
  const form = (action: string, given: [string, string][], frame: string) =>
    `<iframe name="${frame}"></iframe><form method="post" action="${origin}${action}" target="${frame}">${fieldsHtml(given)}</form>`;
  return `<!doctype html><img src="${origin}${doors.member.logout}"><link rel="prefetch" href="${origin}${doors.member.logout}">
    ${form(doors.member.login, fields, 'in')}${form(doors.member.logout, fields, 'out')}
    <script>for (const form of document.forms) form.submit();</script>`;
}

/** What an attacker sends who has signed in to know a token of their own. */
async function attackersFields(world: World, attacker: BuiltMember): Promise<[string, string][]> {
  const form = await new Browser(world.target).formWith(doors.member.login, 'password');
  const token = form.fields.find(([name]) => name === 'formToken')?.[1] ?? '';
  const { loginId, address, password } = attacker;
  return [['formToken', token], ...Object.entries({ loginId, address, password })];
}

/** A request as an old browser without SameSite would send it: with the victim's cookies. */
async function overHttp(world: World, victim: BuiltMember, attacker: BuiltMember): Promise<string[]> {
  const browser = await holding(world.target, victim);
  const before = browser.cookies.get(cookieName(world.target, 'member'));
  const found: string[] = [];
  const fields = await attackersFields(world, attacker);
  await browser.get(doors.member.logout, CROSS_SITE);
  await browser.request('HEAD', doors.member.logout, { headers: CROSS_SITE });
  if (!(await showsMember(browser, victim))) found.push('a look at the sign-out signed the victim out');
  for (const path of [doors.member.login, doors.member.logout]) {
    for (const way of [path, `${path}.data`, `${path}?_data=routes%2F${path.slice(1)}`]) {
      const { status } = await browser.post(way, fields, { headers: CROSS_SITE });
      if (status !== 403) found.push(`a foreign post to ${way} is answered ${status}`);
      // Without the headers that tell where it comes from, the token alone stands in the way.
      const asOurs = await browser.post(way, fields);
      if (path === doors.member.logout && asOurs.status !== 403)
        found.push(`a stranger's token at ${way} is answered ${asOurs.status}`);
    }
  }
  if (browser.cookies.get(cookieName(world.target, 'member')) !== before) found.push("the victim's cookie was changed");
  if (!(await showsMember(browser, victim))) found.push("the victim's session was changed");
  return found;
}

const showsMember = async (browser: Browser, { name }: BuiltMember): Promise<boolean> =>
  (await browser.get('/account')).body.includes(name);

/** The same in a real browser that visits the attacker's page on another site. */
async function inChromium(world: World, victim: BuiltMember, attacker: BuiltMember): Promise<string[]> {
  const { target } = world;
  const browser = await holding(target, victim);
  const html = page(target.origin, await attackersFields(world, attacker));
  const evil = createServer((_, response) => response.setHeader('content-type', 'text/html').end(html));
  await new Promise<void>((resolve) => evil.listen(0, '127.0.0.1', resolve));
  try {
    return await withChromium(world.chromiumPath, async (context) => {
      await keepCookies(context, browser);
      const tab = await context.newPage();
      await tab.goto(`http://127.0.0.1:${(evil.address() as AddressInfo).port}/`, { waitUntil: 'networkidle' });
      await tab.goto(`${target.origin}/account`);
      const shown = await tab.content();
      if (shown.includes(attacker.name)) return ['Chromium: the victim is signed in as the attacker'];
      return shown.includes(victim.name) ? [] : ['Chromium: the victim is signed out'];
    });
  } finally {
    evil.close();
  }
}

export const s31: Row = {
  id: 'S31',
  requires: 'another site can neither sign a visitor in as somebody else nor out',
  asked: 'cross-site sign-in form, <img src=/logout>: session unchanged',
  attack: async (world, scale) => {
    const victim = await buildMember({ userName: 'テスト担当者5' });
    const attacker = await buildMember({ userName: 'テスト担当者8' });
    const found = await overHttp(world, victim, attacker);
    if (scale !== 'planted') found.push(...(await inChromium(world, victim, attacker)));
    return { found, said: '12 foreign posts refused, looks at /logout change nothing; Chromium: session unchanged' };
  },
  plants: [
    {
      what: 'another site may post, and every form token is right',
      process: 'foreign-forms',
      mutations: [
        { file: 'server/index.js', find: /app\.use\(originGate\(site\.publicOrigin\)\);/, replace: '' },
        {
          file: 'server/index.js',
          find: /if \(subject === (?:void 0|undefined)\) throw new Refusal\(403\);\s+if \(subject === browser\.subject\) return;/,
          replace: 'return;',
        },
      ],
      shows: /the victim's session was changed/,
    },
    {
      what: 'looking at the sign-out signs out',
      process: 'gates',
      mutations: [
        {
          file: 'server/index.js',
          find: /const (loader\$\w+|loader) = \(\) => redirect\("\/"\);\s+const (action\$\w+|action) = \(asked\) => signOut\(asked, "member"\);/,
          replace: 'const $1 = (asked) => signOut(asked, "member"); const $2 = (asked) => signOut(asked, "member");',
        },
      ],
      shows: /a look at the sign-out signed the victim out/,
    },
  ],
};
