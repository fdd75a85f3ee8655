/** Signing in as people do it, with the pages that are open. */
import type { Page } from '@playwright/test';
import type { Mails } from './mails.ts';

export interface MemberCredentials {
  loginId: string;
  address: string;
  password: string;
}

/** Who signs in by the README. */
export const demo = {
  mustChange: { loginId: 'demo0001', address: 'tanto1@example.jp', password: 'Kashi-2026' },
  plain: { loginId: 'demo0001', address: 'tanto2@example.jp', password: 'Kashi-2026' },
  withCode: { loginId: 'demo0001', address: 'tanto3@example.jp', password: 'Kashi-2026' },
  staff: { address: 'staff@example.jp', password: 'Tehai-2026' },
} as const;

/** Fills in 「ログイン」, as it is open, and presses the button. */
export async function typeSignIn(page: Page, credentials: Omit<MemberCredentials, 'loginId'> & { loginId?: string }) {
  if (credentials.loginId !== undefined) await page.getByLabel('ログインID').fill(credentials.loginId);
  await page.getByLabel('メールアドレス').fill(credentials.address);
  await page.getByRole('textbox', { name: 'パスワード' }).fill(credentials.password);
  await page.getByRole('main').getByRole('button', { name: 'ログイン', exact: true }).click();
}

/** Types a code into 「ワンタイムパスワード認証」, as it is open. */
export async function typeCode(page: Page, code: string): Promise<void> {
  await page.getByRole('textbox', { name: 'ワンタイムパスワード' }).fill(code);
  await page.getByRole('button', { name: '送信', exact: true }).click();
}

/** From the sign-in to the queue, with the code from the mail. */
export async function signInStaff(page: Page, mails: Mails, staff: { address: string; password: string }) {
  const before = await mails.find({ to: staff.address, name: 'ワンタイムパスワード通知' });
  await page.goto('/staff');
  await typeSignIn(page, { address: staff.address, password: staff.password });
  await typeCode(page, await mails.code(staff.address, before.length + 1));
  await page.getByRole('heading', { level: 1, name: '対応待ちの申込' }).waitFor();
}
