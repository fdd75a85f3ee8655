/** 見積・注文 as a member fills it in. */
import type { Page } from '@playwright/test';
import { waitFor } from '../../../scripts/start/wait.ts';
import { jstDay } from '../../support/build.ts';

export interface WantedOrder {
  productCode: string;
  quantity: number;
}

/** From anywhere to 確認; the page must be signed in. */
export async function fillInOrder(page: Page, order: WantedOrder): Promise<void> {
  await page.goto('/apply');
  await page.getByRole('link', { name: '注文を入力する' }).click();
  await fillInForm(page, order);
  await page.getByRole('button', { name: '確認画面へ' }).click();
  await page.getByRole('heading', { level: 1, name: '注文内容の確認' }).waitFor();
}

/** Fills in the form of 入力, as it is open. */
export async function fillInForm(page: Page, { productCode, quantity }: WantedOrder): Promise<void> {
  const delivery = page.getByRole('group', { name: 'お届け先1' });
  await delivery.getByLabel('会社名').fill('株式会社テスト電設');
  await delivery.getByLabel('担当者名').fill('テスト担当者2');
  await delivery.getByLabel('郵便番号').fill('２６１－００２３');
  await delivery.getByLabel('住所 (都道府県)').selectOption('千葉県');
  await delivery.getByLabel('住所 (以降の住所1)').fill('千葉市美浜区中瀬1-1');
  const item = page.getByRole('group', { name: '商品1', exact: true });
  await item.getByLabel('商品コード').fill(productCode);
  await item.getByLabel('レンタル開始日').fill(jstDay(10));
  await item.getByLabel('レンタル終了日').fill(jstDay(42));
  await item.getByLabel('数量').fill(String(quantity));
}

export const sendButton = (page: Page) => page.getByRole('button', { name: 'この内容で申し込む' });

export interface Receipt {
  applicationNumber: string;
  orderNumber: string;
}

/** The receipt as it is open, once it says 受付完了; it refreshes by itself, with or without JavaScript. */
export async function readReceipt(page: Page): Promise<Receipt> {
  await page.getByRole('heading', { level: 1, name: 'お申し込みの受付' }).waitFor();
  await page.getByText('受付完了', { exact: true }).waitFor({ timeout: 60_000 });
  const applicationNumber = (await valueOf(page, '申込番号')) ?? '';
  const orderNumber = (await valueOf(page, '注文番号')) ?? '';
  return { applicationNumber, orderNumber };
}

/** The value beside a label, of the page as it is open. */
export async function valueOf(page: Page, label: string): Promise<string | undefined> {
  const value = page.locator('dt', { hasText: new RegExp(`^${label}$`) }).locator('xpath=following-sibling::dd');
  return (await value.count()) === 0 ? undefined : (await value.first().innerText()).trim();
}

/** Looks again until the page shows it, as a person does who presses reload. @throws Error when it doesn't within 60 s */
export async function reloadUntil(page: Page, label: string, value: string): Promise<void> {
  await waitFor(
    async () => {
      await page.reload();
      const shown = await valueOf(page, label);
      if (shown !== value) throw new Error(`${label} is ${shown ?? 'missing'}`);
    },
    { withinMs: 60_000, everyMs: 500 },
  );
}
