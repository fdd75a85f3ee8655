/** S32: looking at everything, and comparing the database before and after. */
import { buildMember } from '../../support/build.ts';
import { times, type Row, type World } from '../attack.ts';
import { Browser, type Answer } from '../tools/browser.ts';
import { idsOf } from '../tools/ids.ts';
import { linksOf } from '../tools/page.ts';
import { pathOf, waysTo } from '../tools/routes.ts';
import { holding, withPassword } from '../tools/sign-in.ts';

/** Follows every link that a browser's pages show, each once. */
async function crawl(browser: Browser, from: string[], most: number): Promise<Answer[]> {
  const seen = new Set(from);
  const answers: Answer[] = [];
  for (const path of seen) {
    if (answers.length >= most) break;
    const answer = await browser.get(path);
    answers.push(answer);
    for (const link of linksOf(answer.body)) seen.add(link.split('#')[0] ?? link);
  }
  return answers;
}

async function lookAtEverything(world: World, browser: Browser, most: number): Promise<number> {
  const paths = world.routes.map((route) => pathOf(route, idsOf(world.fixture.ours)));
  let looked = 0;
  for (const [index, route] of world.routes.entries()) {
    const path = paths[index] ?? '/';
    for (const way of waysTo(route, path)) {
      await browser.get(way);
      await browser.request('HEAD', way);
      await browser.get(way, { Purpose: 'prefetch', 'Sec-Purpose': 'prefetch' });
      looked += 3;
    }
  }
  return looked + (await crawl(browser, paths, most)).length;
}

export const s32: Row = {
  id: 'S32',
  requires: 'GET and HEAD change nothing, prefetches of pages and .data included',
  asked: 'DB rows before and after crawling all GETs twice: equal but for last-seen',
  attack: async (world, scale) => {
    const { target, fixture } = world;
    const browsers = {
      stranger: new Browser(target),
      member: await holding(target, fixture.ours.plain),
      staff: await holding(target, fixture.staff),
      'before the code': await withPassword(target, await buildMember({ mfa: true })),
    };
    await world.database.quiet();
    const before = await world.database.fingerprint();
    let looked = 0;
    for (let round = 0; round < times(scale, { planted: 1, ci: 2, full: 2 }); round += 1) {
      for (const browser of Object.values(browsers)) {
        looked += await lookAtEverything(world, browser, times(scale, { planted: 5, ci: 40, full: 1000 }));
      }
    }
    const found = await world.database.changesSince(before);
    return {
      found: found.map((change) => `looking wrote ${change}`),
      said: `${looked} GET and HEAD by 4 kinds of browser, 0 rows changed`,
    };
  },
  plants: [
    {
      what: 'requests without a session are counted in the database',
      process: 'headers',
      mutations: [
        {
          file: 'server/index.js',
          find: /new RateLimiterMemory\(\{ points: limits\(\)\.addressRequestsPerMinute, duration: 60 \}\)/,
          replace: 'postgresWindow("request", limits().addressRequestsPerMinute, 60)',
        },
      ],
      shows: /looking wrote rate_limits/,
    },
  ],
};
