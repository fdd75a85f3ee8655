/** F19 and F21: the same submission more than once, because people click twice or the answer got lost. */
import { setTimeout as sleep } from 'node:timers/promises';
import { chromium, type Page } from '@playwright/test';
import { findChromium } from '../../../scripts/tools/chromium.ts';
import { Browser } from '../../attacks/tools/browser.ts';
import { readReceipt, sendButton } from '../../journeys/tools/order.ts';
import type { Order } from '../clients.ts';
import { startProxy } from '../proxy.ts';
import type { BuiltMember } from '../../support/build.ts';
import type { Rig } from '../rig.ts';
import { lasting, repeat, times, type FaultRun } from './run.ts';

const ways: Record<string, (rig: Rig, order: Order) => Promise<void>> = {
  'double submit': async ({ clients }, order) => {
    await Promise.all([clients.send(order), clients.send(order)]);
  },
  '10 clicks': async ({ clients }, order) => {
    await Promise.all(repeat(10, () => clients.send(order)));
  },
  'Back and resubmit': async ({ clients }, order) => {
    await clients.send(order);
    await clients.readReceipt(order);
    await clients.send(order);
  },
  'reload of the receipt': async ({ clients }, order) => {
    await clients.send(order);
    for (let look = 0; look < 3; look += 1) await clients.readReceipt(order);
  },
};

/** Raw runs at a time; each is a member's of their own. */
const TOGETHER = 6;

export function submitAgain(): FaultRun[] {
  const inChromium = {
    fault: 'F19',
    name: 'two clicks, reload, Back and resubmit, in Chromium',
    counts: 1,
    strike: submitAgainInChromium,
  };
  return [
    ...repeat(times(2, 8), () => inChromium),
    ...repeat(times(3, 32), (index) => ({
      fault: 'F19',
      name: `double submit, 10 clicks, Back and resubmit, reload, over raw HTTP (${index + 1})`,
      counts: TOGETHER,
      strike: async (rig: Rig) => {
        await Promise.all(repeat(TOGETHER, (member) => submitAgainRaw(rig, index * TOGETHER + member)));
        return [];
      },
    })),
  ];
}

async function submitAgainRaw(rig: Rig, index: number): Promise<void> {
  const all = Object.values(ways);
  const order = await freshOrder(rig);
  await all[index % all.length]?.(rig, order);
  await expectOneRow(rig, order);
}

async function freshOrder({ clients, member }: Rig): Promise<Order> {
  const who = await member();
  return clients.prepareOrder(await clients.signIn(who), who);
}

async function expectOneRow({ database }: Rig, { seen }: Order): Promise<void> {
  const { n } = await database.row<{ n: number }>('select count(*)::int as n from applications where member_id = $1', [
    seen.memberId,
  ]);
  if (n !== 1) throw new Error(`one order became ${n} rows`);
  if (seen.receipts.length === 0) throw new Error('no receipt came');
}

/** A real browser with JavaScript: what a second click does depends on it. */
async function submitAgainInChromium(rig: Rig): Promise<number[]> {
  const order = await freshOrder(rig);
  const { origin } = order.browser.target;
  const browser = await chromium.launch({
    executablePath: await findChromium(() => undefined),
    args: ['--no-sandbox'],
  });
  try {
    const context = await browser.newContext({ locale: 'ja-JP' });
    await context.addCookies([...order.browser.cookies].map(([name, value]) => ({ name, value, url: origin })));
    const page = await context.newPage();
    await page.goto(`${origin}/apply/${order.seen.draftId}/confirm`);
    await sendButton(page).dblclick();
    order.seen.receipts.push(await shownNumber(page, order));
    await page.reload();
    order.seen.receipts.push(await shownNumber(page, order));
    await page.goBack();
    // The confirm page of a sent draft leads to its receipt; one that the browser kept still has its button.
    if (await sendButton(page).isVisible()) await sendButton(page).click();
    order.seen.receipts.push(await shownNumber(page, order));
  } finally {
    await browser.close();
  }
  await expectOneRow(rig, order);
  return [];
}

/** What stands on the receipt. Not waited for by its address: the second of two clicks breaks off the navigation that the first began. */
async function shownNumber(page: Page, { seen }: Order): Promise<string> {
  const { applicationNumber } = await readReceipt(page);
  const { pathname } = new URL(page.url());
  if (pathname !== `/apply/${seen.draftId}/done`) throw new Error(`the receipt stands at ${pathname}`);
  return applicationNumber;
}

/** When, and how, a member whose answer was lost comes back. */
type Return = (rig: Rig, order: Order, who: BuiltMember) => Promise<void>;

const pressAgainAfter =
  (ms: number): Return =>
  async ({ clients }, order) => {
    await sleep(ms);
    await clients.sendUntilReceipt(order);
  };

/** The session has ended overnight: the member signs in anew and opens the order that may or may not have been sent. */
const comeBackNextDay: Return = async ({ clients, database }, order, who) => {
  await database.rows(
    `update sessions set ends_at = ends_at - interval '1 day', idle_ends_at = idle_ends_at - interval '1 day' where member_id = $1`,
    [who.id],
  );
  const browser = await clients.signIn(who);
  await clients.open(browser, `/apply/${order.seen.draftId}/confirm`);
  if ((await clients.readReceipt({ ...order, browser })) === undefined) throw new Error('no receipt the next day');
};

const SECOND_MS = 1000;
const TEN_MINUTES_MS = 600_000;

const tenMinutes = (index: number): number => lasting(TEN_MINUTES_MS, index);

/** The whole request arrives, the answer never does. Ten members at a time. */
export function loseTheAnswer(): FaultRun[] {
  return repeat(times(1, 10), (index) => ({
    fault: 'F21',
    name: `answer lost; back after 1 s, ${tenMinutes(index) / SECOND_MS} s or the next day (${index + 1})`,
    counts: 10,
    strike: async (rig: Rig) => {
      const returns = [pressAgainAfter(tenMinutes(index)), comeBackNextDay];
      await Promise.all(repeat(10, (member) => loseAnswer(rig, returns[member] ?? pressAgainAfter(SECOND_MS))));
      return [];
    },
  }));
}

async function loseAnswer(rig: Rig, comeBack: Return): Promise<void> {
  const who = await rig.member();
  const order = await rig.clients.prepareOrder(await rig.clients.signIn(who), who);
  const proxy = await startProxy(order.browser.target.port);
  try {
    await proxy.change({ kind: 'cut-after-request' });
    const behind = new Browser({ origin: order.browser.target.origin, port: proxy.port }, order.browser.address);
    for (const [name, value] of order.browser.cookies) behind.cookies.set(name, value);
    const receipt = await rig.clients.send(order, behind);
    if (receipt !== undefined || proxy.met('cut-after-request') === 0)
      throw new Error('the fault did not hit: the answer came');
  } finally {
    await proxy.close();
  }
  const [sent] = await rig.database.rows('select id from applications where draft_id = $1', [order.seen.draftId]);
  if (sent === undefined) throw new Error('the fault did not hit: the request did not arrive');
  await comeBack(rig, order, who);
  await expectOneRow(rig, order);
}
