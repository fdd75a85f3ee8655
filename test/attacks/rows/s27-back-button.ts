/** S27: the Back button after the sign-out. */
import { buildMember } from '../../support/build.ts';
import type { Row, World } from '../attack.ts';
import { withChromium, keepCookies } from '../tools/chromium.ts';
import { idsOf } from '../tools/ids.ts';
import { pathOf } from '../tools/routes.ts';
import { doors, holding } from '../tools/sign-in.ts';

/** What each kind of person's pages, and their sign-out, say about keeping. */
async function headers({ target, fixture, routes }: World): Promise<string[]> {
  const found: string[] = [];
  for (const person of [fixture.ours.plain, fixture.staff]) {
    const browser = await holding(target, person);
    for (const route of routes) {
      const answer = await browser.get(pathOf(route, idsOf(fixture.ours)));
      const control = answer.headers['cache-control'] ?? 'nothing';
      if (!control.includes('no-store'))
        found.push(`${answer.path} may be kept: Cache-Control says ${control}, not no-store`);
    }
    const door = doors[person.kind];
    const form = (await browser.forms(door.home)).find(({ action }) => action === door.logout);
    if (form === undefined) {
      found.push(`${door.home} has no way to sign out`);
      continue;
    }
    const cleared = String((await browser.submit(form)).headers['clear-site-data']);
    if (!cleared.includes('"cache"') || !cleared.includes('"storage"')) found.push(`${door.logout} clears ${cleared}`);
  }
  return found;
}

/** Signs out in a real browser and goes back. */
async function backButton(world: World): Promise<string[]> {
  const { target } = world;
  const userName = `戻る${Math.random().toString(36).slice(2, 10)}`;
  const member = await buildMember({ userName });
  const browser = await holding(target, member);
  return withChromium(world.chromiumPath, async (context) => {
    await keepCookies(context, browser);
    const page = await context.newPage();
    await page.goto(`${target.origin}${doors.member.home}`);
    const shown = await page.content();
    if (!shown.includes(userName)) return ['the member page was not shown before the sign-out'];
    await page.goto(`${target.origin}/`);
    await page.locator(`form[action="${doors.member.logout}"] button`).first().click();
    await page.waitForLoadState();
    const found: string[] = [];
    for (let steps = 1; steps <= 2; steps += 1) {
      await page.goBack({ waitUntil: 'networkidle' }).catch(() => null);
      // The page may still be on its way to the sign-in.
      await page.waitForLoadState('networkidle');
      if ((await page.locator('body').innerText()).includes(userName))
        found.push(`${steps} times back after the sign-out shows the member's page`);
    }
    return found;
  });
}

export const s27: Row = {
  id: 'S27',
  requires: 'after the sign-out the Back button shows nothing: no-store, Clear-Site-Data',
  asked: 'Chromium back: nothing shown',
  attack: async (world, scale) => {
    const found = await headers(world);
    if (scale !== 'planted') found.push(...(await backButton(world)));
    return {
      found,
      said: `no-store on ${world.routes.length} routes for members and staff; nothing shown in Chromium`,
    };
  },
  plants: [
    {
      what: 'pages may be kept by the browser',
      process: 'headers',
      mutations: [
        {
          file: 'server/index.js',
          find: /response\.setHeader\("Cache-Control", "no-store"\);/,
          replace: 'response.setHeader("Cache-Control", "private, max-age=600");',
        },
      ],
      shows: /not no-store/,
    },
  ],
};
