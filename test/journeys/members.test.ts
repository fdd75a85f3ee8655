/** 「利用者管理」 as members see it, with and without JavaScript: each mail is read where it arrived, each link opened by its recipient. */
import type { Page } from '@playwright/test';
import { describe, expect, test } from 'vitest';
import { buildMember, builtPassword, type BuiltMember } from '../support/build.ts';
import { buildKeeper } from '../support/invited.ts';
import { shiftLinks } from '../support/links.ts';
import { rows } from '../../db/raw.ts';
import { linkIn } from './tools/mailed-link.ts';
import { letterNames } from './tools/mails.ts';
import { runningSite } from './tools/running-site.ts';
import { sessionCookie } from './tools/session-cookie.ts';
import { typeSignIn } from './tools/sign-in.ts';
import { useChromium } from './tools/use-chromium.ts';

const { origin, mails } = runningSite();
const visitor = useChromium();

const PASSWORD = 'Atarashi-27';

let last = 0;
const freshAddress = (): string => `journey-${Date.now()}-${(last += 1)}@example.jp`;

/** The row of 「利用者一覧」 with an address. */
const rowOf = (page: Page, address: string) => page.getByRole('row').filter({ hasText: address });

async function addMember(page: Page, address: string): Promise<void> {
  await page.getByLabel('メールアドレス').fill(address);
  await page.getByRole('button', { name: '追加', exact: true }).click();
}

/** Opens the link of the 「パスワード設定依頼メール」, as it arrived, and sets name and password. */
async function setUp(page: Page, link: string, userName: string): Promise<void> {
  await page.goto(link);
  await page.getByRole('heading', { level: 1, name: 'パスワードとユーザ名の設定' }).waitFor();
  expect(page.url()).not.toContain('token');
  await page.getByLabel('ユーザ名').fill(userName);
  await page.getByRole('textbox', { name: '新パスワード' }).first().fill(PASSWORD);
  await page.getByRole('textbox', { name: '新パスワード (確認用)' }).fill(PASSWORD);
  await page.getByRole('button', { name: '設定する' }).click();
  await page.getByRole('heading', { level: 1, name: 'パスワードを設定しました' }).waitFor();
}

async function deleteMember(page: Page, address: string): Promise<void> {
  await rowOf(page, address)
    .getByRole('link', { name: `${address} を削除` })
    .click();
  await page.getByRole('heading', { level: 1, name: '利用者の削除' }).waitFor();
  await page.getByText(address).first().waitFor();
  await page.getByRole('textbox', { name: '現パスワード' }).fill('Chigau-2026');
  await page.getByRole('button', { name: '削除する' }).click();
  await page.getByText('現パスワードが正しくありません').first().waitFor();
  await page.getByRole('textbox', { name: '現パスワード' }).fill(builtPassword);
  await page.getByRole('button', { name: '削除する' }).click();
  await page.getByText('利用者を削除しました').waitFor();
}

/** Signs in from the page behind 「ログイン画面へ」, as it is open. */
async function signInFromDone(page: Page, who: { loginId: string; address: string }, userName: string): Promise<void> {
  await page.getByRole('link', { name: 'ログイン画面へ' }).click();
  await typeSignIn(page, { ...who, password: PASSWORD });
  await page.getByRole('button', { name: 'ログアウト' }).waitFor();
  await page.getByText(userName).first().waitFor();
}

describe.each([{ javaScript: true }, { javaScript: false }])('JavaScript $javaScript', (screen) => {
  /** A member at 「利用者管理」, and whatever else is open. */
  async function atList() {
    const { keeper, account } = await buildKeeper();
    const { page, complaints } = await visitor({ origin, ...screen, setCookie: await sessionCookie(keeper) });
    await page.goto('/account/users');
    await page.getByRole('heading', { level: 1, name: '利用者管理' }).waitFor();
    return { keeper, account, page, complaints };
  }

  test('somebody is added, sets the password by the mailed link, and signs in', async () => {
    const { keeper, page, complaints } = await atList();
    const address = freshAddress();

    await addMember(page, address);
    await page.getByText('利用者を追加しました').waitFor();
    await rowOf(page, address).getByText('設定待ち', { exact: true }).waitFor();
    await addMember(page, address.toUpperCase());
    await page.getByText('このメールアドレスは、すでに利用者一覧に登録されています').first().waitFor();
    expect(await page.getByLabel('メールアドレス').inputValue()).toBe(address.toUpperCase());
    const mail = await mails.arrived({ to: address, name: letterNames.passwordSetup });
    expect(mail.text).toMatch(/^有効期限: \d{4}\/\d\d\/\d\d \d\d:\d\d$/m);
    const invited = await visitor({ origin, ...screen, width: 360 });
    await setUp(invited.page, linkIn(mail), 'テスト担当者7');
    await signInFromDone(invited.page, { loginId: keeper.loginId, address }, 'テスト担当者7');

    await page.goto('/account/users');
    await rowOf(page, address).getByText('利用中', { exact: true }).waitFor();
    await rowOf(page, address).getByText('テスト担当者7').waitFor();
    await mails.arrived({ to: address, name: letterNames.signedIn });
    await invited.page.goto(linkIn(mail));
    await invited.page.getByRole('heading', { level: 1, name: 'このURLは使用済みです' }).waitFor();
    expect([...complaints, ...invited.complaints]).toEqual([]);
  });

  test('a resend mails the same link, and after the end a new one that works', async () => {
    const { keeper, page, complaints } = await atList();
    const address = freshAddress();
    const resend = () => page.getByRole('button', { name: `${address} にメールを再送` }).click();
    const recipient = await visitor({ origin, ...screen, width: 360 });
    await addMember(page, address);
    const first = linkIn(await mails.arrived({ to: address, name: letterNames.passwordSetup }));

    await resend();
    await page.getByText('パスワード設定依頼メールを再送しました').waitFor();
    expect(linkIn(await mails.arrived({ to: address, name: letterNames.passwordSetupAgain }))).toBe(first);
    await threeDaysLater(address);
    await page.reload();
    await rowOf(page, address).getByText('設定期限切れ', { exact: true }).waitFor();
    await recipient.page.goto(first);
    await recipient.page.getByRole('heading', { level: 1, name: 'このURLは有効期限切れです' }).waitFor();
    await resend();
    await rowOf(page, address).getByText('設定待ち', { exact: true }).waitFor();
    const second = linkIn(await mails.arrived({ to: address, name: letterNames.passwordSetup }, 2));
    expect(second).not.toBe(first);
    await setUp(recipient.page, second, 'テスト担当者7');

    await signInFromDone(recipient.page, { loginId: keeper.loginId, address }, 'テスト担当者7');
    expect([...complaints, ...recipient.complaints]).toEqual([]);
  });

  test('an invitation is taken back by deleting: its link is dead, and its address is told', async () => {
    const { page, complaints } = await atList();
    const address = freshAddress();
    await addMember(page, address);
    const link = linkIn(await mails.arrived({ to: address, name: letterNames.passwordSetup }));
    const recipient = await visitor({ origin, ...screen });
    await recipient.page.goto(link);

    await deleteMember(page, address);

    expect(await rowOf(page, address).count()).toBe(0);
    await recipient.page.getByLabel('ユーザ名').fill('テスト担当者7');
    await recipient.page.getByRole('textbox', { name: '新パスワード' }).first().fill(PASSWORD);
    await recipient.page.getByRole('textbox', { name: '新パスワード (確認用)' }).fill(PASSWORD);
    await recipient.page.getByRole('button', { name: '設定する' }).click();
    await recipient.page.getByRole('heading', { level: 1, name: 'このURLは取り消し済みです' }).waitFor();
    const { text } = await mails.arrived({ to: address, name: letterNames.memberDeleted });
    expect(text).toContain('利用者としてのご登録が取り消されました');
    expect([...complaints, ...recipient.complaints]).toEqual([]);
  });

  test('who is deleted with a page open is told so, and may be added again at once', async () => {
    const { keeper, account, page, complaints } = await atList();
    const colleague = await buildMember({ account, userName: 'テスト担当者2', address: freshAddress() });
    const theirs = await visitor({ origin, ...screen, setCookie: await sessionCookie(colleague) });
    await theirs.page.goto('/account/users');
    await page.reload();

    await deleteMember(page, colleague.address);
    await addMember(page, colleague.address);
    await rowOf(page, colleague.address).getByText('設定待ち', { exact: true }).waitFor();
    await addMember(theirs.page, freshAddress());

    await theirs.page.getByText('利用者登録が削除されたため、ログアウトしました').waitFor();
    await typeSignIn(theirs.page, colleague);
    await theirs.page.getByText('ログインできませんでした').waitFor();
    await expectTold(colleague, keeper);
    const mail = await mails.arrived({ to: colleague.address, name: letterNames.passwordSetup });
    await setUp(theirs.page, linkIn(mail), 'テスト担当者8');
    await signInFromDone(theirs.page, colleague, 'テスト担当者8');
    await page.goto('/account/users');
    expect(await page.getByRole('row').count()).toBe(3);
    expect([...complaints, ...theirs.complaints]).toEqual([]);
  });

  test('who deletes oneself is signed out, and the others are told', async () => {
    const { keeper, account } = await atList();
    const colleague = await buildMember({ account, userName: 'テスト担当者2', address: freshAddress() });
    const own = await visitor({ origin, ...screen, setCookie: await sessionCookie(colleague) });
    await own.page.goto('/account/users');

    await rowOf(own.page, colleague.address).getByRole('link', { name: '削除' }).click();
    await own.page.getByText('ご自身を削除すると').waitFor();
    await own.page.getByRole('textbox', { name: '現パスワード' }).fill(builtPassword);
    await own.page.getByRole('button', { name: '削除する' }).click();

    await own.page.getByRole('heading', { level: 1, name: '削除が完了しました' }).waitFor();
    await own.page.goto('/account/users');
    await own.page.getByRole('heading', { level: 1, name: 'ログイン' }).waitFor();
    await mails.arrived({ to: colleague.address, name: letterNames.memberDeleted });
    const { text } = await mails.arrived({ to: keeper.address, name: letterNames.memberDeleted });
    expect(text).toContain(`削除された利用者: テスト担当者2 (${colleague.address})`);
    expect(own.complaints).toEqual([]);
  });
});

/** As if the three days of the link had gone by. */
async function threeDaysLater(address: string): Promise<void> {
  const [member] = await rows<{ id: string }>(`select id from members where address = $1`, [address]);
  await shiftLinks(member?.id ?? '', -73 * 3600);
}

async function expectTold(deleted: BuiltMember, other: BuiltMember): Promise<void> {
  const told = await mails.arrived({ to: deleted.address, name: letterNames.memberDeleted });
  expect(told.text).toContain('このメールアドレスが削除されました');
  const others = await mails.arrived({ to: other.address, name: letterNames.memberDeleted, about: deleted.address });
  expect(others.text).toContain(`操作した利用者: ${other.name} (${other.address})`);
}
