/** 「利用者管理」 as the attacks use it: a member at its page, adding, deleting, and the link of an invitation. */
import { linkPaths } from '../../../domain/procedures.ts';
import { buildAccount, buildMember, type BuiltAccount, type BuiltMember } from '../../support/build.ts';
import { mailedToken } from '../../support/links.ts';
import type { Target } from '../attack.ts';
import type { Answer, Browser } from './browser.ts';
import { follow } from './mailed-links.ts';
import type { PageForm } from './page.ts';
import { holding } from './sign-in.ts';

export const MEMBERS_PAGE = '/account/users';

export const TAKEN = 'このメールアドレスは、すでに利用者一覧に登録されています';
export const FULL = '登録できる利用者は10件までです';

export interface Keeper {
  account: BuiltAccount;
  member: BuiltMember;
  browser: Browser;
  /** 「利用者追加」, drawn before anybody raced. */
  form: PageForm;
}

/** A member of a fresh account at 「利用者管理」. @param others members besides, 利用中 */
export async function buildKeeper(target: Target, others = 0): Promise<Keeper> {
  const account = await buildAccount();
  const member = await buildMember({ account });
  for (let other = 0; other < others; other += 1) await buildMember({ account });
  const browser = await holding(target, member);
  return { account, member, browser, form: await browser.formWith(MEMBERS_PAGE, 'address') };
}

/** Presses 「追加」. */
export const add = ({ browser, form }: Pick<Keeper, 'browser' | 'form'>, address: string): Promise<Answer> =>
  browser.submit(form, { address, intent: 'add' });

export const added = ({ status, headers }: Answer): boolean =>
  status === 303 && headers.location === `${MEMBERS_PAGE}?done=added`;

/** The confirmation of 「削除」, as drawn. */
export const deletionForm = ({ browser }: Pick<Keeper, 'browser'>, memberId: string): Promise<PageForm> =>
  browser.formWith(`${MEMBERS_PAGE}/${memberId}/delete`, 'currentPassword');

/** Deletes by the page, from its first look to the confirmation. */
export async function deleteByPage(
  { browser, member: { password: currentPassword } }: { browser: Browser; member: { password: string } },
  memberId: string,
): Promise<Answer> {
  return browser.submit(await deletionForm({ browser }, memberId), { currentPassword });
}

/** A browser that has opened the link in the newest 「パスワード設定依頼メール」, reckoned as the mail has it. */
export async function openInvitation(target: Target, memberId: string): Promise<Browser> {
  return follow(target, { purpose: 'password-setup', token: await mailedToken(memberId, 'password-setup') });
}

/** The form behind the link. @throws Error for a dead one */
export const invitationForm = (browser: Browser): Promise<PageForm> =>
  browser.formWith(linkPaths['password-setup'], 'userName');

/** What is typed into it. */
export const setUpAs = (userName: string, password: string): Record<string, string> => ({
  userName,
  newPassword: password,
  newPasswordConfirmation: password,
});

/** The living member of an account with a canonical address. */
export const LIVING_BY_ADDRESS = `select id from members where account_id = $1 and address_canonical = $2 and deleted_at is null`;
