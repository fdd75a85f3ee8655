/** S30: posting from other sites, with stolen, missing and made-up form tokens, and after the session ended. */
import type { OutgoingHttpHeaders } from 'node:http';
import { buildMember, buildStaff } from '../../support/build.ts';
import { type Row, type Target, type World } from '../attack.ts';
import { Browser, type Answer } from '../tools/browser.ts';
import { idsOf } from '../tools/ids.ts';
import { actionPathOf, pathOf, waysTo, type SiteRoute } from '../tools/routes.ts';
import { doors, holding, withPassword } from '../tools/sign-in.ts';

/** How another site's request looks; each must be refused although the form's token is right. */
function strangers({ origin }: Target): Record<string, OutgoingHttpHeaders> {
  const { host, protocol } = new URL(origin);
  return {
    foreign: { Origin: 'https://evil.example', 'Sec-Fetch-Site': 'cross-site' },
    'foreign in an old browser': { Origin: 'https://evil.example' },
    'sibling subdomain': { Origin: `${protocol}//sub.${host}`, 'Sec-Fetch-Site': 'same-site' },
    'sibling in an old browser': { Origin: `${protocol}//sub.${host}` },
    null: { Origin: 'null', 'Sec-Fetch-Site': 'cross-site' },
    absent: {},
    malformed: { Origin: 'http://' },
    'our origin with a tail': { Origin: `${origin}.evil.example` },
    'forged X-Forwarded-Host': { Origin: 'https://evil.example', 'X-Forwarded-Host': 'evil.example' },
    'our origin, but told cross-site': { Origin: origin, 'Sec-Fetch-Site': 'cross-site' },
    'typed into the address bar': { 'Sec-Fetch-Site': 'none' },
  };
}

interface Victim {
  browser: Browser;
  token: string;
}

async function tokenFrom(browser: Browser, page: string): Promise<string> {
  const [form] = await browser.forms(page);
  const token = form?.fields.find(([name]) => name === 'formToken')?.[1];
  if (token === undefined) throw new Error(`${page} has no form token`);
  return token;
}

/** Who may post to a route, with a token that would be right. */
async function victimOf(world: World, route: SiteRoute): Promise<Victim> {
  const { target } = world;
  const kind = route.pattern.startsWith('/staff') ? 'staff' : 'member';
  const door = doors[kind];
  if (route.pattern === door.login) {
    const browser = new Browser(target);
    return { browser, token: await tokenFrom(browser, door.login) };
  }
  const person =
    kind === 'staff'
      ? await buildStaff({ role: 'administrator' })
      : await buildMember({ mfa: route.pattern === door.code });
  const browser = route.pattern === door.code ? await withPassword(target, person) : await holding(target, person);
  return { browser, token: await tokenFrom(browser, route.pattern === door.code ? door.code : door.home) };
}

/** Fields that are right for nothing: a request that slips through is seen by its answer, not by what it does. */
const HARMLESS: [string, string][] = [['intent', 'resend']];

interface Slip {
  what: string;
  answer: Answer;
}

function judge({ what, answer }: Slip, found: string[]): void {
  const where = `${answer.method} ${answer.path}`;
  if (answer.status >= 500) found.push(`${what}: ${where} answers ${answer.status}`);
  else if (answer.status !== 403) found.push(`${what}: ${where} is not refused but answered ${answer.status}`);
  else if (!answer.body.includes('<html')) found.push(`${what}: ${where} is refused without a page`);
}

async function attackAction(world: World, route: SiteRoute): Promise<{ found: string[]; tried: number }> {
  const found: string[] = [];
  let tried = 0;
  const path = actionPathOf(route, pathOf(route, idsOf(world.fixture.ours)));
  const { browser, token } = await victimOf(world, route);
  const try_ = async (what: string, way: string, given: string | undefined, headers: OutgoingHttpHeaders) => {
    const fields: [string, string][] = [
      ...HARMLESS,
      ...(given === undefined ? [] : [['formToken', given] as [string, string]]),
    ];
    const answer = await browser.request('POST', way, {
      headers: { 'Content-Type': 'application/x-www-form-urlencoded', ...headers },
      body: new URLSearchParams(fields).toString(),
      forgetful: true,
    });
    tried += 1;
    judge({ what, answer }, found);
  };
  const other = await victimOf(world, route);
  const [mac = ''] = token.split('.').slice(-1);
  for (const way of waysTo(route, path)) {
    for (const [what, headers] of Object.entries(strangers(world.target)))
      await try_(`origin ${what}`, way, token, headers);
    const ours = browser.asOurPage();
    await try_('token missing', way, undefined, ours);
    await try_("token of another browser's session", way, other.token, ours);
    await try_('token made up', way, token.replace(mac, 'A'.repeat(mac.length)), ours);
    if (way.includes('_data=')) await try_('the old protocol', way, token, ours);
  }
  return { found, tried };
}

/** What was drawn in a session that has ended runs nothing either. */
async function endedSession(world: World): Promise<string[]> {
  const { target, database } = world;
  const member = await buildMember();
  const browser = await holding(target, member);
  const draft = `/apply/${idsOf(world.fixture.ours)['draftId'] ?? ''}`;
  const form = await browser.formWith(draft, 'remarks');
  await database.rows(`update sessions set ended_at = now() where member_id = $1`, [member.id]);
  const answer = await browser.submit(form, {
    intent: 'save',
    remarks: 'まだ送っていない備考',
    'x-password': 'Himitsu-1',
  });
  const found: string[] = [];
  if (answer.status !== 303) found.push(`a form of an ended session is answered ${answer.status}`);
  const drafts = await database.rows(`select id from drafts where member_id = $1`, [member.id]);
  if (drafts.length > 0) found.push('a form of an ended session was saved');
  const kept = await database.rows<{ sealed: Buffer }>(`select sealed from kept_inputs where member_id = $1`, [
    member.id,
  ]);
  if (kept.length !== 1) found.push('what was typed in an ended session is not kept');
  if (kept.some(({ sealed }) => sealed.includes('備考'))) found.push('what is kept is not sealed');
  const back = await (await holding(target, member)).get(draft);
  if (!back.body.includes('まだ送っていない備考')) found.push('what was typed is not given back to its member');
  const stranger = await (await holding(target, await buildMember())).get(draft);
  if (stranger.body.includes('まだ送っていない備考')) found.push('what was typed is given to another member');
  return found;
}

export const s30: Row = {
  id: 'S30',
  requires: 'no request of another site, or without the token of this browser, runs anything: 403 with a page',
  asked: 'all actions × page/.data/_routes/_data × origins × tokens: 0 state changes, never 500',
  attack: async (world) => {
    const found: string[] = [];
    let tried = 0;
    const actions = world.routes.filter(({ hasAction }) => hasAction);
    for (const route of actions) {
      await world.database.quiet();
      const one = await attackAction(world, route);
      found.push(...one.found);
      tried += one.tried;
    }
    const kept = await endedSession(world);
    return {
      found: [...found, ...kept, ...(await nothingWritten(world, actions))],
      said: `${tried} requests on ${actions.length} actions refused with a page; 0 state changes; ended session: kept, sealed, given back`,
    };
  },
  plants: [
    {
      what: 'the gate for other origins is skipped',
      process: 'gates',
      mutations: [{ file: 'server/index.js', find: /app\.use\(originGate\(site\.publicOrigin\)\);/, replace: '' }],
      shows: /^origin foreign: .* is not refused/,
    },
    {
      what: 'every form token is right',
      process: 'gates',
      mutations: [
        {
          file: 'server/index.js',
          find: /if \(subject === (?:void 0|undefined)\) throw new Refusal\(403\);\s+if \(subject === browser\.subject\) return;/,
          replace: 'return;',
        },
      ],
      shows: /^token missing: .* is not refused/,
    },
  ],
};

/** One whole round of foreign posts changes no row at all. */
async function nothingWritten(world: World, actions: readonly SiteRoute[]): Promise<string[]> {
  const people = {
    member: await holding(world.target, world.fixture.ours.plain),
    staff: await holding(world.target, world.fixture.staff),
  };
  const tokens = {
    member: await tokenFrom(people.member, doors.member.home),
    staff: await tokenFrom(people.staff, doors.staff.home),
  };
  await world.database.quiet();
  const before = await world.database.fingerprint();
  for (const route of actions) {
    const kind = route.pattern.startsWith('/staff') ? 'staff' : 'member';
    const path = actionPathOf(route, pathOf(route, idsOf(world.fixture.ours)));
    for (const headers of Object.values(strangers(world.target))) {
      await people[kind].request('POST', path, {
        headers: { 'Content-Type': 'application/x-www-form-urlencoded', ...headers },
        body: new URLSearchParams({ formToken: tokens[kind], intent: 'save' }).toString(),
        forgetful: true,
      });
    }
  }
  return (await world.database.changesSince(before)).map((change) => `a foreign post wrote ${change}`);
}
