/** Mailed links as whoever holds one follows them: the address opens a page, a button of the page acts. */
import { inTransaction } from '../../../db/connect.ts';
import { openResetFor } from '../../../db/stores/password-reset.ts';
import { completeSignIn } from '../../../db/stores/people.ts';
import { linkPaths, type LinkPurpose } from '../../../domain/procedures.ts';
import { buildKeeper, invite } from '../../support/invited.ts';
import { buildGivenChange, buildRequestedChange, freshAddress } from '../../support/email-change.ts';
import { mailedToken } from '../../support/links.ts';
import { builtPassword, buildMember, buildVisit, type BuiltMember } from '../../support/build.ts';
import type { Target } from '../attack.ts';
import { Browser, type Answer } from './browser.ts';
import { formsOf } from './page.ts';

/** One that keeps every rule. */
export const anotherPassword = 'Betsu-2027';

const NEW_PASSWORD = { newPassword: anotherPassword, newPasswordConfirmation: anotherPassword };

/** What is typed on the page of each link. */
const typedOn: Record<LinkPurpose, () => Record<string, string>> = {
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
  memberId: string;
}

const held = async (purpose: LinkPurpose, memberId: string): Promise<HeldLink> => ({
  purpose,
  memberId,
  token: await mailedToken(memberId, purpose),
});

/** Has a link mailed to a member. A change of address replaces the one before. */
export async function linkFor(member: BuiltMember, purpose: Exclude<LinkPurpose, 'password-setup'>): Promise<HeldLink> {
  switch (purpose) {
    case 'password-reset':
      await inTransaction((tx) => openResetFor(tx, member));
      break;
    case 'email-change-request':
      await buildRequestedChange(member);
      break;
    case 'email-change-confirmation':
      await buildGivenChange(member);
      break;
    case 'sign-in-notice':
      await inTransaction((tx) => completeSignIn(tx, member, undefined, buildVisit()));
      break;
  }
  return held(purpose, member.id);
}

/** A link of this purpose, of a member of its own. */
export async function freshLink(purpose: LinkPurpose): Promise<HeldLink> {
  if (purpose !== 'password-setup') return linkFor(await buildMember(), purpose);
  const { session } = await buildKeeper();
  return held(purpose, (await invite(session)).id);
}

/** Opens the address in the mail. @returns the browser, and the page it comes to */
export async function follow(
  target: Pick<Target, 'origin' | 'port'>,
  { purpose, token }: Pick<HeldLink, 'purpose' | 'token'>,
  browser = new Browser(target),
): Promise<{ browser: Browser; page: Answer }> {
  await browser.get(`${linkPaths[purpose]}?token=${token}`);
  return { browser, page: await browser.get(linkPaths[purpose]) };
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

export const wasTaken = ({ status }: Answer): boolean => status === 302 || status === 303;

/** Follows a link and presses its button. @returns whether its page had anything to press, and whether it acted */
export async function tryLink(
  target: Pick<Target, 'origin' | 'port'>,
  link: HeldLink,
): Promise<{ shown: boolean; taken: boolean }> {
  const { browser, page } = await follow(target, link);
  const answer = await pressOn(browser, link.purpose);
  return { shown: page.status === 200, taken: wasTaken(answer) };
}
