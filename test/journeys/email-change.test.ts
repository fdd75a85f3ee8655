/** メールアドレス変更 as a member lives through it, both mails read where they came to: to its end, begun anew, called off, overtaken. */
import type { Page } from '@playwright/test';
import { describe, expect, test } from 'vitest';
import { deleteMember } from '../../db/stores/member-deletion.ts';
import { buildAccount, buildMember, buildMemberSession, buildVisit, type BuiltMember } from '../support/build.ts';
import { freshAddress } from '../support/email-change.ts';
import { invite } from '../support/invited.ts';
import {
  askForChange,
  confirmAddress,
  emailChangeLetters as letters,
  mailedLink,
  typeNewAddress,
} from './tools/email-change.ts';
import { runningSite } from './tools/running-site.ts';
import { sessionCookie } from './tools/session-cookie.ts';
import { typeSignIn } from './tools/sign-in.ts';
import { useChromium } from './tools/use-chromium.ts';

const { origin, mails } = runningSite();
const visitor = useChromium();

/** A member in a browser where they are signed in. */
async function signedIn(member: BuiltMember, javaScript = true) {
  return visitor({ origin, javaScript, setCookie: await sessionCookie(member) });
}

/** Asked for, and the new address is given. @returns the link in the new mailbox */
async function upToTheNewMailbox(page: Page, member: BuiltMember, newAddress: string): Promise<string> {
  await askForChange(page);
  await page.goto(await mailedLink(mails, member.address, letters.request));
  await typeNewAddress(page, member.password, newAddress);
  await expectHeading(page, '確認メールを送信しました');
  return mailedLink(mails, newAddress, letters.confirmation);
}

const expectHeading = (page: Page, name: string): Promise<void> =>
  page.getByRole('heading', { level: 1, name }).waitFor();

async function expectSignedOut(page: Page): Promise<void> {
  await page.goto('/account');
  await expectHeading(page, 'ログイン');
}

async function expectSignsIn(member: BuiltMember, address: string, javaScript = true): Promise<void> {
  const { page } = await visitor({ origin, javaScript });
  await page.goto('/login');
  await typeSignIn(page, { ...member, address });
  await page.getByRole('button', { name: 'ログアウト' }).waitFor();
}

describe.each([
  ['with JavaScript', true],
  ['without JavaScript', false],
] as const)('%s', (_, javaScript) => {
  test('the old mailbox, the password and the new mailbox change the address; both are told, other browsers signed out', async () => {
    const member = await buildMember();
    const newAddress = freshAddress();
    const { page, complaints } = await signedIn(member, javaScript);
    const elsewhere = await signedIn(member, javaScript);

    await askForChange(page);
    await page.getByText(`${member.address} 宛に`).waitFor();
    const request = await mailedLink(mails, member.address, letters.request);
    await page.goto(request);
    expect(page.url()).toBe(`${origin}/email-change`);
    await typeNewAddress(page, member.password, newAddress);
    await expectHeading(page, '確認メールを送信しました');
    const confirmation = await mailedLink(mails, newAddress, letters.confirmation);
    await expectSignsIn(member, member.address, javaScript);
    await page.goto(confirmation);
    expect(page.url()).toBe(`${origin}/email-change/confirm`);
    await page.getByText(newAddress, { exact: true }).waitFor();
    await confirmAddress(page);

    await expectHeading(page, 'メールアドレスを変更しました');
    await page.getByRole('main').getByRole('link', { name: 'お客様情報設定へ' }).click();
    await page.getByText(newAddress, { exact: true }).waitFor();
    await expectSignedOut(elsewhere.page);
    for (const to of [member.address, newAddress]) await mails.arrived({ to, name: letters.changed });
    await expectSignsIn(member, newAddress, javaScript);
    await elsewhere.page.goto('/login');
    await typeSignIn(elsewhere.page, member);
    await elsewhere.page.getByText('ログインできませんでした').waitFor();
    for (const used of [request, confirmation]) {
      await page.goto(used);
      await expectHeading(page, 'このURLは使用済みです');
    }
    expect([...complaints, ...elsewhere.complaints]).toEqual([]);
  });

  test('asked for anew, the earlier link is void and the newer one goes on', async () => {
    const member = await buildMember();
    const { page, complaints } = await signedIn(member, javaScript);
    await askForChange(page);
    const earlier = await mailedLink(mails, member.address, letters.request);

    await askForChange(page);
    const newer = await mailedLink(mails, member.address, letters.request, 2);

    await page.goto(earlier);
    await expectHeading(page, 'このURLは取り消し済みです');
    await page.goto(newer);
    await expectHeading(page, '新しいメールアドレスの入力');
    expect(complaints).toEqual([]);
  });

  test('進行中のお手続き mails the same link again, and calls the change off', async () => {
    const member = await buildMember();
    const newAddress = freshAddress();
    const { page, complaints } = await signedIn(member, javaScript);
    const confirmation = await upToTheNewMailbox(page, member, newAddress);
    const first = await mails.arrived({ to: newAddress, name: letters.confirmation });

    await page.goto('/account');
    await page.getByRole('button', { name: 'メールを再送する' }).click();
    await page.getByText('メールを再送しました').waitFor();
    const again = await mails.arrived({ to: newAddress, name: letters.confirmation }, 2);
    await page.getByRole('button', { name: 'メールアドレス変更: このお手続きを取り消す' }).click();
    await page.getByText('お手続きを取り消しました').waitFor();

    expect(again.text).toBe(first.text);
    expect(again.messageId).not.toBe(first.messageId);
    await page.goto(confirmation);
    await expectHeading(page, 'このURLは取り消し済みです');
    await expectSignsIn(member, member.address, javaScript);
    expect(complaints).toEqual([]);
  });

  test('an address that a colleague got meanwhile is refused at the switch, and the old one stays', async () => {
    const account = await buildAccount();
    const member = await buildMember({ account });
    const colleague = await buildMemberSession(await buildMember({ account }));
    const newAddress = freshAddress();
    const { page, complaints } = await signedIn(member, javaScript);
    const confirmation = await upToTheNewMailbox(page, member, newAddress);

    await invite(colleague.session, newAddress);
    await page.goto(confirmation);
    await confirmAddress(page);

    await expectHeading(page, 'メールアドレスを変更できませんでした');
    await page.goto('/account');
    await page.getByText('進行中のお手続きはありません。').waitFor();
    await expectSignsIn(member, member.address, javaScript);
    expect(complaints).toEqual([]);
  });

  test('a member who is deleted meanwhile changes nothing any more, with either link', async () => {
    const account = await buildAccount();
    const colleague = await buildMember({ account });
    const { session } = await buildMemberSession(colleague);
    const [early, late] = [await buildMember({ account }), await buildMember({ account })];
    const [ofEarly, ofLate] = [await signedIn(early, javaScript), await signedIn(late, javaScript)];
    await askForChange(ofEarly.page);
    const atTheForm = await visitor({ origin, javaScript });
    await atTheForm.page.goto(await mailedLink(mails, early.address, letters.request));
    const atTheButton = await visitor({ origin, javaScript });
    await atTheButton.page.goto(await upToTheNewMailbox(ofLate.page, late, freshAddress()));

    for (const { id } of [early, late]) await deleteMember(session, id, colleague.password, buildVisit());
    await typeNewAddress(atTheForm.page, early.password, freshAddress());
    await confirmAddress(atTheButton.page);

    for (const { page } of [atTheForm, atTheButton]) await expectHeading(page, 'このURLは取り消し済みです');
    for (const { page } of [ofEarly, ofLate]) await expectSignedOut(page);
    expect([atTheForm, atTheButton, ofEarly, ofLate].flatMap(({ complaints }) => complaints)).toEqual([]);
  });
});
