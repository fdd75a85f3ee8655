/** S05: reaching the page of the one-time code without the password, and reading the address on it. */
import { buildMember, buildStaff, type BuiltMember, type BuiltStaff } from '../../support/build.ts';
import { askToTurnMfaOn } from '../../support/mfa.ts';
import type { Row, World } from '../attack.ts';
import { Browser } from '../tools/browser.ts';
import { cookieFor, cookieName, doors, typePassword, withPassword } from '../tools/sign-in.ts';
import { dataPathFor } from '../tools/single-fetch.ts';

/** `t***@web.com`. */
const maskOf = (address: string): string => address.replace(/^(.).*@/, '$1***@');

/** The pages of a code, of who never typed the right password. */
async function withoutPassword({ target }: World, person: BuiltMember | BuiltStaff): Promise<string[]> {
  const { code, login } = doors[person.kind];
  const found: string[] = [];
  const wrong = new Browser(target);
  await typePassword(wrong, { ...credentialsOf(person), password: 'Chigau-2026' });
  for (const [who, browser] of Object.entries({ nobody: new Browser(target), 'a wrong password': wrong })) {
    for (const path of [code, dataPathFor(code)]) {
      const { body, headers } = await browser.get(path);
      if (body.includes('name="code"') || /maskedAddress/.test(body)) found.push(`${who} reaches ${path}`);
      if (path === code && !(headers.location ?? '').startsWith(login))
        found.push(`${who} is led from ${path} to ${headers.location ?? 'nowhere'}`);
    }
    const form = await browser.formWith(login, 'password');
    const answer = await browser.post(code, [...form.fields, ['code', '123456']]);
    if (!(answer.headers.location ?? '').startsWith(login))
      found.push(`${who}: a typed code is answered ${answer.status}`);
  }
  return found;
}

const credentialsOf = (person: BuiltMember | BuiltStaff) =>
  person.kind === 'member' ? { loginId: person.loginId, address: person.address } : { address: person.address };

/** What a page of a code says of the address, as page and as data. */
async function addressOn(browser: Browser, path: string, address: string): Promise<string[]> {
  const found: string[] = [];
  for (const way of [path, dataPathFor(path)]) {
    const { status, body } = await browser.get(way);
    if (status !== 200) found.push(`${way} answers ${status}`);
    if (!body.includes(maskOf(address))) found.push(`${way} doesn't show the masked address`);
    if (body.includes(address)) found.push(`${way} shows the whole address`);
  }
  return found;
}

export const s05: Row = {
  id: 'S05',
  requires: 'the page of the code is reached only with the right password, and shows the address masked',
  asked: 'compare pages: masked 100 %',
  attack: async (world) => {
    const [member, staff, turningOn] = [await buildMember({ mfa: true }), await buildStaff(), await buildMember()];
    const found = [...(await withoutPassword(world, member)), ...(await withoutPassword(world, staff))];
    for (const person of [member, staff]) {
      const browser = await withPassword(world.target, person);
      found.push(...(await addressOn(browser, doors[person.kind].code, person.address)));
    }
    const { secret } = await askToTurnMfaOn(turningOn);
    const browser = new Browser(world.target);
    browser.cookies.set(cookieName(world.target, 'member'), await cookieFor(secret, 'member'));
    found.push(...(await addressOn(browser, '/account/mfa', turningOn.address)));
    return { found, said: '3 pages of codes reached only as they should, masked 6 of 6 as page and as data' };
  },
  plants: [
    {
      what: 'the page of the code shows the whole address',
      process: 'first',
      mutations: [
        {
          file: 'server/index.js',
          find: /maskedAddress: address === (?:void 0|undefined) \? "" : maskMailAddress\(address\)/,
          replace: 'maskedAddress: address === undefined ? "" : address',
        },
      ],
      shows: /\/login\/otp shows the whole address/,
    },
  ],
};
