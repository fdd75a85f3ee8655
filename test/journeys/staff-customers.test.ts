/** Staff at the customers, with and without JavaScript: migrated ones are brought in, and those who can't get in any more are helped. */
import { randomUUID } from 'node:crypto';
import type { Page } from '@playwright/test';
import argon2 from 'argon2';
import { describe, expect, test } from 'vitest';
import { rows } from '../../db/raw.ts';
import { tryCode } from '../../db/stores/code-tries.ts';
import { signInMember } from '../../db/stores/sign-in.ts';
import { throttleKey } from '../../db/stores/throttle.ts';
import { buildChallenge, buildMember, buildStaff, buildVisit, type BuiltMember } from '../support/build.ts';
import { csvOf, importLine, inShiftJis, type ImportLine } from '../support/import-file.ts';
import { linkIn } from './tools/mailed-link.ts';
import { letterNames } from './tools/mails.ts';
import { valueOf } from './tools/order.ts';
import { runningSite } from './tools/running-site.ts';
import { sessionCookie } from './tools/session-cookie.ts';
import { typeCode, typeSignIn } from './tools/sign-in.ts';
import { useChromium } from './tools/use-chromium.ts';

const { origin, mails } = runningSite();
const visitor = useChromium();

const OLD_PASSWORD = 'Mukashi-2020';

const press = (page: Page, name: string) => page.getByRole('main').getByRole('button', { name, exact: true }).click();
const signedIn = (page: Page) => page.getByRole('button', { name: 'ログアウト' }).waitFor();
const isAt = (page: Page, name: string) => page.getByRole('heading', { level: 1, name }).waitFor();

async function choose(page: Page, bytes: Uint8Array): Promise<void> {
  const file = { name: 'customers.csv', mimeType: 'text/csv', buffer: Buffer.from(bytes) };
  await page.getByLabel('CSVファイル').setInputFiles(file);
  await press(page, '内容を確認する');
  await isAt(page, '取り込み内容の確認');
}

/** Searches by what a caller says, and opens what is found. */
async function openCustomer(page: Page, words: string): Promise<void> {
  await page.goto('/staff');
  await page.getByRole('link', { name: 'お客様', exact: true }).click();
  await page.getByRole('searchbox', { name: '検索' }).fill(words);
  await press(page, '検索');
  await page.getByText('全1件', { exact: true }).waitFor();
  await page.getByRole('link', { name: /^お客様番号 C\d+ .* を開く$/ }).click();
  await isAt(page, 'お客様の詳細');
}

const field = (page: Page, label: string) => page.getByRole('textbox', { name: new RegExp(`^${label}`) });

/** Types into fields by their labels. */
async function fill(page: Page, typed: Record<string, string>): Promise<void> {
  for (const [label, value] of Object.entries(typed)) await field(page, label).first().fill(value);
}

async function actOn(page: Page, { address }: BuiltMember, act: string): Promise<void> {
  await page.getByRole('checkbox', { name: address }).check();
  await page.getByRole('radio', { name: act }).check();
  await press(page, '実行する');
}

describe.each([
  { how: 'with JavaScript', javaScript: true },
  { how: 'without JavaScript', javaScript: false },
])('$how', ({ javaScript }) => {
  const open = (setCookie?: string) => visitor({ origin, javaScript, setCookie });
  const atStaff = async () => open(await sessionCookie(await buildStaff({ role: 'administrator' })));

  /** A browser at the sign-in, with what a member types there. */
  async function signIn(member: { loginId: string; address: string; password: string }) {
    const opened = await open();
    await opened.page.goto('/login');
    await typeSignIn(opened.page, member);
    return opened;
  }

  test('migrated customers come by a file: looked through, mended, brought in; one signs in, one sets a password', async () => {
    const { lines, bringing, setting } = await migrated();
    const { page, complaints } = await atStaff();
    await page.goto('/staff/customers');
    await page.getByRole('link', { name: 'CSVファイルから取り込む' }).click();

    await choose(page, csvOf(lines.map((line) => ({ ...line, telephone: 'なし' }))));
    await page.getByText('2行目「電話番号」：').waitFor();
    await page.getByText('2件の誤りがあります').waitFor();
    await page.getByRole('link', { name: '別のファイルを選ぶ' }).click();
    await choose(page, inShiftJis(csvOf(lines)));
    expect(await valueOf(page, '新しいお客様')).toBe('1件');
    expect(await valueOf(page, '新しい利用者')).toBe('2件');
    await press(page, '取り込む');
    await page.getByText('取り込みが完了しました').waitFor();

    const old = await signIn({ ...bringing, password: OLD_PASSWORD });
    await isAt(old.page, 'パスワード変更');
    await old.page.getByRole('textbox', { name: '現パスワード' }).fill(OLD_PASSWORD);
    await old.page.getByRole('textbox', { name: '新パスワード' }).first().fill('Natsu-2027');
    await old.page.getByRole('textbox', { name: '新パスワード (確認用)' }).fill('Natsu-2027');
    await press(old.page, 'パスワード変更');
    await old.page.getByText('パスワードを変更しました').first().waitFor();

    await page.getByRole('link', { name: 'お客様一覧へ戻る' }).click();
    await press(page, 'パスワード設定依頼メールを送る');
    await page.getByText('未送信の利用者はいなくなりました。').waitFor();
    const mail = await mails.arrived({ to: setting.address, name: letterNames.passwordSetup });
    const recipient = await open();
    await recipient.page.goto(linkIn(mail));
    await isAt(recipient.page, 'パスワードとユーザ名の設定');
    expect([...complaints, ...old.complaints, ...recipient.complaints]).toEqual([]);
  });

  test('a customer is registered by hand; its first member sets a password, signs in, and orders with the data as it was changed', async () => {
    const loginId = `new-${randomUUID().slice(0, 8)}`;
    const address = `${loginId}@example.jp`;
    const { page, complaints } = await atStaff();
    await page.goto('/staff/customers');
    await page.getByRole('link', { name: 'お客様を登録する' }).click();
    await isAt(page, 'お客様の登録');

    await fill(page, { ログインID: loginId, メールアドレス: address });
    await press(page, '登録する');
    await page.getByText('会社名を入力してください').first().waitFor();
    expect(await field(page, 'ログインID').inputValue()).toBe(loginId);
    await fill(page, { 会社名: '株式会社テスト電設', 郵便番号: '１００ー０００１', 電話番号: '03-0000-0000' });
    await press(page, '登録する');
    await page.getByText('最初の利用者に、パスワード設定依頼メールを送信しました。').waitFor();
    expect(await valueOf(page, 'お客様番号')).toMatch(/^C\d{6}$/);
    expect(await valueOf(page, '郵便番号')).toBe('100-0001');

    await page.getByRole('link', { name: 'お客様情報を変更する' }).click();
    await isAt(page, 'お客様情報の変更');
    await fill(page, { 会社名: '株式会社あたらしい電設' });
    await press(page, '変更する');
    await page.getByText('お客様情報を変更しました').waitFor();
    expect(await valueOf(page, '会社名')).toBe('株式会社あたらしい電設');

    const recipient = await open();
    await recipient.page.goto(linkIn(await mails.arrived({ to: address, name: letterNames.passwordSetup })));
    await isAt(recipient.page, 'パスワードとユーザ名の設定');
    await fill(recipient.page, { ユーザ名: 'テスト担当者1', 新パスワード: 'Hajimete-27' });
    await recipient.page.getByRole('textbox', { name: '新パスワード (確認用)' }).fill('Hajimete-27');
    await press(recipient.page, '設定する');
    await isAt(recipient.page, 'パスワードを設定しました');
    await recipient.page.goto('/login');
    await typeSignIn(recipient.page, { loginId, address, password: 'Hajimete-27' });
    await signedIn(recipient.page);
    await recipient.page.goto(`/apply/${randomUUID()}`);
    expect(await recipient.page.locator('[name="orderer.company"]').inputValue()).toBe('株式会社あたらしい電設');
    expect([...complaints, ...recipient.complaints]).toEqual([]);
  });

  test('of two who change one customer the second sees what the first one did, and nothing is lost', async () => {
    const { loginId } = await buildMember();
    const [first, second] = [await atStaff(), await atStaff()];
    for (const { page } of [first, second]) {
      await openCustomer(page, loginId);
      await page.getByRole('link', { name: 'お客様情報を変更する' }).click();
      await isAt(page, 'お客様情報の変更');
    }
    await fill(first.page, { 電話番号: '03-1111-1111' });
    await press(first.page, '変更する');
    await first.page.getByText('お客様情報を変更しました').waitFor();

    await fill(second.page, { 部署名: '第一設備部' });
    await press(second.page, '変更する');
    await second.page.getByText('ほかの担当者が変更した項目').waitFor();
    expect(await valueOf(second.page, '画面を開いたとき')).toBe('03-0000-0000');
    expect(await valueOf(second.page, '現在の登録')).toBe('03-1111-1111');
    expect(await field(second.page, '部署名').inputValue()).toBe('第一設備部');
    await press(second.page, '変更する');
    await second.page.getByText('お客様情報を変更しました').waitFor();

    expect(await valueOf(second.page, '部署名')).toBe('第一設備部');
    expect(await valueOf(second.page, '電話番号')).toBe('03-1111-1111');
    expect([...first.complaints, ...second.complaints]).toEqual([]);
  });

  test('who has to wait after wrong passwords is let in at once', async () => {
    const member = await buildMember();
    for (let wrong = 0; wrong < 5; wrong += 1)
      await signInMember(
        { ...member, password: 'Chigau-2026' },
        undefined,
        buildVisit({ ip: `198.51.100.${100 + wrong}` }),
      );
    // As after many more of them: half a minute is over before the telephone call is.
    await rows(`update sign_in_throttles set wait_until = now() + interval '15 minutes' where key = $1`, [
      throttleKey('member', member.loginId, member.address),
    ]);
    const caller = await signIn(member);
    await caller.page.getByText('ログインできませんでした').waitFor();
    const { page, complaints } = await atStaff();

    await openCustomer(page, member.address);
    await page.getByText('入力誤りのため待機中').waitFor();
    await actOn(page, member, 'ログインの待機を解除する');
    await page.getByText('ログインの待機を解除しました').waitFor();

    expect(await page.getByText('入力誤りのため待機中').count()).toBe(0);
    await typeSignIn(caller.page, member);
    await signedIn(caller.page);
    expect([...complaints, ...caller.complaints]).toEqual([]);
  });

  test('who gets no code any more after wrong ones is let in at once', async () => {
    const member = await buildMember({ mfa: true });
    for (let browser = 0; browser < 4; browser += 1) {
      const { challengeId, secret, code } = await buildChallenge(member);
      const wrong = code === '000000' ? '000001' : '000000';
      for (let tried = 0; tried < 5; tried += 1) await tryCode(challengeId, secret, wrong, buildVisit());
    }
    const caller = await signIn(member);
    await caller.page
      .getByText(/\d{4}\/\d{2}\/\d{2} \d{2}:\d{2}/)
      .first()
      .waitFor();
    const { page, complaints } = await atStaff();

    await openCustomer(page, member.address);
    await page.getByText('入力誤りのため待機中').waitFor();
    await actOn(page, member, 'ログインの待機を解除する');
    await page.getByText('ログインの待機を解除しました').waitFor();

    await caller.page.goto('/login');
    await typeSignIn(caller.page, member);
    await typeCode(caller.page, await mails.code(member.address, 5));
    await signedIn(caller.page);
    expect([...complaints, ...caller.complaints]).toEqual([]);
  });

  test('who can’t read mail any more signs in without a code, once identified by telephone; and is told', async () => {
    const member = await buildMember({ mfa: true });
    const { page, complaints } = await atStaff();
    await openCustomer(page, member.loginId);

    await actOn(page, member, '多要素認証を「利用しない」にする');
    await page.getByText('お電話でご本人を確認し、チェックを入れてください').first().waitFor();
    expect(await page.getByRole('checkbox', { name: member.address }).isChecked()).toBe(true);
    await page.getByRole('checkbox', { name: 'お電話で、ご本人であることを確認しました' }).check();
    await press(page, '実行する');
    await page.getByText('多要素認証を「利用しない」にしました').waitFor();

    const caller = await signIn(member);
    await signedIn(caller.page);
    await mails.arrived({ to: member.address, name: letterNames.registrationChanged });
    expect([...complaints, ...caller.complaints]).toEqual([]);
  });

  test('where nobody gets in a first address is added, and its owner gets the link', async () => {
    const member = await buildMember({ password: null });
    const address = `rescued-${randomUUID().slice(0, 8)}@example.jp`;
    const { page, complaints } = await atStaff();
    await openCustomer(page, member.loginId);
    await page.getByText('どなたもログインできない状態です。').waitFor();

    await page.getByLabel('追加するメールアドレス').fill(address);
    await press(page, '追加する');
    await page.getByText('お電話でご本人を確認し、チェックを入れてください').first().waitFor();
    expect(await page.getByLabel('追加するメールアドレス').inputValue()).toBe(address);
    await page.getByRole('checkbox', { name: 'お電話で、ご契約のお客様ご本人であることを確認しました' }).check();
    await press(page, '追加する');
    await page.getByText('利用者を追加しました').waitFor();

    const mail = await mails.arrived({ to: address, name: letterNames.passwordSetup });
    const { page: caller } = await open();
    await caller.goto(linkIn(mail));
    await isAt(caller, 'パスワードとユーザ名の設定');
    expect(complaints).toEqual([]);
  });

  test('多要素認証 asked of a customer signs its members out, and the next sign-in asks a code', async () => {
    const member = await buildMember();
    const theirs = await open(await sessionCookie(member));
    const { page, complaints } = await atStaff();
    await openCustomer(page, member.loginId);

    await press(page, '必須にする');
    await page.getByText('多要素認証を必須にしました').waitFor();

    await theirs.page.goto('/account');
    await isAt(theirs.page, 'ログイン');
    await typeSignIn(theirs.page, member);
    await isAt(theirs.page, 'ワンタイムパスワード認証');
    await typeCode(theirs.page, await mails.code(member.address));
    await signedIn(theirs.page);
    await press(page, '必須を解除する');
    await page.getByText('多要素認証の必須を解除しました').waitFor();
    expect([...complaints, ...theirs.complaints]).toEqual([]);
  });

  test('everybody is signed out at once; staff go on', async () => {
    const theirs = await open(await sessionCookie(await buildMember()));
    const { page, complaints } = await atStaff();
    await page.goto('/staff/customers');

    await page.getByRole('radio', { name: '全員をログアウトさせる' }).check();
    await press(page, '全員に実行する');
    await page.getByText('すべてのお客様が対象であることを確認し、チェックを入れてください').first().waitFor();
    await page.getByRole('checkbox', { name: 'すべてのお客様が対象であることを確認しました' }).check();
    await press(page, '全員に実行する');
    await page.getByText('全員をログアウトさせました').waitFor();

    await theirs.page.goto('/account');
    await isAt(theirs.page, 'ログイン');
    expect([...complaints, ...theirs.complaints]).toEqual([]);
  });
});

/** A customer of two: one brings the old password, the other sets one by mail. */
async function migrated() {
  const loginId = `moved-${randomUUID().slice(0, 8)}`;
  const passwordHash = await argon2.hash(OLD_PASSWORD, {
    type: argon2.argon2id,
    memoryCost: 19_456,
    timeCost: 2,
    parallelism: 1,
  });
  const bringing = { loginId, address: `${loginId}-1@example.jp` };
  const setting = { loginId, address: `${loginId}-2@example.jp` };
  const lines: ImportLine[] = [
    importLine({ loginId, mailAddress: bringing.address, passwordHash }),
    importLine({ loginId, mailAddress: setting.address, userName: '' }),
  ];
  return { lines, bringing, setting };
}
