/** S48: another account's ids in every place that takes an id. */
import { buildMember, builtPassword } from '../../support/build.ts';
import { times, type Row, type World } from '../attack.ts';
import { Browser, type Answer } from '../tools/browser.ts';
import { marksIn, withOpenThings, type FixtureAccount } from '../tools/fixture.ts';
import { idsOf, idsOfNobody, type RouteValues } from '../tools/ids.ts';
import { masked } from '../tools/page.ts';
import { actionPathOf, pathOf, waysTo, type SiteRoute } from '../tools/routes.ts';
import { doors, holding } from '../tools/sign-in.ts';
import { areaUnderCurve } from '../tools/statistics.ts';

/** What buttons post that name something by its id. */
const INTENTS = ['save', 'confirm', 'arrange', 'decline', 'delete', 'end-sessions', 'cancel-reset', 'mail'];

interface Intruder {
  who: string;
  browser: Browser;
  token: string;
}

async function intruders({ target, fixture, database }: World): Promise<Intruder[]> {
  const ours = await holding(target, fixture.ours.plain);
  const gone = await buildMember({ account: fixture.others.account });
  const deleted = await holding(target, gone);
  await database.rows('update members set deleted_at = now() where id = $1', [gone.id]);
  const stranger = new Browser(target);
  const tokenOn = async (browser: Browser, page: string) => {
    const [form] = await browser.forms(page);
    return form?.fields.find(([name]) => name === 'formToken')?.[1] ?? '';
  };
  return [
    { who: 'another account', browser: ours, token: await tokenOn(ours, doors.member.home) },
    { who: 'a deleted member', browser: deleted, token: await tokenOn(deleted, '/login') },
    { who: 'nobody', browser: stranger, token: await tokenOn(stranger, '/login') },
  ];
}

/** What an answer looks like when the ids in it are taken out. */
function shape({ status, headers, body }: Answer, values: RouteValues): string {
  const ids = [...Object.values(values), String(headers['x-request-id'])];
  const seen = [headers.location ?? '', body].map((text) =>
    masked(text.replaceAll(/[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}/g, 'typed'), ids),
  );
  return JSON.stringify([status, ...seen]);
}

async function matrix(
  others: FixtureAccount,
  intruder: Intruder,
  route: SiteRoute,
  intents: readonly string[],
): Promise<{ found: string[]; tried: number }> {
  const { who, browser, token } = intruder;
  const [theirs, nobodys] = [idsOf(others), idsOfNobody()];
  const found: string[] = [];
  let tried = 0;
  const compare = async (what: string, ask: (values: RouteValues) => Promise<Answer>) => {
    const differ = (one: Answer, other: Answer) => shape(one, theirs) !== shape(other, nobodys);
    let [real, unreal] = [await ask(theirs), await ask(nobodys)];
    tried += 1;
    // What tells them apart tells them apart again; a busy machine does not.
    if (what.startsWith('GET') && differ(real, unreal)) [real, unreal] = [await ask(theirs), await ask(nobodys)];
    // What the intruder typed into the request comes back; what wasn't typed must not.
    const typed = Object.values(theirs);
    const leaked = marksIn(real.body, others.marks).filter((mark) => !typed.includes(mark));
    if (leaked.length > 0) found.push(`${who}: ${what} tells ${leaked.join(', ')}`);
    if (differ(real, unreal)) found.push(`${who}: ${what} is answered otherwise than an id of nobody`);
    for (const { status } of [real, unreal]) if (status >= 500) found.push(`${who}: ${what} answers ${status}`);
  };
  for (const [index] of waysTo(route, pathOf(route, theirs)).entries()) {
    const way = (values: RouteValues) => waysTo(route, pathOf(route, values))[index] ?? '/';
    await compare(`GET ${way(theirs)}`, (values) => browser.get(way(values)));
  }
  if (!route.hasAction || route.pattern.endsWith('/logout')) return { found, tried };
  for (const intent of intents) {
    await compare(`POST ${route.pattern} ${intent}`, (values) =>
      browser.post(
        actionPathOf(route, pathOf(route, values)),
        [
          ...Object.entries({ ...values, which: values['sessionId'] ?? '', currentPassword: builtPassword }),
          ...Object.entries({ formToken: token, intent, verb: intent, reason: 'x' }),
        ],
        { forgetful: true },
      ),
    );
  }
  return { found, tried };
}

/** Another account's ids typed into filters and searches. */
async function filters(world: World, { who, browser }: Intruder): Promise<string[]> {
  const { others } = world.fixture;
  const found: string[] = [];
  for (const mark of others.marks) {
    for (const name of ['orderNumber', 'applicationNumber', 'accountId', 'memberId']) {
      const query = new URLSearchParams({ [name]: mark }).toString();
      const { body } = await browser.get(`${doors.member.home}?${query}`);
      const leaked = marksIn(body, others.marks).filter((word) => word !== mark);
      if (leaked.length > 0) found.push(`${who}: a filter by ${name} tells ${leaked.join(', ')}`);
    }
  }
  return found;
}

/** How well the time of an answer tells that an id exists: 0.5 is not at all. */
async function timing(world: World, { browser }: Intruder, count: number): Promise<number> {
  const taken: [number[], number[]] = [[], []];
  for (let each = 0; each < count; each += 1) {
    const pair = [...[idsOf(world.fixture.others), idsOfNobody()].entries()];
    // Each comes first in turn: the second of two requests in a row is a little quicker, whatever it asks for.
    for (const [index, values] of each % 2 === 0 ? pair : pair.reverse()) {
      const answer = await browser.get(`/account/applications/${values['applicationNumber'] ?? ''}`);
      taken[index]?.push(answer.milliseconds);
    }
  }
  return count === 0 ? 0.5 : areaUnderCurve(...taken);
}

export const s48: Row = {
  id: 'S48',
  requires: "another account's ids open and change nothing, and look like ids that nobody has",
  asked: 'each route × each id kind × {other account, deleted, anonymous}: 0 reads, 0 writes, same answer, same time',
  attack: async (world, scale) => {
    const found: string[] = [];
    let tried = 0;
    const people = (await intruders(world)).slice(0, times(scale, { planted: 1, ci: 3, full: 3 }));
    const others = await withOpenThings(world.fixture.others);
    await world.database.quiet();
    const before = await world.database.rows<{ row: string }>(THEIR_ROWS, [world.fixture.others.account.id]);
    for (const intruder of people) {
      for (const route of world.routes) {
        // Who isn't signed in is sent away whatever button it was: in CI one is tried.
        const isIn = intruder === people[0] || scale === 'full';
        const one = await matrix(others, intruder, route, isIn ? INTENTS : INTENTS.slice(0, 1));
        found.push(...one.found);
        tried += one.tried;
      }
      if (scale === 'full' || (scale === 'ci' && intruder === people[0]))
        found.push(...(await filters(world, intruder)));
    }
    const [first] = people;
    const curve =
      first === undefined ? 0.5 : await timing(world, first, times(scale, { planted: 0, ci: 40, full: 300 }));
    if (Math.abs(curve - 0.5) > 0.2)
      found.push(`the time of an answer tells that an id exists, AUC ${curve.toFixed(2)}`);
    const after = await world.database.rows<{ row: string }>(THEIR_ROWS, [world.fixture.others.account.id]);
    const known = new Set(before.map(({ row }) => row));
    for (const { row } of after) if (!known.has(row)) found.push(`a row of the other account was written: ${row}`);
    if (after.length !== before.length) found.push('the other account has another number of rows');
    return {
      found,
      said: `${tried} pairs of requests on ${world.routes.length} routes: 0 reads, 0 writes, same answers, AUC of the time ${curve.toFixed(2)}`,
    };
  },
  plants: [
    {
      what: 'an application is read for whoever asks',
      process: 'access',
      mutations: [
        {
          file: 'server/index.js',
          find: /\(\$2::uuid is null or application\.account_id = \$2\)/,
          replace: '($2::uuid is null or true)',
        },
      ],
      shows: /another account: GET \/account\/applications\/.* tells/,
    },
    {
      what: 'a draft is read for whoever knows its id',
      process: 'access',
      mutations: [
        {
          file: 'server/index.js',
          find: /select form from drafts where member_id = \$1 and id = \$2/,
          replace: 'select form from drafts where $1::uuid is not null and id = $2',
        },
      ],
      shows: /another account: GET \/apply\/.* tells/,
    },
    {
      what: 'a reset is called off for whoever knows its id',
      process: 'access',
      mutations: [
        {
          file: 'server/index.js',
          find: /where id = \$1 and member_id = \$2 and kind = 'password-reset' for update/,
          replace: "where id = $1 and $2::uuid is not null and kind = 'password-reset' for update",
        },
      ],
      shows: /a row of the other account was written: procedure/,
    },
  ],
  notCovered: 'templates, quotes (there are none yet); challenge ids stand in no URL or form',
};

/** What belongs to an account, as text. */
const THEIR_ROWS = `
  select 'draft' || to_jsonb(d)::text as row from drafts d join members m on m.id = d.member_id where m.account_id = $1
  union all select 'application' || to_jsonb(a)::text from applications a where a.account_id = $1
  union all select 'command' || to_jsonb(c)::text from commands c join applications a on a.id = c.application_id where a.account_id = $1
  union all select 'session' || (to_jsonb(s) - array['last_seen_at', 'idle_ends_at'])::text from sessions s
    join members m on m.id = s.member_id where m.account_id = $1
  union all select 'procedure' || to_jsonb(p)::text from procedures p join members m on m.id = p.member_id where m.account_id = $1
  union all select 'member' || to_jsonb(m)::text from members m where m.account_id = $1`;
