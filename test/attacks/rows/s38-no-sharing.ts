/** S38: making somebody else's cache keep a member's page. */
import { buildMember, type BuiltMember } from '../../support/build.ts';
import type { Row, World } from '../attack.ts';
import { Browser, type Answer } from '../tools/browser.ts';
import { marksIn } from '../tools/fixture.ts';
import { idsOf } from '../tools/ids.ts';
import { pathOf, waysTo } from '../tools/routes.ts';
import { holding } from '../tools/sign-in.ts';

/** What a cache takes for a file, written behind the address of a page. */
const SUFFIXES: readonly string[] = [
  ...['/x.css', '/x.js', '/x.png', '/nonexistent.css', '.css', '.js', '.avif', ';x.css', '%3Bx.css', '%2Fx.css'],
  ...['%3Fx.css', '%23x.css', '%0Ax.css', '%00x.css', '%5Cx.css', '//x.css', '/..%2Fx.css', '/%2e%2e/x.css'],
];

/** As a cache decides by file name, and as one decides by the headers. */
function mayBeKept({ headers }: Answer): boolean {
  return !String(headers['cache-control']).includes('no-store');
}

/** Pages of a member: never to be kept, told apart by cookie. */
async function pagesAreNotKept(world: World, browser: Browser): Promise<string[]> {
  const found: string[] = [];
  for (const route of world.routes) {
    for (const way of waysTo(route, pathOf(route, idsOf(world.fixture.ours)))) {
      const answer = await browser.get(way);
      if (mayBeKept(answer)) found.push(`${way} may be kept`);
      if (answer.status === 200 && !/\bcookie\b/i.test(String(answer.headers.vary)))
        found.push(`${way} doesn't vary by cookie`);
    }
  }
  return found;
}

async function suffixesOpenNothing(world: World, browser: Browser): Promise<{ found: string[]; tried: number }> {
  const { ours } = world.fixture;
  const found: string[] = [];
  let tried = 0;
  const paths = world.routes
    .filter(({ hasPage, pattern }) => hasPage && !pattern.endsWith('*'))
    .map((route) => pathOf(route, idsOf(ours)));
  for (const path of new Set(paths)) {
    for (const suffix of SUFFIXES) {
      const answer = await browser.get(`${path === '/' ? '' : path}${suffix}`);
      tried += 1;
      const what = `${answer.path} is answered ${answer.status}`;
      if (answer.status < 400 && answer.headers.location === undefined) found.push(`${what}, a page`);
      if (answer.status >= 500) found.push(what);
      if (mayBeKept(answer)) found.push(`${what} and may be kept`);
      if (answer.status < 400 && marksIn(answer.body, ours.marks).length > 0) found.push(`${what} with data`);
    }
  }
  return { found, tried };
}

/** One after the other at the same address: each gets their own. */
async function neverAnothers({ target }: World, first: BuiltMember, second: BuiltMember): Promise<string[]> {
  const found: string[] = [];
  const browsers = [await holding(target, first), await holding(target, second), new Browser(target)];
  for (const path of ['/account', '/account.data', '/account/applications', '/apply', '/']) {
    const bodies = await Promise.all(browsers.map(async (browser) => (await browser.get(path)).body));
    const [own = '', theirs = '', nobodys = ''] = bodies;
    if (theirs.includes(first.name) || nobodys.includes(first.name)) found.push(`${path} shows another member's page`);
    if (!own.includes(first.name)) found.push(`${path} doesn't show who is signed in`);
  }
  return found;
}

export const s38: Row = {
  id: 'S38',
  requires: 'no cache keeps a page of a member: no-store, Vary, no page behind a file name',
  asked: 'cache-deception set: pass',
  attack: async (world) => {
    const browser = await holding(world.target, world.fixture.ours.plain);
    const suffixes = await suffixesOpenNothing(world, browser);
    const [first, second] = [await buildMember({ userName: 'テスト担当者5' }), await buildMember()];
    return {
      found: [
        ...(await pagesAreNotKept(world, browser)),
        ...suffixes.found,
        ...(await neverAnothers(world, first, second)),
      ],
      said: `no-store and Vary on ${world.routes.length} routes; ${suffixes.tried} addresses that look like files: 0 pages, 0 to be kept`,
    };
  },
  plants: [
    {
      what: 'what looks like a file may be kept',
      process: 'first',
      mutations: [
        {
          file: 'server/index.js',
          find: /if \(request\.path !== "\/__manifest"\) response\.setHeader\("Cache-Control", "no-store"\);/,
          replace:
            'if (request.path !== "/__manifest") response.setHeader("Cache-Control", request.path.endsWith(".css") ? "public, max-age=600" : "no-store");',
        },
      ],
      shows: /x\.css is answered 404 and may be kept/,
    },
  ],
};
