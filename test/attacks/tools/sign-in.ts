/** Signing in as the pages do it, and the short cut of a session that a store has opened. */
import { memberSessions, staffSessions } from '../../../app/auth/browser-sessions.server.ts';
import { inTransaction } from '../../../db/connect.ts';
import { deriveCode } from '../../../db/stores/secrets.ts';
import { openSession } from '../../../db/stores/sessions.ts';
import type { CodePurpose } from '../../../domain/flows/otp.ts';
import { buildVisit, type BuiltMember, type BuiltStaff } from '../../support/build.ts';
import type { Target, World } from '../attack.ts';
import { Browser, type Answer } from './browser.ts';

/** Where the two kinds of person sign in, and the pages that follow. */
export const doors = {
  member: { login: '/login', code: '/login/otp', logout: '/logout', home: '/account/applications' },
  staff: { login: '/staff/login', code: '/staff/login/otp', logout: '/staff/logout', home: '/staff' },
} as const;

type Credentials = { loginId?: string; address: string; password: string };

/** The name of a session's cookie at an origin (S26). */
export const cookieName = (target: Pick<Target, 'origin'>, kind: 'member' | 'staff'): string =>
  `${target.origin.startsWith('https:') ? '__Host-' : ''}${kind === 'member' ? 'sid' : 'staff'}`;

/** Posts the sign-in form of a browser; what it answers is the caller's to judge. */
export async function typePassword(browser: Browser, credentials: Credentials): Promise<Answer> {
  const { loginId, address, password } = credentials;
  const door = loginId === undefined ? doors.staff : doors.member;
  const form = await browser.formWith(door.login, 'password');
  return browser.submit(form, { ...(loginId === undefined ? {} : { loginId }), address, password });
}

/** A fresh browser that has typed the right password: signed in, or before the one-time code. */
export async function withPassword(target: Target, person: BuiltMember | BuiltStaff): Promise<Browser> {
  const browser = new Browser(target);
  const { address, password } = person;
  const credentials = person.kind === 'member' ? { loginId: person.loginId, address, password } : { address, password };
  const answer = await typePassword(browser, credentials);
  if (!browser.cookies.has(cookieName(target, person.kind))) {
    throw new Error(`a right password was answered with ${answer.status} and no session`);
  }
  return browser;
}

export interface IssuedChallenge {
  id: string;
  keyId: string;
  memberId: string | null;
  purpose: CodePurpose;
  code: string;
}

/** The newest one-time code of a person, reckoned as the mail has it. */
export async function newestCode({ database }: World, person: BuiltMember | BuiltStaff): Promise<IssuedChallenge> {
  const row = await database.row<Omit<IssuedChallenge, 'code'>>(
    `select id, key_id as "keyId", member_id as "memberId", purpose from challenges
     where $1 in (member_id, staff_id) order by created_at desc limit 1`,
    [person.id],
  );
  return { ...row, code: deriveCode(row.purpose, person.kind, row.id, row.keyId) };
}

/** Types a code on the page where it is asked for. */
export async function typeCode(browser: Browser, kind: 'member' | 'staff', code: string): Promise<Answer> {
  const form = await browser.formWith(doors[kind].code, 'code');
  return browser.submit(form, { code });
}

/** Signed in completely, code included where it is on. */
export async function signedIn(world: World, person: BuiltMember | BuiltStaff): Promise<Browser> {
  const browser = await withPassword(world.target, person);
  const withCode = person.kind === 'staff' || (await beforeCode(world, browser, person.kind));
  if (withCode) await typeCode(browser, person.kind, (await newestCode(world, person)).code);
  return browser;
}

async function beforeCode({ target }: World, browser: Browser, kind: 'member' | 'staff'): Promise<boolean> {
  const page = await new Browser(target).request('GET', doors[kind].code, {
    headers: { Cookie: `${cookieName(target, kind)}=${browser.cookies.get(cookieName(target, kind)) ?? ''}` },
  });
  return page.status === 200;
}

/** A browser that holds a full session without having signed in: quick, and no mail is sent. */
export async function holding(
  target: Pick<Target, 'origin' | 'port'>,
  person: Parameters<typeof openSession>[1],
): Promise<Browser> {
  const { secret } = await inTransaction((tx) => openSession(tx, person, { stage: 'full' }, buildVisit()));
  const browser = new Browser(target);
  browser.cookies.set(cookieName(target, person.kind), await cookieFor(secret, person.kind));
  return browser;
}

/** The value of a session's cookie, as the site signs it. */
export async function cookieFor(secret: string, kind: 'member' | 'staff'): Promise<string> {
  const sessions = kind === 'member' ? memberSessions() : staffSessions();
  const line = await sessions.remember(secret);
  return line.slice(line.indexOf('=') + 1, line.indexOf(';'));
}

/** The secret in a session cookie's value: base64 of its JSON before the signature. */
export function secretIn(value: string | undefined): string {
  const [encoded = ''] = decodeURIComponent(value ?? '').split('.');
  return JSON.parse(Buffer.from(encoded, 'base64').toString('utf8')) as string;
}

/** Changes the password on its page. */
export async function changePassword(browser: Browser, currentPassword: string, newPassword: string): Promise<Answer> {
  const form = await browser.formWith('/password/change', 'newPassword');
  return browser.submit(form, { currentPassword, newPassword, newPasswordConfirmation: newPassword });
}

/** Turns 多要素認証 on, with the code that is mailed. */
export async function turnMfaOn(world: World, browser: Browser, member: BuiltMember): Promise<Answer> {
  await changeMfa(browser, 'on');
  const form = await browser.formWith('/account/mfa', 'code');
  return browser.submit(form, { code: (await newestCode(world, member)).code });
}

/** Presses 「メールアドレス変更依頼」. */
export async function askForChange(browser: Browser): Promise<Answer> {
  const intent = 'request-email-change';
  return browser.submit(await browser.formWithButton('/account', intent), { intent });
}

/** Whether these cookies still open a page of members or staff. */
export async function opensHome(browser: Browser, kind: 'member' | 'staff'): Promise<boolean> {
  return (await browser.get(doors[kind].home)).status === 200;
}

/** Presses 「登録情報変更」. @param mfa what is chosen; turning it off asks for the password */
export async function changeMfa(browser: Browser, mfa: 'on' | 'off', currentPassword = ''): Promise<Answer> {
  const form = await browser.formWith('/account', 'userName');
  return browser.submit(form, { intent: 'change-registration', mfa, currentPassword });
}
