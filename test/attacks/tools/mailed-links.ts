/** Mailed links as whoever holds one follows them: the address opens a page, a button of the page acts. */
import { inTransaction } from '../../../db/connect.ts';
import { openResetFor } from '../../../db/stores/password-reset.ts';
import { openSetup } from '../../../db/stores/password-setup.ts';
import { completeSignIn } from '../../../db/stores/people.ts';
import { linkPaths, type LinkPurpose } from '../../../domain/procedures.ts';
import { builtPassword, buildMember, buildVisit, type BuiltMember } from '../../support/build.ts';
import { buildGivenChange, buildRequestedChange, freshAddress } from '../../support/email-change.ts';
import { mailedToken } from '../../support/links.ts';
import type { Target } from '../attack.ts';
import { Browser, type Answer } from './browser.ts';
import { formsOf, type PageForm } from './page.ts';

/** One that keeps every rule. */
export const anotherPassword = 'Betsu-2027';

const NEW_PASSWORD = { newPassword: anotherPassword, newPasswordConfirmation: anotherPassword };

/** What is typed on the page of each link, by a member with the password of every built one. */
export const typedOn: Record<LinkPurpose, () => Record<string, string>> = {
  'password-reset': () => NEW_PASSWORD,
  'password-setup': () => ({ userName: 'テスト担当者8', ...NEW_PASSWORD }),
  'email-change-request': () => ({ currentPassword: builtPassword, newAddress: freshAddress() }),
  'email-change-confirmation': () => ({}),
  'sign-in-notice': () => ({}),
};

/** As its mail carries it. */
export interface HeldLink {
  purpose: LinkPurpose;
  token: string;
  member: BuiltMember;
}

/** Of a link, all that its mail needs to say. */
type Followed = Pick<HeldLink, 'purpose' | 'token'>;

/** The address in the mail, without its origin. */
export const mailedPath = ({ purpose, token }: Followed): string => `${linkPaths[purpose]}?token=${token}`;

const openers: Record<LinkPurpose, (member: BuiltMember) => Promise<unknown>> = {
  'password-reset': (member) => inTransaction((tx) => openResetFor(tx, member)),
  'password-setup': (member) => inTransaction((tx) => openSetup(tx, member)),
  'email-change-request': (member) => buildRequestedChange(member),
  'email-change-confirmation': (member) => buildGivenChange(member),
  'sign-in-notice': (member) => inTransaction((tx) => completeSignIn(tx, member, undefined, buildVisit())),
};

/** The newest link of this purpose that was mailed to a member. @throws Error when none was */
export const newestLink = async (member: BuiltMember, purpose: LinkPurpose): Promise<HeldLink> => ({
  purpose,
  member,
  token: await mailedToken(member.id, purpose),
});

/** Has a link mailed to a member: a set-up to an invited one. A change of address replaces the one before. */
export async function linkFor(member: BuiltMember, purpose: LinkPurpose): Promise<HeldLink> {
  await openers[purpose](member);
  return newestLink(member, purpose);
}

/** A link of this purpose, of a member of its own. */
export async function freshLink(purpose: LinkPurpose): Promise<HeldLink> {
  return linkFor(await buildMember(purpose === 'password-setup' ? { password: null } : {}), purpose);
}

/** Opens the address in the mail. @returns the browser: it holds the token from now on */
export async function follow(
  target: Pick<Target, 'origin' | 'port'>,
  link: Followed,
  browser = new Browser(target),
): Promise<Browser> {
  await browser.get(mailedPath(link));
  return browser;
}

/** The form of the page behind a link, or undefined where the page is a dead end. */
export async function formBehind(browser: Browser, purpose: LinkPurpose): Promise<PageForm | undefined> {
  const page = await browser.get(linkPaths[purpose]);
  if (page.status !== 200) return undefined;
  return formsOf(page.body, linkPaths[purpose]).find(({ action }) => action.split('?')[0] === linkPaths[purpose]);
}

/** Posts what the page of a link posts, whether or not it still has its form. @param typed over what a person would type */
export async function pressOn(
  browser: Browser,
  purpose: LinkPurpose,
  typed: Record<string, string> = {},
): Promise<Answer> {
  const formToken = await formTokenOf(browser);
  return browser.post(linkPaths[purpose], Object.entries({ formToken, ...typedOn[purpose](), ...typed }));
}

/** Of any form that the site draws for this browser: the sign-in, or ログアウト. */
export async function formTokenOf(browser: Browser): Promise<string> {
  const pages = [await browser.get('/login'), await browser.get('/contact')];
  const fields = pages.flatMap(({ body, path }) => formsOf(body, path)).flatMap((form) => form.fields);
  return fields.find(([name]) => name === 'formToken')?.[1] ?? '';
}

const donePaths: Record<LinkPurpose, string> = {
  'password-reset': '/password/reset/done',
  'password-setup': '/password/setup/done',
  'email-change-request': '/email-change/given',
  'email-change-confirmation': '/email-change/done',
  'sign-in-notice': '/sign-in-notice/done',
};

/** Whether a post did what its page is for. */
export const hasActed = ({ status, headers }: Answer, purpose: LinkPurpose): boolean =>
  status >= 300 && status < 400 && headers.location === donePaths[purpose];

/** Follows a link and presses its button. @returns whether its page had anything to press, and whether it acted */
export async function tryLink(
  target: Pick<Target, 'origin' | 'port'>,
  link: HeldLink,
): Promise<{ shown: boolean; taken: boolean }> {
  const browser = await follow(target, link);
  const shown = (await formBehind(browser, link.purpose)) !== undefined;
  return { shown, taken: hasActed(await pressOn(browser, link.purpose), link.purpose) };
}
