/** Signing in and out as members see it: wrong combinations, the forced password change, the one-time code, and what is left afterwards. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { rows } from '../../db/raw.ts';
import { buildMember, type BuiltMember } from '../support/build.ts';
import { useChromium } from './tools/use-chromium.ts';
import { letterNames } from './tools/mails.ts';
import { runningSite } from './tools/running-site.ts';
import { demo, typeCode, typeSignIn } from './tools/sign-in.ts';

const { origin, mails } = runningSite();
const visitor = useChromium();

const REFUSED = '入力された内容の組み合わせが正しくありません。';
const CODE_PAGE = { level: 1, name: 'ワンタイムパスワード認証' } as const;

test('a wrong combination is told without saying what is wrong, and keeps what was typed but the password', async () => {
  const member = await buildMember();
  const { page, complaints } = await visitor({ origin });
  await page.goto('/login');

  await typeSignIn(page, { ...member, password: 'Chigau-2026' });

  await page.getByText(REFUSED).waitFor();
  expect(await page.getByLabel('ログインID').inputValue()).toBe(member.loginId);
  expect(await page.getByLabel('メールアドレス').inputValue()).toBe(member.address);
  expect(await page.getByRole('textbox', { name: 'パスワード' }).inputValue()).toBe('');
  expect(complaints).toEqual([]);
});

test('who must change the password gets no further before, sees the rules ticked while typing, and then goes on', async () => {
  const { page, complaints } = await visitor({ origin });
  await page.goto('/login');
  await typeSignIn(page, demo.mustChange);
  await page.getByRole('heading', { level: 1, name: 'パスワード変更' }).waitFor();
  await page.goto('/apply');
  await page.getByRole('heading', { level: 1, name: 'パスワード変更' }).waitFor();
  const kept = page.getByRole('img', { name: '満たしています', exact: true });
  const notKept = page.getByRole('img', { name: 'まだ満たしていません' });
  const next = page.getByRole('textbox', { name: '新パスワード', exact: false }).first();

  await page.getByRole('textbox', { name: '現パスワード' }).fill(demo.mustChange.password);
  await next.fill('Natsu');
  await expect.poll(() => notKept.count()).toBe(2);
  await next.fill(demo.mustChange.password);
  await expect.poll(() => notKept.count()).toBe(1);
  await next.fill('Natsu-2027');
  await expect.poll(() => kept.count()).toBe(5);
  await page.getByRole('textbox', { name: '新パスワード (確認用)' }).fill('Natsu-2027');
  await page.getByRole('button', { name: 'パスワード変更' }).click();

  await page.getByText('パスワードを変更しました').waitFor();
  await page.getByRole('link', { name: '続ける' }).click();
  await page.getByRole('heading', { level: 1, name: '見積・注文' }).waitFor();
  await mails.arrived({ to: demo.mustChange.address, name: letterNames.passwordChanged });
  expect(complaints).toEqual([]);
});

test('the mailed code signs in, a wrong one says how many tries are left, and a resend mails the same one', async () => {
  const { page, complaints } = await visitor({ origin });
  const { address } = demo.withCode;
  await page.goto('/login');
  await typeSignIn(page, demo.withCode);
  await page.getByRole('heading', CODE_PAGE).waitFor();
  const code = await mails.code(address);

  await typeCode(page, code === '123456' ? '654321' : '123456');
  await page.getByText('ワンタイムパスワードが正しくありません。残り4回入力できます').first().waitFor();
  // Locked by script: the answer to a form may be read before its script runs.
  await page.getByRole('button', { name: 'メールを再送する', disabled: true }).waitFor();
  await oneMinuteAgo(address);
  await page.goto('/login/otp');
  await page.getByRole('button', { name: 'メールを再送する' }).click();
  await page.getByText('メールを再送しました').waitFor();
  expect(await mails.code(address, 2)).toBe(code);
  const fullWidth = code.replaceAll(/\d/g, (digit) => String.fromCodePoint(digit.charCodeAt(0) + 0xfee0));
  await typeCode(page, fullWidth);

  await page.getByText('テスト担当者3').first().waitFor();
  await mails.arrived({ to: address, name: letterNames.signedIn });
  expect(complaints).toEqual([]);
});

test('a code whose time is over says so and leads back to the sign-in, with and without JavaScript', async () => {
  const member = await buildMember({ mfa: true });
  for (const javaScript of [true, false]) {
    const { page, complaints } = await visitor({ origin, javaScript });
    await page.goto('/login');
    await typeSignIn(page, member);
    await page.getByRole('heading', CODE_PAGE).waitFor();
    await timeIsOver(member);

    await typeCode(page, '123456');
    await page.getByText('ワンタイムパスワードの有効期限が切れました').first().waitFor();
    await page.goto('/login/otp');
    await page.getByText('ワンタイムパスワードの有効期限が切れました').waitFor();
    await page.getByRole('link', { name: 'もう一度ログインする' }).click();

    await page.getByRole('heading', { level: 1, name: 'ログイン' }).waitFor();
    expect(complaints).toEqual([]);
  }
});

test('after ログアウト the Back button shows nothing of the member', async () => {
  const member = await buildMember({ userName: 'テスト担当者9' });
  const { page, complaints } = await visitor({ origin });
  await page.goto('/login?returnTo=/account/applications');
  await typeSignIn(page, member);
  await page.getByRole('heading', { level: 1, name: '申込履歴' }).waitFor();
  await page.goto('/apply');

  await page.getByRole('button', { name: 'ログアウト' }).click();
  await page.waitForURL(`${origin}/`);
  await page.goBack();

  await page.getByRole('heading', { level: 1, name: 'ログイン' }).waitFor();
  expect(await page.content()).not.toContain('テスト担当者9');
  expect(complaints).toEqual([]);
});

test('no page of another site can show ours inside a frame', async () => {
  const other = createServer((_, response) => {
    response.setHeader('content-type', 'text/html').end(`<iframe src="${origin}/login" title="framed"></iframe>`);
  });
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  const { page } = await visitor({ origin });

  const refused = page.waitForEvent('console', (message) => message.text().includes('frame-ancestors'));
  await page.goto(`http://127.0.0.1:${(other.address() as AddressInfo).port}/`);

  expect((await refused).type()).toBe('error');
  expect(await page.frameLocator('iframe').getByLabel('ログインID').count()).toBe(0);
  other.close();
});

/** As if the last mail with a code had gone out a minute earlier. */
async function oneMinuteAgo(address: string): Promise<void> {
  await rows(
    `update challenges set mailed_at = mailed_at - interval '61 seconds'
     where state = 'open' and member_id in (select id from members where address = $1)`,
    [address],
  );
}

/** As if ten minutes had gone by since the code was mailed. */
async function timeIsOver(member: BuiltMember): Promise<void> {
  await rows(`update challenges set expires_at = now() - interval '1 second' where state = 'open' and member_id = $1`, [
    member.memberId,
  ]);
}
