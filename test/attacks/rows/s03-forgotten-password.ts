/** S03: asking for a new password with pairs that exist and pairs that don't. */
import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { buildMember } from '../../support/build.ts';
import { times, type Row, type World } from '../attack.ts';
import { Browser, freshAddress, type Answer } from '../tools/browser.ts';
import { masked } from '../tools/page.ts';
import { shuffled } from '../tools/random.ts';
import { areaUnderCurve, median } from '../tools/statistics.ts';

interface Pair {
  loginId: string;
  address: string;
}

/** A pair of each class, and how many mails go to its address for one request. */
const classes = {
  known: { mails: 1, make: () => buildMember() },
  'unknown login ID': { mails: 0, make: async () => ({ ...(await buildMember()), loginId: `login-${stranger()}` }) },
  'unknown address': {
    mails: 0,
    make: async () => ({ ...(await buildMember()), address: `member-${stranger()}@example.jp` }),
  },
  deleted: { mails: 0, make: () => buildMember({ deletedAt: new Date() }) },
  invited: { mails: 1, make: () => buildMember({ password: null }) },
} satisfies Record<string, { mails: number; make: () => Promise<Pair> }>;

type Class = keyof typeof classes;
const CLASSES = Object.keys(classes) as Class[];

const stranger = (): string => randomBytes(4).toString('hex');

interface Asking {
  kind: Class;
  pair: Pair;
  /** All that the answer tells, without what was typed. */
  shape: string;
  milliseconds: number;
}

/** Each request is a flow: in CI the other classes are asked too seldom to be timed, and only their answers and mails are compared. */
const TIMED: readonly Class[] = ['known', 'unknown address'];

/** One request for each of `count` fresh pairs of a class, `few` of those that aren't timed, mixed, one at a time. */
async function ask({ target }: World, count: number, few: number): Promise<Asking[]> {
  const order: { kind: Class; pair: Pair }[] = [];
  for (const kind of CLASSES)
    for (let each = 0; each < (TIMED.includes(kind) ? count : few); each += 1)
      order.push({ kind, pair: await classes[kind].make() });
  const browser = new Browser(target);
  const form = await browser.formWith('/password/forgot', 'loginId');
  const attempt = ({ loginId, address }: Pair) =>
    browser.submit(form, { loginId, address }, { headers: { 'X-Forwarded-For': freshAddress() } });
  for (let warming = 0; warming < 5; warming += 1) await attempt(await classes.deleted.make());
  const asked: Asking[] = [];
  for (const { kind, pair } of shuffled('S03', order)) {
    const answer = await attempt(pair);
    const next = await new Browser(target).get(answer.headers.location ?? '/');
    asked.push({ kind, pair, shape: shapeOf(answer, next, pair), milliseconds: answer.milliseconds });
  }
  return asked;
}

const shapeOf = (answer: Answer, next: Answer, { loginId, address }: Pair): string =>
  JSON.stringify(
    [answer, next].map(({ status, headers, body }) => ({
      status,
      location: headers.location,
      headers: Object.keys(headers).sort(),
      seen: masked(body, [loginId, address, String(headers['x-request-id'])]),
    })),
  );

const timesOf = (asked: Asking[], kind: Class): number[] =>
  asked.filter((request) => request.kind === kind).map(({ milliseconds }) => milliseconds);

/** How well the time of each class tells it from the known one: 0.5 is not at all. */
const figuresOf = (asked: Asking[]) =>
  CLASSES.filter((kind) => kind !== 'known' && timesOf(asked, kind).length === timesOf(asked, 'known').length).map(
    (kind) => {
      const [known, other] = [timesOf(asked, 'known'), timesOf(asked, kind)];
      return { kind, curve: areaUnderCurve(known, other), apart: Math.abs(median(other) - median(known)) };
    },
  );

/** What the web wrote for each request: one row, one line that starts its flow, one row of the audit trail. */
async function writtenOddly({ database }: World, asked: Asking[]): Promise<string[]> {
  const found: string[] = [];
  for (const { kind, pair } of asked) {
    const { procedures, lines, audits } = await database.row<{ procedures: number; lines: number; audits: number }>(
      `with asked as (select id from procedures where login_id = $1 and address_canonical = $2)
       select (select count(*) from asked)::int as procedures,
         (select count(*) from outbox where row_id in (select id from asked) and event = 'start')::int as lines,
         (select count(*) from audit where subject_id in (select id from asked) and event = 'password-reset-asked')::int as audits`,
      [pair.loginId, pair.address],
    );
    if (procedures !== 1 || lines !== 1 || audits !== 1)
      found.push(`${kind}: the web wrote ${procedures} rows, ${lines} outbox lines, ${audits} audit rows`);
  }
  return found;
}

/** Once every request is answered by its flow: who got mails. */
async function mailsOf({ database, mail }: World, asked: Asking[]): Promise<{ found: string[]; mails: number }> {
  for (let waited = 0; waited < 600; waited += 1) {
    const { n } = await database.row<{ n: number }>(`select count(*)::int as n from procedures where state = 'asked'`);
    if (n === 0) break;
    await sleep(200);
  }
  await database.quiet(90_000);
  const caught = await mail.mails();
  const found: string[] = [];
  let mails = 0;
  for (const { kind, pair } of asked) {
    const count = caught.filter(({ to }) => to.includes(pair.address)).length;
    mails += count;
    if (count !== classes[kind].mails) found.push(`${kind}: ${count} mails came for one request`);
  }
  return { found, mails };
}

export const s03: Row = {
  id: 'S03',
  requires:
    'who asks for a new password learns nothing from page, status or time; mail goes out only where the pair exists',
  asked: '0 differences at 300 each; |AUC−0.5| ≤ 0.06, in CI ≤ 0.2; known 1 mail, unknown 0',
  attack: async (world, scale) => {
    const count = times(scale, { planted: 12, ci: 60, full: 300 });
    const few = times(scale, { planted: 2, ci: 5, full: 300 });
    const most = scale === 'full' ? 0.06 : 0.2;
    const telling = (requests: Asking[]) => figuresOf(requests).filter(({ curve }) => Math.abs(curve - 0.5) > most);
    let asked = await ask(world, count, few);
    // With so few a busy neighbour can look like a leak; a leak stays when as many again are added.
    if (scale === 'ci' && telling(asked).length > 0) asked = [...asked, ...(await ask(world, count, few))];
    const usual = asked.find(({ kind }) => kind === 'known')?.shape;
    const found = asked.filter(({ shape }) => shape !== usual).map(({ kind }) => `${kind} is answered differently`);
    found.push(
      ...telling(asked).map(
        ({ kind, curve, apart }) => `${kind}: AUC ${curve.toFixed(3)}, medians ${apart.toFixed(1)} ms apart`,
      ),
    );
    found.push(...(await writtenOddly(world, asked)));
    const { found: mailed, mails } = await mailsOf(world, asked);
    const figures = figuresOf(asked).map(({ kind, curve }) => `${curve.toFixed(2)} (${kind})`);
    return {
      found: [...found, ...mailed],
      said: `${asked.length} requests of ${CLASSES.length} classes, ${new Set(asked.map(({ shape }) => shape)).size} answer; AUC ${figures.join(', ')}; ${mails} mails`,
    };
  },
  plants: [
    {
      what: 'the page looks up who is known, and takes its time for them',
      process: 'mailed links',
      mutations: [
        {
          file: 'server/index.js',
          find: /await askReset\((\w+), context\.visit\);/,
          replace: `await askReset($1, context.visit);
            if ((await rows("select 1 from members where address_canonical = $$1", [$1.address.canonical])).length > 0) await hashPassword("Slow-2026");`,
        },
      ],
      shows: /unknown address: AUC/,
    },
    {
      what: 'who is not known is led to another address',
      process: 'mailed links',
      mutations: [
        {
          file: 'server/index.js',
          find: /return redirect\("\/password\/forgot\/asked"\);/,
          replace: `return redirect((await rows("select 1 from members where address_canonical = $$1", [judged.address.canonical])).length > 0 ? "/password/forgot/asked" : "/password/forgot/asked?of=nobody");`,
        },
      ],
      shows: /unknown address is answered differently/,
    },
  ],
};
