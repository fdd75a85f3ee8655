/** S26: the attributes of every cookie that the site sets. */
import { buildMember, buildStaff } from '../../support/build.ts';
import type { Row, World } from '../attack.ts';
import { Browser } from '../tools/browser.ts';
import { idsOf } from '../tools/ids.ts';
import { follow, freshLink, pressOn } from '../tools/mailed-links.ts';
import { linkPurposes } from '../../../domain/procedures.ts';
import { pathOf } from '../tools/routes.ts';
import { changePassword, doors, signedIn } from '../tools/sign-in.ts';

/** Everything that the site has a browser remember, on the way through sign-in, password change, sign-out and mailed links. */
async function cookieLines(world: World): Promise<string[]> {
  const browsers: Browser[] = [];
  for (const route of world.routes) {
    const stranger = new Browser(world.target);
    await stranger.get(pathOf(route, idsOf(world.fixture.ours)));
    browsers.push(stranger);
  }
  for (const person of [await buildMember(), await buildMember({ mfa: true }), await buildStaff()]) {
    const browser = await signedIn(world, person);
    browsers.push(browser);
    const door = doors[person.kind];
    if (person.kind === 'member') await changePassword(browser, person.password, 'Betsu-2027');
    const out = (await browser.forms(door.home)).find(({ action }) => action === door.logout);
    if (out !== undefined) await browser.submit(out);
  }
  for (const purpose of linkPurposes) {
    const browser = await follow(world.target, await freshLink(purpose));
    await pressOn(browser, purpose);
    browsers.push(browser);
  }
  return browsers.flatMap(({ setCookies }) => setCookies);
}

function faultsOf(line: string, secure: boolean): string[] {
  const [pair = '', ...rest] = line.split(';').map((part) => part.trim());
  const attributes = rest.map((part) => part.toLowerCase());
  const [name = ''] = pair.split('=');
  const isDevice = name.endsWith('device');
  const isRemoval = attributes.some((part) => part === 'max-age=0' || part.startsWith('expires=thu, 01 jan 1970'));
  const wrong = (condition: boolean, what: string) => (condition ? [`${name}: ${what}`] : []);
  return [
    ...wrong(!attributes.includes('httponly'), 'can be read by scripts'),
    ...wrong(!attributes.includes('samesite=lax'), 'is not SameSite=Lax'),
    ...wrong(!attributes.includes('path=/'), 'is not for the whole site'),
    ...wrong(
      attributes.some((part) => part.startsWith('domain=')),
      'names a domain',
    ),
    ...wrong(
      !isRemoval && !isDevice && attributes.some((part) => /^(max-age|expires)=/.test(part)),
      'outlives the browser',
    ),
    ...wrong(isDevice && !attributes.includes(`max-age=${180 * 24 * 60 * 60}`), 'does not last 180 days'),
    // Signed, and a random id of 256 bits as JSON in base64: no word of whose it is.
    ...wrong(
      isDevice && !/^device=[\w%]{60,70}\.[\w%]{40,70}$/.test(pair.replace('__Host-', '')),
      'is more than a signed random id',
    ),
    ...wrong(line.length > 4096, 'is larger than 4 KB'),
    ...wrong(attributes.includes('secure') !== secure, secure ? 'is not Secure' : 'is Secure on plain http'),
    ...wrong(name.startsWith('__Host-') !== secure, secure ? 'has no __Host-' : 'has __Host- on plain http'),
  ];
}

export const s26: Row = {
  id: 'S26',
  requires:
    '__Host-, Secure, HttpOnly, SameSite=Lax, Path=/, no Domain, not persistent but for the device (180 days, a signed random id); on plain http without prefix and Secure',
  asked: 'all Set-Cookie, 100 %',
  attack: async (world, scale) => {
    const plain = await cookieLines(world);
    const found = plain.flatMap((line) => faultsOf(line, false));
    let secure: string[] = [];
    if (scale !== 'planted') {
      const target = await world.startWeb({ publicOrigin: 'https://member.example' });
      secure = await cookieLines({ ...world, target });
      found.push(...secure.flatMap((line) => faultsOf(line, true)).map((fault) => `https: ${fault}`));
    }
    const names = new Set([...plain, ...secure].map((line) => line.split('=')[0]));
    return {
      found: [...new Set(found)],
      said: `${plain.length} Set-Cookie on http, ${secure.length} on https: ${[...names].join(', ')}`,
    };
  },
  plants: [
    {
      what: 'scripts may read the cookies',
      process: 'first',
      mutations: [{ file: 'server/index.js', find: /httpOnly: true/, replace: 'httpOnly: false' }],
      shows: /can be read by scripts/,
    },
  ],
};
