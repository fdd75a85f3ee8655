/** ログイン通知メール and its お心当たりのない page: what a member does who reads of a sign-in that wasn't theirs. */
import type { Page } from '@playwright/test';
import { expect, test } from 'vitest';
import { config } from '../../runtime/config.ts';
import { buildAccount, buildMember } from '../support/build.ts';
import { linkIn } from './tools/mailed-link.ts';
import { letterNames } from './tools/mails.ts';
import { valueOf } from './tools/order.ts';
import { runningSite } from './tools/running-site.ts';
import { typeCode, typeSignIn } from './tools/sign-in.ts';
import { useChromium } from './tools/use-chromium.ts';

const { origin, mails } = runningSite();
const visitor = useChromium();

const NEXT = 'Atarashi-27';
const STOP = '心当たりがないので停止する';
const REFUSED = '入力された内容の組み合わせが正しくありません。';
const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name, exact: true });

test.each([true, false])(
  'the button of the mailed page stops whoever signed in at once; the mailed reset opens the site again (JavaScript: %s)',
  async (javaScript) => {
    const account = await buildAccount();
    const member = await buildMember({ account, userName: 'テスト担当者6' });
    const thief = await visitor({ origin, javaScript });
    await thief.page.goto('/login?returnTo=/account/applications');
    await typeSignIn(thief.page, member);
    await heading(thief.page, '申込履歴').waitFor();
    const notice = await mails.arrived({ to: member.address, name: letterNames.signedIn });
    const { page, complaints } = await visitor({ origin, javaScript });

    await page.goto(linkIn(notice));
    await heading(page, 'お心当たりのないログイン').waitFor();
    expect(page.url()).toBe(`${origin}/sign-in-notice`);
    for (const label of ['ログイン日時', '照合番号', '有効期限'])
      expect(notice.text).toContain(`${label}: ${await valueOf(page, label)}`);
    await thief.page.reload();
    await heading(thief.page, '申込履歴').waitFor();
    await page.getByRole('button', { name: STOP }).click();
    await heading(page, 'ログインを停止しました').waitFor();

    await thief.page.reload();
    await heading(thief.page, 'ログイン').waitFor();
    await typeSignIn(thief.page, member);
    await thief.page.getByText(REFUSED).waitFor();
    const told = { to: config().contactCenterAddress, name: letterNames.signInReported, about: account.customerNumber };
    expect((await mails.arrived(told)).text).toContain('利用者: テスト担当者6');
    await page.goto(linkIn(notice));
    await heading(page, 'このURLは使用済みです').waitFor();
    await page.goto(linkIn(await mails.arrived({ to: member.address, name: letterNames.passwordReset })));
    await typeNewPassword(page);
    await heading(page, 'パスワードを再設定しました').waitFor();
    await page.getByRole('link', { name: 'ログイン画面へ' }).click();
    await typeSignIn(page, { ...member, password: NEXT });
    await page.getByText('テスト担当者6').first().waitFor();
    expect([...complaints, ...thief.complaints]).toEqual([]);
  },
);

test('多要素認証 stays on: after the reset the code is asked for, and the new sign-in has a notice of its own', async () => {
  const member = await buildMember({ mfa: true, userName: 'テスト担当者7' });
  const { page, complaints } = await visitor({ origin });
  await page.goto('/login');
  await typeSignIn(page, member);
  await typeCode(page, await mails.code(member.address));
  const wanted = { to: member.address, name: letterNames.signedIn };
  const first = linkIn(await mails.arrived(wanted));
  await page.goto(first);
  await page.getByRole('button', { name: STOP }).click();
  await heading(page, 'ログインを停止しました').waitFor();
  await page.goto(linkIn(await mails.arrived({ to: member.address, name: letterNames.passwordReset })));
  await typeNewPassword(page);
  await heading(page, 'パスワードを再設定しました').waitFor();

  await page.goto('/login');
  await typeSignIn(page, { ...member, password: NEXT });
  await heading(page, 'ワンタイムパスワード認証').waitFor();
  await typeCode(page, await mails.code(member.address, 2));

  await page.getByText('テスト担当者7').first().waitFor();
  const second = linkIn(await mails.arrived(wanted, 2));
  expect(second).not.toBe(first);
  await page.goto(second);
  await heading(page, 'お心当たりのないログイン').waitFor();
  expect(complaints).toEqual([]);
});

/** Sets {@link NEXT} on 「パスワードの再設定」, as it is open. */
async function typeNewPassword(page: Page): Promise<void> {
  await page.getByRole('textbox', { name: '新パスワード' }).first().fill(NEXT);
  await page.getByRole('textbox', { name: '新パスワード (確認用)' }).fill(NEXT);
  await page.getByRole('button', { name: 'パスワードを再設定する' }).click();
}
