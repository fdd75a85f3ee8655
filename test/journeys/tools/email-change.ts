/** メールアドレス変更 as a member does it, with the pages that are open. */
import type { Page } from '@playwright/test';
import type { Mails } from './mails.ts';

/** Names of its letters as they stand in the subject. */
export const emailChangeLetters = {
  request: 'メールアドレス変更依頼受付',
  confirmation: 'メールアドレス変更の確認',
  changed: 'メールアドレス変更のお知らせ',
} as const;

/** The address that stands alone on a line of the newest such mail. @param count how many of them must have come */
export async function mailedLink(mails: Mails, to: string, name: string, count = 1): Promise<string> {
  const { text } = await mails.arrived({ to, name }, count);
  const link = /^https?:\S+$/m.exec(text)?.[0];
  if (link === undefined) throw new Error(`no link stands alone on a line of:\n${text}`);
  return link;
}

/** Presses 「メールアドレス変更依頼」 on お客様情報設定; the page must be signed in. */
export async function askForChange(page: Page): Promise<void> {
  await page.goto('/account');
  await page.getByRole('button', { name: 'メールアドレス変更依頼' }).click();
  await page.getByRole('heading', { level: 1, name: 'メールアドレス変更依頼を受け付けました' }).waitFor();
}

/** Fills in the page behind the link in the old mailbox and presses its button. */
export async function typeNewAddress(page: Page, password: string, newAddress: string): Promise<void> {
  await page.getByRole('textbox', { name: '現パスワード' }).fill(password);
  await page.getByLabel('新しいメールアドレス').fill(newAddress);
  await page.getByRole('button', { name: '確認メールを送信' }).click();
}

/** Presses the button of the page behind the link in the new mailbox. */
export const confirmAddress = (page: Page): Promise<void> =>
  page.getByRole('button', { name: 'このメールアドレスに変更する' }).click();
