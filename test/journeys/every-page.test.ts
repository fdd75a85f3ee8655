/** Every page in every state: accessible, whole on the narrowest phone, quiet, and of use without JavaScript. */
import { fileURLToPath } from 'node:url';
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { brand } from '../../runtime/brand.ts';
import { readRoutes } from '../attacks/tools/routes.ts';
import { pageStates } from './pages/index.ts';
import type { Opening, PageState } from './pages/page-state.ts';
import type { Visitor } from './tools/chromium.ts';
import { desktopSize, keepPicture, phoneSize, picturesFolder } from './tools/pictures.ts';
import { useChromium } from './tools/use-chromium.ts';
import { runningSite } from './tools/running-site.ts';

const WCAG_22_AA = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
const PHONE = phoneSize.width;

const site = runningSite();
const visitor = useChromium();
let opening: Opening | undefined;

afterEach(async () => {
  await opening?.afterwards?.();
  opening = undefined;
});

afterAll(async () => {
  if (picturesFolder() !== undefined) await pictureMails();
}, 300_000);

test('every page of the build is looked at below', async () => {
  const build = fileURLToPath(new URL('../../build', import.meta.url));
  const routes = await readRoutes(build, process.env);

  const pages = routes.filter(({ hasPage }) => hasPage).map(({ id }) => id);

  expect(Object.keys(pageStates).sort()).toEqual(pages.sort());
});

test('what is looked for below would be found', async () => {
  const { page } = await visitor({ origin: site.origin, width: PHONE });
  await page.goto('/contact');
  await page.waitForLoadState('networkidle');
  await page.locator('h1').evaluate((heading) => {
    heading.insertAdjacentHTML('afterend', '<img src="/favicon.svg"><hr width="800">');
  });

  await expect(expectNoBarrier(page)).rejects.toThrow('image-alt');
  await expect(expectNoSidewaysScrolling(page)).rejects.toThrow('wider than the phone');
});

describe.each(Object.entries(pageStates))('%s', (route, states) => {
  test.each(states)('$name', async (state) => {
    const scripted = await reach(state, { javaScript: true });
    await expectNoBarrier(scripted.page);
    await expectFrame(scripted.page);
    const picture = `${route.replace('routes/', '')} ${state.name}`;
    // At both widths its first state: hundreds of pictures are enough.
    if (state === states[0]) await keepPicture(scripted.page, picture);
    await scripted.page.setViewportSize(phoneSize);
    await expectNoSidewaysScrolling(scripted.page);
    await expectReadableLines(scripted.page);
    await keepPicture(scripted.page, picture);
    await expectNoBarrier(scripted.page);
    expect(scripted.complaints).toEqual([]);
    await leave(scripted);

    const plain = await reach(state, { javaScript: false, width: PHONE });
    await expectFrame(plain.page);
    await expectNoSidewaysScrolling(plain.page);
    await expectFormsThatPost(plain.page);
    expect(plain.complaints).toEqual([]);
  });
});

/** One of each kind, of all that the states above had mailed. */
async function pictureMails(): Promise<void> {
  const kinds = new Map((await site.mails.all()).map((mail) => [mail.subject, mail]));
  for (const [subject, mail] of kinds) {
    const { page, context } = await visitor({ origin: site.origin });
    for (const size of [desktopSize, phoneSize]) {
      await page.setViewportSize(size);
      await page.goto(site.mails.addressOf(mail));
      await keepPicture(page, `mail ${subject.replace(/^【.*?】/, '')}`);
    }
    await context.close();
  }
}

/** Brings a browser to the state. */
async function reach({ open, shows, status = 200 }: PageState, screen: { javaScript: boolean; width?: number }) {
  opening = await open(site);
  const { path, setCookie, go } = opening;
  const visiting = await visitor({ origin: site.origin, setCookie, ...screen });
  const { page } = visiting;
  const answered: number[] = [];
  page.on('response', (response) => {
    if (response.request().isNavigationRequest() && response.frame() === page.mainFrame())
      answered.push(response.status());
  });
  await page.goto(path);
  await go?.(page);
  await page.getByText(shows).filter({ visible: true }).first().waitFor();
  expect(answered.at(-1)).toBe(status);
  return visiting;
}

async function leave({ context }: Visitor): Promise<void> {
  await context.close();
  await opening?.afterwards?.();
  opening = undefined;
}

async function expectNoBarrier(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).withTags(WCAG_22_AA).setLegacyMode(true).analyze();
  const told = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`);
  expect(told).toEqual([]);
}

/** What stands on every page: the language, one main heading, a title, how to reach the company. */
async function expectFrame(page: Page): Promise<void> {
  expect(await page.locator('html').getAttribute('lang')).toBe('ja');
  expect(await page.title()).not.toBe('');
  expect(await page.getByRole('heading', { level: 1 }).count()).toBe(1);
  for (const text of [brand.companyName, brand.telephone, brand.telephoneHours, brand.contactLabel]) {
    expect(await page.getByText(text).first().isVisible(), text).toBe(true);
  }
}

/** A line height that the theme doesn't know becomes hundreds of pixels, and nothing else notices. */
async function expectReadableLines(page: Page): Promise<void> {
  const apart = await page.locator('main *').evaluateAll((elements: Element[]) =>
    elements
      .filter((element) => {
        const { lineHeight, fontSize } = getComputedStyle(element);
        return Number.parseFloat(lineHeight) > 2.5 * Number.parseFloat(fontSize);
      })
      .map((element) => element.outerHTML.slice(0, 120)),
  );
  expect(apart, 'lines far apart').toEqual([]);
}

async function expectNoSidewaysScrolling(page: Page): Promise<void> {
  const { wide, seen } = await page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    return { wide: scrollWidth, seen: clientWidth };
  });
  expect(wide, 'the page is wider than the phone').toBeLessThanOrEqual(seen);
}

/** Without JavaScript a form goes where its attributes say. */
async function expectFormsThatPost(page: Page): Promise<void> {
  const forms = await page
    .locator('form')
    .evaluateAll((found) =>
      found.map((form) => ({ action: form.getAttribute('action'), method: form.getAttribute('method') })),
    );
  for (const { action, method } of forms) {
    expect(['get', 'post']).toContain(method);
    expect(action).toMatch(/^\//);
  }
}
