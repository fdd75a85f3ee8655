/**
 * `npm run screens:take`: pictures for a person to look at, each at 1280 pixels and on a phone of 360; one that puzzles is a defect of the
 * page. Into docs/screens the main way through a site of its own with the demo data, and the Temporal UI; into docs/screens/pages every
 * state of every page, and the mails these states send, as the journeys reach them.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from '@playwright/test';
import { launchChromium, openVisitor, type Screen } from '../test/journeys/tools/chromium.ts';
import { letterNames, Mails } from '../test/journeys/tools/mails.ts';
import { desktopSize, phoneSize, takePicture, type Size } from '../test/journeys/tools/pictures.ts';
import { fillInForm, readReceipt, sendButton } from '../test/journeys/tools/order.ts';
import { demo, signInStaff, typeSignIn } from '../test/journeys/tools/sign-in.ts';
import { startSite } from '../test/support/site.ts';
import { findChromium } from './tools/chromium.ts';

const FOLDER = fileURLToPath(new URL('../docs/screens', import.meta.url));
const say = (line: string): void => void process.stdout.write(`${line}\n`);

async function picture(page: Page, name: string, size: Size): Promise<void> {
  await page.setViewportSize(size);
  await takePicture(page, join(FOLDER, `${name}.png`));
}

async function take(page: Page, name: string): Promise<void> {
  await picture(page, `${name}-360`, phoneSize);
  await picture(page, `${name}-desktop`, desktopSize);
  say(`  ✔ ${name}`);
}

async function takeAt(page: Page, path: string, name: string): Promise<void> {
  await page.goto(path);
  await page.waitForLoadState('networkidle');
  await take(page, name);
}

/** What a member sees, up to the receipt. Answers the 申込番号. */
async function takeMember(page: Page): Promise<string> {
  await takeAt(page, '/', 'home');
  await takeAt(page, '/login', 'login');
  await typeSignIn(page, { ...demo.plain, password: 'Chigau-2026' });
  await page.getByText('ログインできませんでした').waitFor();
  await take(page, 'login-refused');
  await typeSignIn(page, demo.plain);
  await page.getByRole('button', { name: 'ログアウト' }).waitFor();
  await takeAt(page, '/', 'home-signed-in');
  await takeAt(page, '/apply', 'apply');
  await page.getByRole('link', { name: '注文を入力する' }).click();
  await page.getByRole('button', { name: '確認画面へ' }).click();
  await page.getByText('入力内容をご確認ください').waitFor();
  await take(page, 'apply-refused');
  await page.goto('/apply');
  await page.getByRole('link', { name: '注文を入力する' }).click();
  await page.getByRole('button', { name: '確認画面へ' }).waitFor();
  await fillInForm(page, { productCode: '', quantity: 2 });
  const code = page.getByLabel('商品コード');
  await code.pressSequentially('単心分離具');
  const choice = page.getByRole('button', { name: /^TBS-02 .* を選ぶ$/ });
  await choice.waitFor();
  await code.scrollIntoViewIfNeeded();
  await page.screenshot({ path: join(FOLDER, 'apply-search-desktop.png') });
  await choice.click();
  await take(page, 'apply-input');
  await page.getByRole('button', { name: '確認画面へ' }).click();
  await sendButton(page).waitFor();
  await take(page, 'apply-confirm');
  await sendButton(page).click();
  const { applicationNumber } = await readReceipt(page);
  await take(page, 'apply-done');
  await takeAt(page, '/account/applications', 'history');
  return applicationNumber;
}

async function takeSignIn(screen: Screen, open: (screen: Screen) => Promise<Page>, mails: Mails): Promise<void> {
  const withCode = await open(screen);
  await withCode.goto('/login');
  await typeSignIn(withCode, demo.withCode);
  await withCode.getByText('残り入力回数', { exact: true }).waitFor();
  await take(withCode, 'login-code');
  await mails.code(demo.withCode.address);
  const mustChange = await open(screen);
  await mustChange.goto('/login');
  await typeSignIn(mustChange, demo.mustChange);
  await mustChange.getByRole('textbox', { name: '現パスワード' }).fill(demo.mustChange.password);
  await mustChange.getByLabel('新パスワード', { exact: false }).nth(0).fill('Natsu');
  await take(mustChange, 'password-change');
}

async function takeStaff(page: Page, mails: Mails, applicationNumber: string): Promise<void> {
  await takeAt(page, '/staff/login', 'staff-login');
  await signInStaff(page, mails, demo.staff);
  await take(page, 'staff-queue');
  await page.getByRole('link', { name: `申込番号 ${applicationNumber} を開く` }).click();
  await page.getByRole('button', { name: '手配済にする' }).waitFor();
  await take(page, 'staff-application');
  await page.getByRole('button', { name: '手配済にする' }).click();
  await page.getByText('手配済にしました。').waitFor();
  await take(page, 'staff-application-arranged');
}

async function takeMail(page: Page): Promise<void> {
  await page.goto('/');
  await page
    .getByRole('link', { name: new RegExp(`${letterNames.accepted}$`) })
    .first()
    .click();
  await page.waitForLoadState();
  await take(page, 'mail-accepted');
}

async function takeTemporal(page: Page): Promise<void> {
  await page.setViewportSize(desktopSize);
  await page.goto(`/namespaces/default/workflows?query=${encodeURIComponent('FlowState="accepted"')}`);
  const flow = page.getByRole('link', { name: /^application\// }).first();
  await flow.waitFor();
  await picture(page, 'temporal-list-desktop', desktopSize);
  await flow.click();
  await page.getByRole('heading', { name: 'Event History' }).waitFor();
  await page.getByText('User Metadata', { exact: true }).click();
  await page.locator('iframe').last().contentFrame().getByText('弊社での商品の手配を待っています').waitFor();
  await picture(page, 'temporal-flow-desktop', desktopSize);
  await page.getByText('Search Attributes', { exact: true }).click();
  await page.getByText('"CustomerNumber"').waitFor();
  await picture(page, 'temporal-search-attributes-desktop', desktopSize);
  say('  ✔ temporal');
}

async function takeTour(): Promise<void> {
  const browser = await launchChromium(await findChromium(say));
  say('  … bringing up a site');
  const site = await startSite();
  try {
    const origin = site.urls['web'] ?? '';
    const mails = new Mails(site.urls['mail'] ?? '');
    const open = async (screen: Screen): Promise<Page> => (await openVisitor(browser, screen)).page;
    const member = await open({ origin });
    const applicationNumber = await takeMember(member);
    await takeSignIn({ origin }, open, mails);
    await takeTemporal(await open({ origin: site.urls['temporalUi'] ?? '' }));
    await takeStaff(await open({ origin }), mails, applicationNumber);
    await takeAt(member, `/account/applications/${applicationNumber}`, 'application');
    await takeMail(await open({ origin: site.urls['mail'] ?? '' }));
  } finally {
    await browser.close();
    await site.stop();
  }
}

async function takeEveryState(): Promise<void> {
  say('  … every state of every page');
  const vitest = ['node_modules/vitest/vitest.mjs', 'run', '--project', 'journeys', 'every-page'];
  const env = { ...process.env, SCREENS_FOLDER: join(FOLDER, 'pages') };
  const child = spawn(process.execPath, vitest, { stdio: 'inherit', env });
  const [code] = (await once(child, 'exit')) as [number | null];
  if (code !== 0) throw new Error('not every state could be reached: the pictures are not complete');
}

await rm(FOLDER, { recursive: true, force: true });
await mkdir(FOLDER, { recursive: true });
await takeTour();
await takeEveryState();
