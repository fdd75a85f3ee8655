/** メールアドレス変更 as a member does it, with the pages that are open. */
import type { Page } from '@playwright/test';

/** Fills in the page behind the link in the old mailbox and presses its button. */
export async function typeNewAddress(page: Page, password: string, newAddress: string): Promise<void> {
  await page.getByRole('textbox', { name: '現パスワード' }).fill(password);
  await page.getByLabel('新しいメールアドレス').fill(newAddress);
  await page.getByRole('button', { name: '確認メールを送信' }).click();
}

/** Presses the button of the page behind the link in the new mailbox. */
export const confirmAddress = (page: Page): Promise<void> =>
  page.getByRole('button', { name: 'このメールアドレスに変更する' }).click();
