/** パスワードをお忘れの方, from the link on 「ログイン」 to the next sign-in, with the mail that really came. */
import type { Page } from '@playwright/test';
import { expect, test } from 'vitest';
import { inTransaction } from '../../db/connect.ts';
import { rows } from '../../db/raw.ts';
import { openSetup } from '../../db/stores/password-setup.ts';
import { waitFor } from '../../scripts/start/wait.ts';
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
const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name, exact: true });

test.each([true, false])(
  'a forgotten password is set anew by the mailed link, once, and the code is asked for as before (JavaScript: %s)',
  async (javaScript) => {
    const member = await buildMember({ mfa: true, userName: 'テスト担当者5' });
    const { page, complaints } = await visitor({ origin, javaScript });
    await page.goto('/login');
    await page.getByRole('link', { name: 'パスワードをお忘れの方はこちら' }).click();
    await ask(page, member);
    const mail = await mails.arrived({ to: member.address, name: letterNames.passwordReset });
    const link = linkIn(mail);

    await page.goto(link);
    await heading(page, 'パスワードの再設定').waitFor();
    expect(page.url()).toBe(`${origin}/password/reset`);
    expect(mail.text).toContain(`照合番号: ${await valueOf(page, '照合番号')}`);
    expect(mail.text).toContain(`有効期限: ${await valueOf(page, '有効期限')}`);
    expect(await valueOf(page, 'ログインID')).toBe(member.loginId);
    await typeNewPassword(page, 'short');
    await page.getByText('新パスワードは8~12文字で入力してください').first().waitFor();
    await typeNewPassword(page, NEXT);

    await heading(page, 'パスワードを再設定しました').waitFor();
    await page.getByRole('link', { name: 'ログイン画面へ' }).click();
    await heading(page, 'ログイン').waitFor();
    await typeSignIn(page, member);
    await page.getByText('入力された内容の組み合わせが正しくありません。').waitFor();
    await typeSignIn(page, { ...member, password: NEXT });
    await heading(page, 'ワンタイムパスワード認証').waitFor();
    await typeCode(page, await mails.code(member.address));
    await page.getByText('テスト担当者5').first().waitFor();
    await mails.arrived({ to: member.address, name: letterNames.passwordChanged });

    await page.goto(link);
    await heading(page, 'このURLは使用済みです').waitFor();
    expect(complaints).toEqual([]);
  },
);

test.each([true, false])(
  'who asks twice gets the same link twice, and who is not known sees the same pages and gets nothing (JavaScript: %s)',
  async (javaScript) => {
    const member = await buildMember();
    const stranger = { loginId: member.loginId, address: `nobody-${member.loginId}@example.jp` };
    const { page, complaints } = await visitor({ origin, javaScript });
    const shown: string[] = [];
    const wanted = { to: member.address, name: letterNames.passwordReset };

    for (const [time, who] of [member, stranger, member].entries()) {
      await page.goto('/password/forgot');
      await ask(page, who);
      shown.push(await page.getByRole('main').innerText());
      if (who === member) await mails.arrived(wanted, time === 0 ? 1 : 2);
    }
    const states = await waitFor(() => answered(member.loginId, 3), { withinMs: 20_000 });

    const links = (await mails.find(wanted)).map(linkIn);
    expect(new Set(shown).size).toBe(1);
    expect(new Set(links).size).toBe(1);
    expect(links).toHaveLength(2);
    expect(states).toEqual(['open', 'dismissed', 'repeated']);
    expect(await mails.find({ to: stranger.address, name: '' })).toEqual([]);
    expect(complaints).toEqual([]);
  },
);

test('an invited member who asks gets the link of the パスワード設定 again', async () => {
  const invited = await buildMember({ account: await buildAccount(), password: null });
  await inTransaction((tx) => openSetup(tx, invited));
  const first = linkIn(await mails.arrived({ to: invited.address, name: letterNames.passwordSetup }));
  const { page, complaints } = await visitor({ origin });

  await page.goto('/password/forgot');
  await ask(page, invited);

  const again = await mails.arrived({ to: invited.address, name: `${letterNames.passwordSetup}（再送）` });
  expect(linkIn(again)).toBe(first);
  await page.goto(first);
  await heading(page, 'パスワードとユーザ名の設定').waitFor();
  expect(complaints).toEqual([]);
});

test('what was typed in a wrong form stays in its fields', async () => {
  const { page, complaints } = await visitor({ origin, javaScript: false });
  await page.goto('/password/forgot');
  await page.getByLabel('ログインID').fill('demo0001');
  await page.getByLabel('メールアドレス').fill('tanto1@');

  await page.getByRole('button', { name: '再設定のメールを送る' }).click();

  await page.getByText('メールアドレスを「name@example.jp」のような形で入力してください').first().waitFor();
  expect(await page.getByLabel('ログインID').inputValue()).toBe('demo0001');
  expect(await page.getByLabel('メールアドレス').inputValue()).toBe('tanto1@');
  expect(complaints).toEqual([]);
});

/** Fills in 「パスワードをお忘れの方」, as it is open. */
async function ask(page: Page, { loginId, address }: { loginId: string; address: string }): Promise<void> {
  await heading(page, 'パスワードをお忘れの方').waitFor();
  await page.getByLabel('ログインID').fill(loginId);
  await page.getByLabel('メールアドレス').fill(address);
  await page.getByRole('button', { name: '再設定のメールを送る' }).click();
  await heading(page, 'パスワード再設定を受け付けました').waitFor();
}

async function typeNewPassword(page: Page, next: string): Promise<void> {
  await page.getByRole('textbox', { name: '新パスワード' }).first().fill(next);
  await page.getByRole('textbox', { name: '新パスワード (確認用)' }).fill(next);
  await page.getByRole('button', { name: 'パスワードを再設定する' }).click();
}

/** What became of the pairs typed with this login ID, oldest first. @throws Error while some wait */
async function answered(loginId: string, count: number): Promise<string[]> {
  const found = await rows<{ state: string }>(`select state from procedures where login_id = $1 order by created_at`, [
    loginId,
  ]);
  const states = found.map(({ state }) => state);
  if (states.length < count || states.includes('asked')) throw new Error(`the requests stand at ${states.join(', ')}`);
  return states;
}
