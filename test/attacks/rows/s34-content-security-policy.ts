/** S34: the content security policy of every answer, and what a real browser says to it. */
import { times, type Row, type World } from '../attack.ts';
import { Browser } from '../tools/browser.ts';
import { keepCookies, withChromium } from '../tools/chromium.ts';
import { everyAnswer, type Heard } from '../tools/every-answer.ts';
import { idsOf } from '../tools/ids.ts';
import { pathOf } from '../tools/routes.ts';
import { holding } from '../tools/sign-in.ts';

/** As the table has it; the nonce is taken out. */
const POLICY = new Set([
  "default-src 'none'",
  "script-src 'strict-dynamic'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
  "object-src 'none'",
  'report-uri /csp-report',
]);

/** Bytes that never were a request get the strictest policy there is. */
const CLOSED = "default-src 'none'";

const NONCE = /'nonce-([^']+)' ?/;

function faultsOf({ what, headers, body }: Heard): string[] {
  const policy = headers['content-security-policy'] ?? '';
  if (policy === CLOSED && !body.includes('<')) return [];
  const nonce = NONCE.exec(policy)?.[1];
  const page = (headers['content-type'] ?? '').startsWith('text/html') ? body : '';
  const said = new Set(
    policy
      .replace(NONCE, '')
      .split(';')
      .map((directive) => directive.trim()),
  );
  const faults = [
    ...[...POLICY].filter((directive) => !said.has(directive)).map((directive) => `lacks ${directive}`),
    ...[...said].filter((directive) => !POLICY.has(directive)).map((directive) => `has ${directive}`),
    ...(nonce === undefined ? ['has no nonce'] : []),
    ...[...page.matchAll(/<script\b[^>]*>/g)]
      .filter(([tag]) => !tag.includes(`nonce="${nonce ?? ''}"`))
      .map(([tag]) => `${tag} has not the nonce of its page`),
    ...(/<[^>]+\son\w+=/.test(page) ? ['an attribute holds a script'] : []),
  ];
  return faults.map((fault) => `${what}: ${fault}`);
}

async function nonces({ target }: World, count: number): Promise<string[]> {
  const seen: string[] = [];
  while (seen.length < count) {
    const batch = await Promise.all(
      Array.from({ length: 50 }, () => new Browser(target).request('HEAD', '/no-such-page')),
    );
    for (const { headers } of batch) seen.push(NONCE.exec(String(headers['content-security-policy']))?.[1] ?? '');
  }
  return seen;
}

/** What a real browser refuses on our own pages. */
async function violations(world: World): Promise<string[]> {
  const { target, fixture, routes, chromiumPath } = world;
  const people = [await holding(target, fixture.ours.plain), await holding(target, fixture.staff), new Browser(target)];
  const found: string[] = [];
  for (const browser of people) {
    await withChromium(chromiumPath, async (context) => {
      await keepCookies(context, browser);
      const page = await context.newPage();
      page.on('console', (message) => {
        if (/content security policy/i.test(message.text())) found.push(`in Chromium: ${message.text()}`);
      });
      for (const route of routes) {
        if (!route.hasPage || route.parameters.includes('*')) continue;
        await page.goto(target.origin + pathOf(route, idsOf(fixture.ours)), { waitUntil: 'load' });
      }
    });
  }
  return found;
}

export const s34: Row = {
  id: 'S34',
  requires: 'content security policy with a fresh nonce on every answer',
  asked: 'all routes, errors, 404, files: 100 %; nonce unique over 10⁴; 0 violations in a browser',
  attack: async (world, scale) => {
    const heard = await everyAnswer(world, scale !== 'planted');
    const found = heard.flatMap(faultsOf);
    const seen = await nonces(world, times(scale, { planted: 50, ci: 500, full: 10_000 }));
    if (new Set(seen).size !== seen.length)
      found.push(`${seen.length - new Set(seen).size} nonces of ${seen.length} came twice`);
    if (scale !== 'planted') found.push(...(await violations(world)));
    return {
      found: [...new Set(found)],
      said: `${heard.length} answers, ${seen.length} nonces unique, 0 violations in Chromium`,
    };
  },
  plants: [
    {
      what: 'scripts in the page are allowed',
      process: 'first',
      mutations: [
        { file: 'server/index.js', find: `"'strict-dynamic'"`, replace: `"'strict-dynamic'", "'unsafe-inline'"` },
      ],
      shows: /has script-src .*unsafe-inline/,
    },
    {
      what: 'the nonce is always the same',
      process: 'first',
      mutations: [
        {
          file: 'server/index.js',
          find: /locals\.nonce = randomBytes\(16\)\.toString\("base64"\);/,
          replace: 'locals.nonce = "AAAA";',
        },
      ],
      shows: /came twice/,
    },
  ],
};
