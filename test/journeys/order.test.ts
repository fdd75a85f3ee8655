/** The whole way: from 「ログイン」 to 手配済, with the mails that really went out. */
import { expect, test } from 'vitest';
import type { Page } from '@playwright/test';
import { useChromium } from './tools/use-chromium.ts';
import { letterNames } from './tools/mails.ts';
import { fillInForm, readReceipt, sendButton, valueOf, type Receipt } from './tools/order.ts';
import { runningSite } from './tools/running-site.ts';
import { demo, signInStaff, typeSignIn } from './tools/sign-in.ts';

const site = runningSite();
const visitor = useChromium();
const { origin, mails } = site;

test('a member orders on a desktop, staff arrange it, the member sees 手配済', async () => {
  const { page, complaints } = await visitor({ origin });

  const receipt = await orderAs(page, async () => {
    // The catalogue offers itself while one types.
    const code = page.getByLabel('商品コード');
    await code.fill('');
    await code.pressSequentially('DSX2-8');
    await page.getByRole('button', { name: /^DSX2-8000 .* を選ぶ$/ }).click();
    await expect.poll(() => code.inputValue()).toBe('DSX2-8000');
    await page.getByText('33日', { exact: true }).waitFor();
    await page.getByRole('button', { name: '確認画面へ' }).click();
  });
  await arrange(receipt, { origin });
  await seesArranged(page, receipt);

  await expectOneLetterOfEachKind(receipt);
  expect(complaints).toEqual([]);
});

test('the same way works without JavaScript on a phone', async () => {
  const phone = { origin, width: 360, javaScript: false };
  const { page, complaints } = await visitor(phone);

  const receipt = await orderAs(page, async () => {
    await page.getByLabel('商品コード').fill('単心分離具II');
    await page.getByRole('button', { name: '商品1の商品を検索' }).click();
    await page.getByRole('button', { name: 'TBS-02 光ファイバテープ単心分離具II を選ぶ' }).click();
    await expect.poll(() => page.getByLabel('商品コード').inputValue()).toBe('TBS-02');
    await page.getByRole('button', { name: '確認画面へ' }).click();
  });
  await arrange(receipt, phone);
  await seesArranged(page, receipt);

  await expectOneLetterOfEachKind(receipt);
  expect(complaints).toEqual([]);
});

/** Signs in by way of the page that was wanted, orders, and ends at the receipt. @param choose finds the product and goes on to 確認 */
async function orderAs(page: Page, choose: () => Promise<void>): Promise<Receipt> {
  const notice = { to: demo.plain.address, name: letterNames.signedIn };
  const noticesBefore = await mails.find(notice);
  await page.goto('/login');
  await typeSignIn(page, demo.plain);
  await page.getByRole('link', { name: '見積・注文' }).first().click();
  await page.getByRole('link', { name: '注文を入力する' }).click();
  await fillInForm(page, { productCode: '', quantity: 2 });
  await choose();
  await page.getByRole('heading', { level: 1, name: '注文内容の確認' }).waitFor();
  expect(await valueOf(page, '郵便番号')).toBe('261-0023');
  await sendButton(page).click();
  const receipt = await readReceipt(page);
  expect(receipt.orderNumber).toMatch(/^\d{12}$/);
  expect(receipt.applicationNumber).toMatch(/^A\w{8}$/);
  await mails.arrived({ to: demo.plain.address, name: letterNames.accepted, about: receipt.applicationNumber });
  await mails.arrived(notice, noticesBefore.length + 1);
  return receipt;
}

async function arrange({ orderNumber }: Receipt, screen: Parameters<typeof visitor>[0]): Promise<void> {
  const { page, complaints } = await visitor(screen);
  await signInStaff(page, mails, demo.staff);
  await page.getByRole('row', { name: orderNumber }).getByRole('link').click();
  await page.getByRole('button', { name: '手配済にする' }).click();
  await page.getByText('手配済にしました').waitFor();
  expect(complaints).toEqual([]);
}

async function seesArranged(page: Page, { applicationNumber, orderNumber }: Receipt): Promise<void> {
  await page.goto('/account/applications');
  const row = page.getByRole('row', { name: orderNumber });
  await row.getByText('手配済', { exact: true }).waitFor();
  await row.getByRole('link').click();
  await page.getByRole('heading', { level: 1, name: 'お申し込みの詳細' }).waitFor();
  expect(await valueOf(page, '確認結果')).toBe('手配済');
  expect(await valueOf(page, '申込番号')).toBe(applicationNumber);
  await mails.arrived({ to: demo.plain.address, name: letterNames.arranged, about: applicationNumber });
}

async function expectOneLetterOfEachKind({ applicationNumber: about, orderNumber }: Receipt): Promise<void> {
  const to = demo.plain.address;
  for (const name of [letterNames.accepted, letterNames.arranged]) {
    const [letter, ...more] = await mails.find({ to, name, about });
    expect(more, name).toEqual([]);
    expect(letter?.text, name).toContain(orderNumber);
  }
}
