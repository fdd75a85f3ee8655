/** A part is killed in the middle of an order: it still ends right, once, with one number and one letter of each kind. */
import type { Page } from '@playwright/test';
import { afterEach, beforeAll, expect, test } from 'vitest';
import { rows } from '../../db/raw.ts';
import { waitFor } from '../../scripts/start/wait.ts';
import { buildMember, buildProduct, buildStaff, type BuiltMember } from '../support/build.ts';
import type { PartName } from '../support/site.ts';
import { useChromium } from './tools/use-chromium.ts';
import { letterNames } from './tools/mails.ts';
import { fillInOrder, readReceipt, reloadUntil, sendButton, type Receipt } from './tools/order.ts';
import { runningSite } from './tools/running-site.ts';
import { sessionCookie } from './tools/session-cookie.ts';

const site = runningSite();
const visitor = useChromium();
const { origin, mails } = site;
let productCode = '';

beforeAll(async () => {
  productCode = (await buildProduct()).code;
});

// The next test, in whichever file, begins with a whole site.
afterEach(() => site.ready(), 90_000);

test('the worker dies as the order is sent, and again as it is arranged', async () => {
  const { member, page } = await atConfirm();

  kill('worker');
  await sendButton(page).click();
  const receipt = await readReceipt(page);
  await site.ready();
  await arrange(receipt, () => kill('worker'));

  await expectOnce(member, page, receipt);
});

test('Temporal dies as the order is sent, and again as it is arranged', async () => {
  const { member, page } = await atConfirm();

  kill('temporal');
  await sendButton(page).click();
  const receipt = await readReceipt(page);
  await site.ready();
  await arrange(receipt, () => kill('temporal'));

  await expectOnce(member, page, receipt);
});

test('the site itself dies as the order is sent: whoever sends it again gets the one receipt', async () => {
  const { member, page } = await atConfirm();
  const confirm = page.url();

  page.once('request', () => kill('web'));
  await sendButton(page).click();
  await page.waitForLoadState('domcontentloaded').catch(() => undefined);
  await site.ready();
  await page.goto(confirm);
  // Either it got through before, and the receipt comes at once; or it is sent now.
  if (page.url() === confirm) await sendButton(page).click();
  const receipt = await readReceipt(page);
  await arrange(receipt, () => undefined);

  await expectOnce(member, page, receipt);
});

/** kill -9 */
const kill = (part: PartName): void => void process.kill(site.pid(part), 'SIGKILL');

async function atConfirm() {
  const member = await buildMember();
  const opened = await visitor({ origin, setCookie: await sessionCookie(member) });
  await fillInOrder(opened.page, { productCode, quantity: 1 });
  return { member, ...opened };
}

/** A colleague at the contact center presses 手配済にする; `meanwhile` happens just before. */
async function arrange({ orderNumber }: Receipt, meanwhile: () => void): Promise<void> {
  const { page } = await visitor({ origin, setCookie: await sessionCookie(await buildStaff()) });
  await page.goto('/staff');
  await waitFor(() => openRow(page, orderNumber), { withinMs: 30_000 });
  meanwhile();
  await page.getByRole('button', { name: '手配済にする' }).click();
  await page.getByText('手配済', { exact: true }).first().waitFor({ timeout: 60_000 });
}

/** The newest stands on the last page. */
async function openRow(page: Page, orderNumber: string): Promise<void> {
  for (;;) {
    const link = page.getByRole('row', { name: orderNumber }).getByRole('link');
    if ((await link.count()) > 0) {
      await link.click();
      await page.getByRole('heading', { level: 1, name: '申込の対応' }).waitFor();
      return;
    }
    await page.getByRole('link', { name: '次のページ' }).click({ timeout: 2000 });
  }
}

async function expectOnce({ memberId, address: to }: BuiltMember, page: Page, receipt: Receipt): Promise<void> {
  const { applicationNumber: about, orderNumber } = receipt;
  await page.goto(`/account/applications/${about}`);
  await reloadUntil(page, '確認結果', '手配済');
  const sent = await rows<{ orderNumber: string }>(
    'select order_number as "orderNumber" from applications where member_id = $1',
    [memberId],
  );
  expect(sent).toEqual([{ orderNumber }]);
  expect(orderNumber).toMatch(/^\d{12}$/);
  for (const name of [letterNames.accepted, letterNames.arranged]) {
    await mails.arrived({ to, name, about });
    const arrived = await mails.find({ to, name });
    // A mail may come twice when its sender dies right after the last word; it is the same letter then.
    expect(new Set(arrived.map(({ messageId, text }) => `${messageId} ${text}`)).size, name).toBe(1);
  }
}
