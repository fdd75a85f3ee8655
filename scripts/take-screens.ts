/**
 * `npm run screens:take`: pictures of the main screens into docs/screens, of a site of its own with the demo data; each at 1280 pixels
 * and on a phone of 360. To be looked at by a person: a picture that puzzles is a defect of the page.
 */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from '@playwright/test';
import { launchChromium, openVisitor, type Screen } from '../test/journeys/tools/chromium.ts';
import { linkIn } from '../test/journeys/tools/mailed-link.ts';
import { letterNames, Mails } from '../test/journeys/tools/mails.ts';
import { fillInForm, readReceipt, sendButton } from '../test/journeys/tools/order.ts';
import { demo, signInStaff, typeSignIn } from '../test/journeys/tools/sign-in.ts';
import { csvOf, importLine, type ImportLine } from '../test/support/import-file.ts';
import { startSite } from '../test/support/site.ts';
import { findChromium } from './tools/chromium.ts';

const FOLDER = fileURLToPath(new URL('../docs/screens', import.meta.url));
const DESKTOP = { width: 1280, height: 900 };
const PHONE = { width: 360, height: 740 };
/** Longer pages are cut: a picture stays small enough to be looked at and to be kept. */
const LONGEST = 1600;

const say = (line: string): void => void process.stdout.write(`${line}\n`);

async function picture(page: Page, name: string, size: { width: number; height: number }): Promise<void> {
  await page.setViewportSize(size);
  const whole = await page.evaluate(() => document.documentElement.scrollHeight);
  const height = Math.min(Math.max(whole, size.height), LONGEST);
  const clip = { x: 0, y: 0, width: size.width, height };
  await page.screenshot({ path: join(FOLDER, `${name}.png`), fullPage: true, clip, animations: 'disabled' });
}

async function take(page: Page, name: string): Promise<void> {
  await picture(page, `${name}-360`, PHONE);
  await picture(page, `${name}-desktop`, DESKTOP);
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
  await takeAt(page, '/contact', 'contact');
  await takeAt(page, '/arimasen', 'not-found');
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

/** 「利用者管理」, from adding to deleting, and the page behind the mailed link. */
async function takeMembers(page: Page, invited: Page, mails: Mails): Promise<void> {
  const address = 'tanto9@example.jp';
  await page.goto('/account/users');
  await page.getByLabel('メールアドレス').fill(address);
  await page.getByRole('button', { name: '追加', exact: true }).click();
  await page.getByText('利用者を追加しました').waitFor();
  await take(page, 'members');
  await invited.goto(linkIn(await mails.arrived({ to: address, name: letterNames.passwordSetup })));
  await take(invited, 'password-setup');
  await page.getByRole('link', { name: `${address} を削除` }).click();
  await page.getByRole('button', { name: '削除する' }).waitFor();
  await take(page, 'member-delete');
  await page.getByRole('textbox', { name: '現パスワード' }).fill(demo.plain.password);
  await page.getByRole('button', { name: '削除する' }).click();
  await page.getByText('利用者を削除しました').waitFor();
  await mails.arrived({ to: address, name: letterNames.memberDeleted });
  await invited.reload();
  await take(invited, 'password-setup-cancelled');
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

/** A change of お客様情報 that somebody else was quicker with: the same person, in two tabs. */
async function takeEdit(page: Page): Promise<void> {
  await page.goto('/staff/customers/C000001/edit');
  const other = await page.context().newPage();
  await other.goto('/staff/customers/C000001/edit');
  await other.getByRole('textbox', { name: '電話番号' }).fill('03-1111-1111');
  await other.getByRole('button', { name: '変更する' }).click();
  await other.getByText('お客様情報を変更しました').waitFor();
  await other.close();
  await take(page, 'staff-customer-edit');
  await page.getByRole('textbox', { name: '部署名' }).fill('第一設備部');
  await page.getByRole('button', { name: '変更する' }).click();
  await page.getByText('ほかの担当者が変更した項目').waitFor();
  await take(page, 'staff-customer-edit-conflict');
}

/** お客様 of staff, and the import of migrated ones. */
async function takeCustomers(page: Page): Promise<void> {
  await takeAt(page, '/staff/customers', 'staff-customers');
  await page
    .getByRole('link', { name: /^お客様番号 / })
    .first()
    .click();
  await page.getByRole('heading', { level: 1, name: 'お客様の詳細' }).waitFor();
  await take(page, 'staff-customer');
  await page.getByRole('button', { name: '実行する' }).click();
  await page.getByText('入力内容をご確認ください').waitFor();
  await take(page, 'staff-customer-refused');
  await page.goto('/staff/customers');
  await page.getByRole('link', { name: 'お客様を登録する' }).click();
  await page.getByRole('button', { name: '登録する' }).click();
  await page.getByText('入力内容をご確認ください').waitFor();
  await take(page, 'staff-customer-new-refused');
  await takeAt(page, '/staff/customers/new', 'staff-customer-new');
  await takeEdit(page);
  await takeAt(page, '/staff/customers/import', 'staff-import');
  const upload = async (lines: ImportLine[]) => {
    await page.goto('/staff/customers/import');
    const file = { name: '移行データ.csv', mimeType: 'text/csv', buffer: Buffer.from(csvOf(lines)) };
    await page.getByLabel('CSVファイル').setInputFiles(file);
    await page.getByRole('button', { name: '内容を確認する' }).click();
    await page.getByRole('heading', { level: 1, name: '取り込み内容の確認' }).waitFor();
  };
  const second = importLine({ mailAddress: 'tanto8@example.jp', userName: '' });
  await upload([importLine({ telephone: 'なし', company: '' }), second]);
  await take(page, 'staff-import-faults');
  await upload([importLine({}), second]);
  await take(page, 'staff-import-ready');
  await page.getByRole('button', { name: '取り込む' }).click();
  await page.getByText('取り込みが完了しました').waitFor();
  await take(page, 'staff-import-done');
}

/** パスワードをお忘れの方 and the link of a ログイン通知メール; the member's password is another one afterwards. */
async function takeMailedLinks(page: Page, mails: Mails): Promise<void> {
  const { loginId, address } = demo.plain;
  const press = (name: string) => page.getByRole('button', { name, exact: true }).click();
  const type = async (next: string) => {
    await page.getByRole('textbox', { name: '新パスワード' }).first().fill(next);
    await page.getByRole('textbox', { name: '新パスワード (確認用)' }).fill(next);
    await press('パスワードを再設定する');
  };
  await takeAt(page, '/password/forgot', 'password-forgot');
  await page.getByLabel('ログインID').fill(loginId);
  await press('再設定のメールを送る');
  await page.getByText('入力内容をご確認ください').waitFor();
  await take(page, 'password-forgot-refused');
  await page.getByLabel('メールアドレス').fill(address);
  await press('再設定のメールを送る');
  await page.getByText('メールが届かないとき').waitFor();
  await take(page, 'password-forgot-asked');
  const link = linkIn(await mails.arrived({ to: address, name: letterNames.passwordReset }));
  await takeAt(page, link, 'password-reset');
  await type('abc');
  await page.getByText('入力内容をご確認ください').waitFor();
  await take(page, 'password-reset-refused');
  await type('Natsu-2027');
  await page.getByText('パスワードを再設定しました').first().waitFor();
  await take(page, 'password-reset-done');
  await takeAt(page, link, 'link-used');
  await takeAt(page, '/password/reset?token=none', 'link-unknown');
  await page.goto('/login');
  await typeSignIn(page, { loginId, address, password: 'Natsu-2027' });
  await page.getByRole('button', { name: 'ログアウト' }).waitFor();
  await takeAt(page, linkIn(await mails.arrived({ to: address, name: letterNames.signedIn })), 'sign-in-notice');
  await press('心当たりがないので停止する');
  await page.getByText('ログインを停止しました').first().waitFor();
  await take(page, 'sign-in-notice-done');
}

async function takeMails(page: Page): Promise<void> {
  await takeAt(page, '/', 'mails');
  for (const [name, subject] of Object.entries(letterNames)) {
    const link = page.getByRole('link', { name: new RegExp(`${subject}$`) }).first();
    if ((await link.count()) === 0) continue;
    await link.click();
    await page.waitForLoadState();
    await take(page, `mail-${name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`);
    await page.goBack();
  }
}

async function takeTemporal(page: Page): Promise<void> {
  await page.setViewportSize(DESKTOP);
  await page.goto(`/namespaces/default/workflows?query=${encodeURIComponent('FlowState="accepted"')}`);
  const flow = page.getByRole('link', { name: /^application\// }).first();
  await flow.waitFor();
  await picture(page, 'temporal-list-desktop', DESKTOP);
  await flow.click();
  await page.getByRole('heading', { name: 'Event History' }).waitFor();
  await page.getByText('User Metadata', { exact: true }).click();
  await page.locator('iframe').last().contentFrame().getByText('弊社での商品の手配を待っています').waitFor();
  await picture(page, 'temporal-flow-desktop', DESKTOP);
  await page.getByText('Search Attributes', { exact: true }).click();
  await page.getByText('"CustomerNumber"').waitFor();
  await picture(page, 'temporal-search-attributes-desktop', DESKTOP);
  say('  ✔ temporal');
}

async function main(): Promise<void> {
  await mkdir(FOLDER, { recursive: true });
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
    await takeMembers(member, await open({ origin }), mails);
    await takeTemporal(await open({ origin: site.urls['temporalUi'] ?? '' }));
    const staff = await open({ origin });
    await takeStaff(staff, mails, applicationNumber);
    await takeCustomers(staff);
    await takeAt(member, `/account/applications/${applicationNumber}`, 'application');
    await takeMailedLinks(await open({ origin }), mails);
    await takeMails(await open({ origin: site.urls['mail'] ?? '' }));
  } finally {
    await browser.close();
    await site.stop();
  }
}

await main();
