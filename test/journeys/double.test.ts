/** One draft is one application for ever (S85, F19), whatever a hurried or careful person does with buttons, tabs and the Back button. */
import type { Page } from '@playwright/test';
import { beforeAll, expect, test } from 'vitest';
import { firstRow } from '../../db/raw.ts';
import { buildMember, buildProduct, type BuiltMember } from '../support/build.ts';
import { useChromium } from './tools/use-chromium.ts';
import { letterNames } from './tools/mails.ts';
import { fillInOrder, readReceipt, sendButton } from './tools/order.ts';
import { runningSite } from './tools/running-site.ts';
import { sessionCookie } from './tools/session-cookie.ts';

const { origin, mails } = runningSite();
const visitor = useChromium();
let productCode = '';

beforeAll(async () => {
  productCode = (await buildProduct()).code;
});

/** A member of their own, signed in, at 確認. */
async function atConfirm() {
  const member = await buildMember();
  const opened = await visitor({ origin, setCookie: await sessionCookie(member) });
  await fillInOrder(opened.page, { productCode, quantity: 1 });
  return { member, ...opened };
}

async function applicationsOf({ memberId }: BuiltMember): Promise<number> {
  const row = await firstRow<{ n: number }>(`select count(*)::int as n from applications where member_id = $1`, [
    memberId,
  ]);
  return row?.n ?? 0;
}

test('a double click sends one application, and one letter tells of it', async () => {
  const { member, page, complaints } = await atConfirm();

  await sendButton(page).dblclick();

  const { applicationNumber } = await readReceipt(page);
  expect(await applicationsOf(member)).toBe(1);
  const letter = { to: member.address, name: letterNames.accepted };
  expect((await mails.arrived(letter)).text).toContain(applicationNumber);
  expect(await mails.find(letter)).toHaveLength(1);
  expect(complaints).toEqual([]);
});

test('the Back button and a reload of the receipt lead to the same receipt', async () => {
  const { member, page } = await atConfirm();
  await sendButton(page).click();
  const receipt = await readReceipt(page);

  await page.reload();
  expect(await readReceipt(page)).toEqual(receipt);
  await page.goBack();
  expect(await readReceipt(page)).toEqual(receipt);
  await page.goBack();
  expect(await readReceipt(page)).toEqual(receipt);

  expect(await applicationsOf(member)).toBe(1);
});

test('the same content sent from a second tab leads to the same receipt', async () => {
  const { member, page, context } = await atConfirm();
  const second = await context.newPage();
  await second.goto(page.url());
  await sendButton(page).click();
  const receipt = await readReceipt(page);

  await sendButton(second).click();

  expect(await readReceipt(second)).toEqual(receipt);
  expect(await applicationsOf(member)).toBe(1);
});

test('another content from a second tab is not sent: the page shows the receipt, the differences and two ways on', async () => {
  const { member, page, context, complaints } = await atConfirm();
  const second = await context.newPage();
  await second.goto(page.url().replace('/confirm', ''));
  await sendButton(page).click();
  const first = await readReceipt(page);

  const answer = await changeQuantity(second, '7');

  expect(answer).toBe(409);
  await second.getByRole('heading', { level: 1, name: 'このお申し込みは送信済みです' }).waitFor();
  const words = await second.getByRole('main').innerText();
  expect(words).toContain(first.applicationNumber);
  expect(words).toContain('商品1の数量');
  expect(words).not.toContain('商品1の商品コード');
  expect(await applicationsOf(member)).toBe(1);
  const receiptLink = second.getByRole('link', { name: '送信済みの申込を見る' });
  expect(await receiptLink.getAttribute('href')).toBe(new URL(page.url()).pathname);

  await second.getByRole('button', { name: '別の申込として送る' }).click();
  await second.getByRole('heading', { level: 1, name: '注文内容の確認' }).waitFor();
  await sendButton(second).click();
  const another = await readReceipt(second);
  expect(another.orderNumber).not.toBe(first.orderNumber);
  expect(await applicationsOf(member)).toBe(2);
  expect(complaints).toEqual([]);
});

test('what was changed in another tab meanwhile is not sent unseen', async () => {
  const { member, page, context } = await atConfirm();
  const second = await context.newPage();
  await second.goto(page.url().replace('/confirm', ''));
  expect(await changeQuantity(second, '5')).toBe(200);

  await sendButton(page).click();
  await page.getByText('内容が変わっています').waitFor();
  expect(await applicationsOf(member)).toBe(0);
  await sendButton(page).click();

  await readReceipt(page);
  expect(await applicationsOf(member)).toBe(1);
});

/** Types another 数量 at 入力 and goes on. Answers the status of the page that comes. */
async function changeQuantity(page: Page, quantity: string): Promise<number> {
  await page.getByLabel('数量').fill(quantity);
  const [answer] = await Promise.all([
    page.waitForResponse((response) => response.request().isNavigationRequest() && response.status() !== 303),
    page.getByRole('button', { name: '確認画面へ' }).click(),
  ]);
  return answer.status();
}
