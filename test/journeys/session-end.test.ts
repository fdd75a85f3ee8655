/** The end of a session: the warning before it, and what was typed given back after signing in again. */
import { randomUUID } from 'node:crypto';
import type { Page } from '@playwright/test';
import { describe, expect, test } from 'vitest';
import { memberSessions } from '../../app/auth/browser-sessions.server.ts';
import { firstRow, rows } from '../../db/raw.ts';
import { buildMember, buildMemberSession, type BuiltMember } from '../support/build.ts';
import { fillInForm } from './tools/order.ts';
import { runningSite } from './tools/running-site.ts';
import { typeSignIn } from './tools/sign-in.ts';
import { useChromium } from './tools/use-chromium.ts';

const { origin } = runningSite();
const visitor = useChromium();

const SIGN_IN = { level: 1, name: 'ログイン' } as const;

test('five minutes before the end the member is warned, goes on, and stays signed in', async () => {
  const { member, page, complaints } = await atOrderForm();
  await page.getByLabel('備考').fill('午前中にお願いします。');
  await idleFor25Minutes(member);

  await lookAgain(page);
  const warning = page.getByRole('alertdialog', { name: 'まもなく自動的にログアウトします' });
  await warning.getByText(/あと(5分0|4分\d+)秒でログアウトします/).waitFor();
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('続ける');
  await warning.getByRole('button', { name: '続ける' }).click();

  await warning.waitFor({ state: 'detached' });
  expect(await minutesLeft(member)).toBeGreaterThan(29);
  expect(await page.getByLabel('備考').inputValue()).toBe('午前中にお願いします。');
  expect(complaints).toEqual([]);
});

test('in the last minutes of the twelve hours nothing prolongs the session, and the warning says so', async () => {
  const { member, page } = await atOrderForm();
  await rows(
    `update sessions set ends_at = now() + interval '3 minutes', idle_ends_at = now() + interval '3 minutes'
    where member_id = $1`,
    [member.id],
  );

  await lookAgain(page);
  const warning = page.getByRole('alertdialog');
  await warning.getByText('この時間は延長できません。').waitFor();
  await warning.getByText('今のうちに保存または送信してください').waitFor();

  expect(await warning.getByRole('button', { name: '続ける' }).count()).toBe(0);
  await page.keyboard.press('Escape');
  await warning.waitFor({ state: 'detached' });
});

test('after the end the page says so and leads back to itself', async () => {
  const { member, page, path } = await atOrderForm();
  await sessionIsOver(member);

  await lookAgain(page);
  await page.getByRole('alertdialog', { name: 'ログアウトしました' }).waitFor();
  await page.getByRole('link', { name: 'もう一度ログインする' }).click();
  await page.getByRole('heading', SIGN_IN).waitFor();
  await typeSignIn(page, member);

  await page.waitForURL(`${origin}${path}`);
});

describe.each([
  { how: 'with JavaScript', javaScript: true },
  { how: 'without JavaScript', javaScript: false },
])('$how', ({ javaScript }) => {
  test('a half-filled order form is back after signing in again', async () => {
    const { member, page, path, complaints } = await atOrderForm(javaScript);
    await fillInForm(page, { productCode: 'DSX2-8000', quantity: 3 });
    await page.getByLabel('備考').fill('午前中にお願いします。');
    await sessionIsOver(member);

    await page.getByRole('button', { name: '確認画面へ' }).click();
    await page.getByRole('heading', SIGN_IN).waitFor();
    await typeSignIn(page, member);

    await page.getByText('ログインし直す前にご入力いただいた内容を表示しています。').waitFor();
    expect(new URL(page.url()).pathname).toBe(path);
    expect(await page.getByLabel('備考').inputValue()).toBe('午前中にお願いします。');
    expect(await page.getByLabel('商品コード').inputValue()).toBe('DSX2-8000');
    expect(await page.getByLabel('数量').inputValue()).toBe('3');
    await page.getByRole('button', { name: '確認画面へ' }).click();
    await page.getByRole('heading', { level: 1, name: '注文内容の確認' }).waitFor();
    expect(complaints).toEqual([]);
  });

  test('a changed user name is back after signing in again, and nobody else sees it', async () => {
    const member = await buildMember();
    const { page, complaints } = await visitor({ origin, javaScript, setCookie: await cookieOf(member) });
    await page.goto('/account');
    await page.getByLabel('ユーザ名').fill('テスト担当者8');
    await sessionIsOver(member);

    await page.getByRole('button', { name: '登録情報変更' }).click();
    await page.getByRole('heading', SIGN_IN).waitFor();
    await typeSignIn(page, member);

    await page.getByText('ログインし直す前に入力された内容を表示しています。').waitFor();
    expect(await page.getByLabel('ユーザ名').inputValue()).toBe('テスト担当者8');
    const other = await visitor({ origin, javaScript, setCookie: await cookieOf(await buildMember()) });
    await other.page.goto('/account');
    expect(await other.page.getByLabel('ユーザ名').inputValue()).toBe('テスト担当者1');
    await page.getByRole('button', { name: '登録情報変更' }).click();
    await page.getByText('登録情報を変更しました').waitFor();
    expect(complaints).toEqual([]);
  });
});

/** A member of its own at an order form of its own. */
async function atOrderForm(javaScript = true) {
  const member = await buildMember();
  const path = `/apply/${randomUUID()}`;
  const opened = await visitor({ origin, javaScript, setCookie: await cookieOf(member) });
  await opened.page.goto(path);
  await opened.page.getByLabel('備考').waitFor();
  if (javaScript) await opened.page.waitForLoadState('networkidle');
  return { member, path, ...opened };
}

const cookieOf = async (member: BuiltMember): Promise<string> =>
  memberSessions().remember((await buildMemberSession(member)).secret);

/** As if the last request had been 25 minutes ago. */
async function idleFor25Minutes(member: BuiltMember): Promise<void> {
  await rows(
    `update sessions set last_seen_at = last_seen_at - interval '25 minutes', idle_ends_at = idle_ends_at - interval '25 minutes'
     where member_id = $1`,
    [member.id],
  );
}

async function sessionIsOver(member: BuiltMember): Promise<void> {
  await rows(`update sessions set idle_ends_at = now() - interval '1 second' where member_id = $1`, [member.id]);
}

async function minutesLeft(member: BuiltMember): Promise<number> {
  const row = await firstRow<{ minutes: number }>(
    `select extract(epoch from max(idle_ends_at) - now())::float8 / 60 as minutes from sessions where member_id = $1`,
    [member.id],
  );
  return row?.minutes ?? 0;
}

/** The member comes back to the tab: the page asks the site how long the session lives. */
const lookAgain = (page: Page) => page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
