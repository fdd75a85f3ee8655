/** パスワード再設定, by pages and mail alone. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { BuiltMember } from '../../support/build.ts';
import { mailedTokens } from '../../support/links.ts';
import type { Target } from '../attack.ts';
import { Browser, type Answer } from './browser.ts';
import { follow, pressOn } from './mailed-links.ts';

const WITHIN_MS = 60_000;

/** Asks for the mail with the link. */
export async function askForReset(
  target: Target,
  { loginId, address }: Pick<BuiltMember, 'loginId' | 'address'>,
): Promise<Answer> {
  const browser = new Browser(target);
  return browser.submit(await browser.formWith('/password/forgot', 'loginId'), { loginId, address });
}

/** Waits for the link. @throws Error when it doesn't come */
async function resetToken({ memberId }: Pick<BuiltMember, 'memberId'>): Promise<string> {
  const end = Date.now() + WITHIN_MS;
  while (Date.now() < end) {
    const [token] = await mailedTokens(memberId, 'password-reset');
    if (token !== undefined) return token;
    await sleep(100);
  }
  throw new Error('no reset link was mailed');
}

/** Opens the link in a browser of its own and sets the new password. @returns that browser */
export async function resetByMail(target: Target, member: BuiltMember, password: string): Promise<Browser> {
  await askForReset(target, member);
  const browser = await follow(target, { purpose: 'password-reset', token: await resetToken(member) });
  await pressOn(browser, 'password-reset', { newPassword: password, newPasswordConfirmation: password });
  return browser;
}
