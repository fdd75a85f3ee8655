/** お客様情報設定 as a member uses it: user name, 多要素認証, password, where one is signed in, what is under way. */
import type { Page } from '@playwright/test';
import { describe, expect, test } from 'vitest';
import { memberSessions } from '../../app/auth/browser-sessions.server.ts';
import { inTransaction } from '../../db/connect.ts';
import { listOwnProcedures } from '../../db/stores/own-procedures.ts';
import { openResetFor } from '../../db/stores/password-reset.ts';
import { buildMember, buildMemberSession, type BuiltMember } from '../support/build.ts';
import { letterNames } from './tools/mails.ts';
import { seesInTemporal } from './tools/operator.ts';
import { runningSite } from './tools/running-site.ts';
import { typeCode, typeSignIn } from './tools/sign-in.ts';
import { useChromium } from './tools/use-chromium.ts';

const { origin, mails, temporalUi } = runningSite();
const visitor = useChromium();

const SETTINGS = { level: 1, name: 'お客様情報設定' } as const;
const CODE_PAGE = { level: 1, name: 'ワンタイムパスワード認証' } as const;

describe.each([
  { how: 'with JavaScript', javaScript: true },
  { how: 'without JavaScript', javaScript: false },
])('$how', ({ javaScript }) => {
  test('a changed user name is shown everywhere and told by mail', async () => {
    const { member, page, complaints } = await atSettings();

    await page.getByLabel('ユーザ名').fill('テスト担当者7');
    await press(page, '登録情報変更');

    await page.getByText('登録情報を変更しました').waitFor();
    expect(await page.getByLabel('ユーザ名').inputValue()).toBe('テスト担当者7');
    await page.getByText('テスト担当者7 様').first().waitFor();
    const { text } = await mails.arrived({ to: member.address, name: letterNames.registrationChanged });
    expect(text).toContain('・ユーザ名を変更しました。');
    expect(complaints).toEqual([]);
  });

  test('多要素認証 is turned on by the mailed code, asked for at the next sign-in, and turned off with the password', async () => {
    const { member, page, complaints } = await atSettings();
    const { address } = member;

    await choose(page, '利用する');
    await press(page, '登録情報変更');
    await page.getByRole('heading', { level: 1, name: '多要素認証の設定' }).waitFor();
    await typeCode(page, await mails.code(address));
    await page.getByText('多要素認証を「利用する」に変更しました').waitFor();
    const { text: turnedOn } = await mails.arrived({ to: address, name: letterNames.registrationChanged });
    expect(turnedOn).toContain('多要素認証を「利用する」に変更しました');

    const next = await visitor({ origin, javaScript });
    await next.page.goto('/login?returnTo=/account');
    await typeSignIn(next.page, member);
    await next.page.getByRole('heading', CODE_PAGE).waitFor();
    await typeCode(next.page, await mails.code(address, 2));
    await next.page.getByRole('heading', SETTINGS).waitFor();

    await choose(page, '利用しない');
    await page.getByRole('textbox', { name: '現パスワード' }).first().fill(member.password);
    await press(page, '登録情報変更');
    await page.getByText('多要素認証は「利用しない」になりました。').waitFor();
    const { text: turnedOff } = await mails.arrived({ to: address, name: letterNames.registrationChanged }, 2);
    expect(turnedOff).toContain('多要素認証を「利用しない」に変更しました');
    await next.page.goto('/account');
    await next.page.getByRole('heading', { level: 1, name: 'ログイン' }).waitFor();
    await typeSignIn(next.page, member);
    await next.page.getByRole('heading', SETTINGS).waitFor();
    expect([...complaints, ...next.complaints]).toEqual([]);
  });

  test('another browser is signed out from here, with the current password', async () => {
    const { member, page, complaints } = await atSettings();
    const other = await signedIn(member);
    await page.reload();

    await page.getByRole('radio', { name: 'その他のブラウザ' }).check();
    await page.getByRole('textbox', { name: '現パスワード' }).fill(member.password);
    await press(page, 'ログアウトさせる');

    await page.getByText('ログアウトさせました').waitFor();
    await page.getByText('ほかにログイン中のブラウザはありません。').waitFor();
    await other.page.goto('/account');
    await other.page.getByRole('heading', { level: 1, name: 'ログイン' }).waitFor();
    expect([...complaints, ...other.complaints]).toEqual([]);
  });

  test('a changed password leads back here, is told by mail and ends the other browsers', async () => {
    const { member, page, complaints } = await atSettings();
    const other = await signedIn(member);

    await page.getByRole('link', { name: 'パスワード変更' }).click();
    await page.getByRole('textbox', { name: '現パスワード' }).fill(member.password);
    await page.getByRole('textbox', { name: '新パスワード' }).first().fill('Natsu-2027');
    await page.getByRole('textbox', { name: '新パスワード (確認用)' }).fill('Natsu-2027');
    await press(page, 'パスワード変更');
    await page.getByText('パスワードを変更しました').waitFor();
    await page.getByRole('link', { name: '続ける' }).click();

    await page.getByRole('heading', SETTINGS).waitFor();
    await mails.arrived({ to: member.address, name: letterNames.passwordChanged });
    await other.page.goto('/account');
    await other.page.getByRole('heading', { level: 1, name: 'ログイン' }).waitFor();
    expect([...complaints, ...other.complaints]).toEqual([]);
  });

  test('what is under way is mailed again and called off from here', async () => {
    const { member, page, complaints } = await atSettings();
    const change = { to: member.address, name: letterNames.emailChangeRequest };

    await press(page, 'メールアドレス変更依頼');
    await mails.arrived(change);
    await page.goto('/account');
    await page.getByText('現在のメールアドレスに届いたURLが開かれるのを待っています').waitFor();
    await press(page, 'メールアドレス変更: メールを再送する');
    await page.getByText('メールを再送しました').waitFor();
    const [again, first] = await mails.find(change).then(async () => {
      await mails.arrived(change, 2);
      return mails.find(change);
    });
    expect(urlIn(again?.text)).toBe(urlIn(first?.text));
    await press(page, 'メールアドレス変更: このお手続きを取り消す');
    await page.getByText('お手続きを取り消しました').waitFor();
    await page.getByText('進行中のお手続きはありません。').waitFor();
    await page.goto(urlIn(first?.text));
    await page.getByText('取り消').first().waitFor();
    expect(complaints).toEqual([]);
  });

  test('turning 多要素認証 on is gone on with or called off from here', async () => {
    const { page, complaints } = await atSettings();
    await choose(page, '利用する');
    await press(page, '登録情報変更');
    await page.getByRole('heading', { level: 1, name: '多要素認証の設定' }).waitFor();

    await page.goto('/account');
    await page.getByText('ワンタイムパスワードの入力を待っています').waitFor();
    await page.getByRole('link', { name: 'ワンタイムパスワードを入力する' }).click();
    await page.getByRole('heading', { level: 1, name: '多要素認証の設定' }).waitFor();
    await page.goto('/account');
    await press(page, '多要素認証の設定: このお手続きを取り消す');

    await page.getByText('お手続きを取り消しました').waitFor();
    await page.goto('/account/mfa');
    await page.getByText('このお手続きは取りやめられました').waitFor();
    expect(complaints).toEqual([]);
  });

  /** A member of its own in a browser of its own, on お客様情報設定. */
  async function atSettings() {
    const member = await buildMember();
    const { secret } = await buildMemberSession(member);
    const opened = await visitor({ origin, javaScript, setCookie: await memberSessions().remember(secret) });
    await opened.page.goto('/account');
    await opened.page.getByRole('heading', SETTINGS).waitFor();
    return { member, ...opened };
  }

  async function signedIn(member: BuiltMember) {
    const opened = await visitor({ origin, javaScript });
    await opened.page.goto('/login?returnTo=/account');
    await typeSignIn(opened.page, member);
    await opened.page.getByRole('heading', SETTINGS).waitFor();
    return opened;
  }
});

test('member and operator read the same of what is under way', async () => {
  const member = await buildMember();
  const { secret } = await buildMemberSession(member);
  await inTransaction((tx) => openResetFor(tx, member));
  const { page } = await visitor({ origin, setCookie: await memberSessions().remember(secret) });
  await page.goto('/account');
  const shown = page.getByText('メールのURLからパスワードが再設定されるのを待っています');
  const words = await shown.innerText();
  const [reset] = await listOwnProcedures(member.id);

  const operator = await visitor({ origin: temporalUi });
  await seesInTemporal(operator.page, `password-reset/${reset?.id ?? ''}`, words);
  await press(page, 'パスワードの再設定: メールを再送する');
  await page.getByText('メールを再送しました').waitFor();
  await press(page, 'パスワードの再設定: このお手続きを取り消す');
  await page.getByText('お手続きを取り消しました').waitFor();
});

const press = (page: Page, name: string) => page.getByRole('main').getByRole('button', { name, exact: true }).click();

const choose = (page: Page, choice: string) => page.getByRole('radio', { name: choice, exact: true }).check();

const urlIn = (text = ''): string => /https?:\/\/\S+/.exec(text)?.[0] ?? 'no URL';
