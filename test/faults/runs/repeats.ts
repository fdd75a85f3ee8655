/** F19 and F21: the same submission more than once, because people click twice or the answer got lost. */
import { setTimeout as sleep } from 'node:timers/promises';
import { chromium } from '@playwright/test';
import { findChromium } from '../../../scripts/tools/chromium.ts';
import { Browser } from '../../attacks/tools/browser.ts';
import type { Order } from '../clients.ts';
import { startProxy } from '../proxy.ts';
import type { Rig } from '../rig.ts';
import { repeat, times, type FaultRun } from './run.ts';

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
    await page.getByRole('button', { name: SUBMIT }).dblclick();
    await page.waitForURL(/\/done/);
    order.seen.receipts.push(await shownNumber(page.locator('main')));
    await page.reload();
    order.seen.receipts.push(await shownNumber(page.locator('main')));
    await page.goBack();
    // The confirm page of a sent draft leads to its receipt; one that the browser kept still has its button.
    if (await page.getByRole('button', { name: SUBMIT }).isVisible())
      await page.getByRole('button', { name: SUBMIT }).click();
    await page.waitForURL(/\/done/);
    order.seen.receipts.push(await shownNumber(page.locator('main')));
  } finally {
    await browser.close();
  }
  await expectOneRow(rig, order);
  return [];
}

const SUBMIT = 'この内容で申し込む';

async function shownNumber(main: { innerText: () => Promise<string> }): Promise<string> {
  return /\bA[34679ACDEFGHJKMNPQRTUVWXY]{8}\b/.exec(await main.innerText())?.[0] ?? '';
}

/** 10 minutes, divided by 20 as all long durations are. */
const LONG_PAUSE_MS = 30_000;
const SHORT_PAUSE_MS = 1000;

/** The whole request arrives, the answer never does; the member presses again after a while. Ten members at a time. */
export function loseTheAnswer(): FaultRun[] {
  return repeat(times(1, 10), (index) => ({
    fault: 'F21',
    name: `answer lost, pressed again after 1 s or 30 s (${index + 1})`,
    counts: 10,
    strike: async (rig: Rig) => {
      await Promise.all(repeat(10, (member) => answerLost(rig, member === 0 ? LONG_PAUSE_MS : SHORT_PAUSE_MS)));
      return [];
    },
  }));
}

async function answerLost(rig: Rig, pauseMs: number): Promise<void> {
  const order = await freshOrder(rig);
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
  await sleep(pauseMs);
  await rig.clients.sendUntilReceipt(order);
  await expectOneRow(rig, order);
}
