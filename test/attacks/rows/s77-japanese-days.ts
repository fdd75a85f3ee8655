/** S77: days and instants around midnight, at a year's end and in a leap February, as pages show, filter and judge them. */
import { randomUUID } from 'node:crypto';
import { applyFaultWording } from '../../../app/texts/apply-faults.ts';
import { fieldsOf, formOfContent } from '../../../domain/application/draft-form.ts';
import { buildApplication, buildContent, buildItem, buildMember } from '../../support/build.ts';
import type { Row, Scale, World } from '../attack.ts';
import { holding } from '../tools/sign-in.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const JST_AHEAD_MS = 9 * HOUR_MS;

/** First instants of days in Japan: a new year, a leap day and the day after it, the same without one, a month's first, any day. */
const MIDNIGHTS = [
  '2023-12-31T15:00:00.000Z',
  '2024-02-28T15:00:00.000Z',
  '2024-02-29T15:00:00.000Z',
  '2023-02-28T15:00:00.000Z',
  '2024-04-30T15:00:00.000Z',
  '2022-04-12T15:00:00.000Z',
].map((text) => Date.parse(text));

/** Independent of the site's own reckoning: nine hours later in UTC. */
const inJapan = (instant: number): string => new Date(instant + JST_AHEAD_MS).toISOString();
const dayInJapan = (instant: number): string => inJapan(instant).slice(0, 10);
const shown = (instant: number): string => inJapan(instant).slice(0, 16).replaceAll('-', '/').replace('T', ' ');

interface Applied {
  number: string;
  at: number;
}

/** One application in the last millisecond before each midnight, and one in the first after it; all of one account. */
async function history(world: World, found: string[]): Promise<number> {
  const member = await buildMember();
  const applied: Applied[] = [];
  for (const at of MIDNIGHTS.flatMap((midnight) => [midnight - 1, midnight])) {
    const { applicationNumber } = await buildApplication({ member, state: 'failed', appliedAt: new Date(at) });
    applied.push({ number: applicationNumber, at });
  }
  const browser = await holding(world.target, member);
  for (const { number, at } of applied) {
    const page = await browser.get(`/account/applications/${number}`);
    if (!page.body.includes(shown(at))) found.push(`申込日時 of ${shown(at)} reads otherwise`);
  }
  for (const day of new Set(applied.map(({ at }) => dayInJapan(at)))) {
    const page = await browser.get(`/account/applications?from=${day}&to=${day}`);
    const wrong = applied.filter(({ number, at }) => page.body.includes(number) !== (dayInJapan(at) === day));
    for (const { at } of wrong) found.push(`抽出期間 ${day}: ${shown(at)} is judged wrong`);
  }
  return applied.length;
}

/** Half an hour after midnight in Japan, when it is the day before in UTC, and half an hour before the next. */
const halfAnHourFromMidnight = (day: string): number[] => {
  const begins = Date.parse(`${day}T00:00:00.000+09:00`);
  return [begins + HOUR_MS / 2, begins + DAY_MS - HOUR_MS / 2];
};

/** What a web process takes the time to be while orders are typed there. */
const clocks: Record<Scale, number[]> = {
  planted: halfAnHourFromMidnight('2028-02-29').slice(0, 1),
  ci: halfAnHourFromMidnight('2028-02-29'),
  full: ['2028-02-29', '2028-03-01', '2027-03-01', '2026-12-31', '2027-01-01', '2027-05-01'].flatMap(
    halfAnHourFromMidnight,
  ),
};

/** A new order begins today or later, by the day in Japan. */
async function orders(world: World, now: number, found: string[]): Promise<void> {
  const target = await world.startWeb({ clockAheadHours: (now - Date.now()) / HOUR_MS });
  const browser = await holding(target, await buildMember());
  const { code: productCode, name: productName } = world.fixture.product;
  const type = async (startsOn: string) => {
    const item = buildItem({ productCode, productName, startsOn, endsOn: dayInJapan(now + 30 * DAY_MS) });
    const path = `/apply/${randomUUID()}`;
    const typed = Object.fromEntries(fieldsOf(formOfContent(buildContent({ items: [item] }))));
    return browser.submit(await browser.formWith(path, 'remarks'), { ...typed, intent: 'confirm' });
  };
  const [yesterday, today] = [dayInJapan(now - DAY_MS), dayInJapan(now)];
  const refused = await type(yesterday);
  const why = applyFaultWording['starts-before-today']('', 0);
  if (refused.status !== 422 || !refused.body.includes(why))
    found.push(`an order from ${yesterday} is taken at ${shown(now)}`);
  const taken = await type(today);
  if (taken.headers.location?.endsWith('/confirm') !== true)
    found.push(`an order from ${today} is refused at ${shown(now)}`);
}

export const s77: Row = {
  id: 'S77',
  requires: 'stored in UTC, shown and compared as days and instants in Japan',
  asked: '0 off by one around midnight, leap day, year end',
  attack: async (world, scale) => {
    const found: string[] = [];
    const applied = await history(world, found);
    for (const now of clocks[scale]) await orders(world, now, found);
    const said = `${applied} instants around ${MIDNIGHTS.length} midnights read and filtered; first day of an order at ${clocks[scale].length} times of day`;
    return { found, said };
  },
  plants: [
    {
      what: 'instants are shown in UTC',
      process: 'utc instants',
      mutations: [{ file: 'server/index.js', find: 'timeZone: "Asia/Tokyo"', replace: 'timeZone: "UTC"' }],
      shows: /申込日時 of .* reads otherwise/,
    },
    {
      what: '抽出期間 is compared with days in UTC',
      process: 'utc days',
      mutations: [{ file: 'server/index.js', find: "at time zone 'Asia/Tokyo'", replace: "at time zone 'UTC'" }],
      shows: /抽出期間 .* is judged wrong/,
    },
    {
      what: 'a new order is judged on the day in UTC',
      process: 'utc days',
      mutations: [
        {
          file: 'server/index.js',
          find: 'contentSchema(products, jstDate(now))',
          replace: 'contentSchema(products, now.toISOString().slice(0, 10))',
        },
      ],
      shows: /an order from .* is taken/,
    },
  ],
  notCovered: '解約日 waits for 解約; the rules of days themselves are properties in test/domain',
};
