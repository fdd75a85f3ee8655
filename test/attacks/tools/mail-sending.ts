/** Every request of members that makes the site send a mail, ready to be sent. */
import { randomUUID } from 'node:crypto';
import { buildMember, type BuiltMember } from '../../support/build.ts';
import { freshAddress } from '../../support/email-change.ts';
import type { World } from '../attack.ts';
import { Browser } from './browser.ts';
import { follow, formBehind, linkFor } from './mailed-links.ts';
import { preparedOrder } from './order.ts';
import type { PageForm } from './page.ts';
import { holding, newestCode, withPassword } from './sign-in.ts';

export interface MailSending {
  what: string;
  browser: Browser;
  /** Where the mail goes. */
  to: string;
  /** Whether a link with a token stands in it. */
  hasLink: boolean;
  form: PageForm;
  typed: Record<string, string>;
}

/** Each makes one ready, with people of its own. */
export const mailSenders: readonly ((world: World) => Promise<MailSending>)[] = [
  async (world) => signIn(world, await buildMember(), 'sign-in'),
  async (world) => signIn(world, await buildMember({ mfa: true }), 'sign-in with a code'),
  code,
  resend,
  order,
  reset,
  addMember,
  changeRequest,
  newAddress,
  report,
];

async function signIn(
  { target }: World,
  { loginId, address, password }: BuiltMember,
  what: string,
): Promise<MailSending> {
  const browser = new Browser(target);
  const form = await browser.formWith('/login', 'password');
  return { what, browser, to: address, hasLink: what === 'sign-in', form, typed: { loginId, address, password } };
}

async function code(world: World): Promise<MailSending> {
  const member = await buildMember({ mfa: true });
  const browser = await withPassword(world.target, member);
  const form = await browser.formWith('/login/otp', 'code');
  const typed = { code: (await newestCode(world, member)).code };
  return { what: 'code', browser, to: member.address, hasLink: false, form, typed };
}

async function resend({ target, database }: World): Promise<MailSending> {
  const member = await buildMember({ mfa: true });
  const browser = await withPassword(target, member);
  await database.rows(`update challenges set mailed_at = mailed_at - interval '61 seconds' where member_id = $1`, [
    member.id,
  ]);
  const form = await browser.formWith('/login/otp', 'code');
  return { what: 'resend', browser, to: member.address, hasLink: false, form, typed: { intent: 'resend' } };
}

async function order(world: World): Promise<MailSending> {
  const { browser, member, confirm } = await preparedOrder(world, randomUUID());
  return { what: 'order', browser, to: member.address, hasLink: false, form: confirm, typed: {} };
}

async function reset({ target }: World): Promise<MailSending> {
  const { loginId, address } = await buildMember();
  const browser = new Browser(target);
  const form = await browser.formWith('/password/forgot', 'loginId');
  return { what: 'reset', browser, to: address, hasLink: true, form, typed: { loginId, address } };
}

async function addMember({ target }: World): Promise<MailSending> {
  const browser = await holding(target, await buildMember());
  const to = freshAddress();
  const form = await browser.formWith('/account/users', 'address');
  return { what: 'added member', browser, to, hasLink: true, form, typed: { address: to, intent: 'add' } };
}

async function changeRequest({ target }: World): Promise<MailSending> {
  const member = await buildMember();
  const browser = await holding(target, member);
  const typed = { intent: 'request-email-change' };
  const form = await browser.formWithButton('/account', typed.intent);
  return { what: 'change of address', browser, to: member.address, hasLink: true, form, typed };
}

async function newAddress({ target }: World): Promise<MailSending> {
  const member = await buildMember();
  const browser = await follow(target, await linkFor(member, 'email-change-request'));
  const to = freshAddress();
  const form = await browser.formWith('/email-change', 'newAddress');
  const typed = { currentPassword: member.password, newAddress: to };
  return { what: 'new address', browser, to, hasLink: true, form, typed };
}

/** 「お心当たりのない」 of a sign-in notice mails a reset. */
async function report({ target }: World): Promise<MailSending> {
  const member = await buildMember();
  const browser = await follow(target, await linkFor(member, 'sign-in-notice'));
  const form = await formBehind(browser, 'sign-in-notice');
  if (form === undefined) throw new Error('the page of a sign-in notice has nothing to press');
  return { what: 'reported sign-in', browser, to: member.address, hasLink: true, form, typed: {} };
}
