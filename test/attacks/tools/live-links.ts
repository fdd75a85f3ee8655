/** One live link of each purpose, the browser that opened it, and the act of the page behind it. */
import { inTransaction } from '../../../db/connect.ts';
import { openResetFor } from '../../../db/stores/password-reset.ts';
import { openSetup } from '../../../db/stores/password-setup.ts';
import { signInMember } from '../../../db/stores/sign-in.ts';
import { linkPaths, type LinkPurpose } from '../../../domain/procedures.ts';
import { buildMember, buildVisit, type BuiltMember } from '../../support/build.ts';
import { buildGivenChange, buildRequestedChange, freshAddress as newMailbox } from '../../support/email-change.ts';
import { mailedToken } from '../../support/links.ts';
import type { Target } from '../attack.ts';
import { Browser, freshAddress, type Answer } from './browser.ts';
import type { PageForm } from './page.ts';

export interface LiveLink {
  purpose: LinkPurpose;
  member: BuiltMember;
  token: string;
  /** As the mail has it, without the origin. */
  path: string;
  /** What its page's form is filled in with. */
  typed: Record<string, string>;
}

const NEXT = 'Atarashi-27';
const newPassword = { newPassword: NEXT, newPasswordConfirmation: NEXT };

/** Mails the link, and what the form behind it then wants. */
const openers: Record<LinkPurpose, (member: BuiltMember) => Promise<Record<string, string>>> = {
  'password-reset': async (member) => {
    await inTransaction((tx) => openResetFor(tx, member));
    return newPassword;
  },
  'password-setup': async (member) => {
    await inTransaction((tx) => openSetup(tx, member));
    return { userName: 'テスト担当者8', ...newPassword };
  },
  'email-change-request': async (member) => {
    await buildRequestedChange(member);
    return { currentPassword: member.password, newAddress: newMailbox() };
  },
  'email-change-confirmation': async (member) => {
    await buildGivenChange(member);
    return {};
  },
  'sign-in-notice': async (member) => {
    const signedIn = await signInMember(member, undefined, buildVisit({ ip: freshAddress() }));
    if (!signedIn.ok) throw new Error(`a right password was refused: ${signedIn.reason}`);
    return {};
  },
};

/** A link that was just mailed to a member of its own. */
export async function liveLink(purpose: LinkPurpose): Promise<LiveLink> {
  const member = await buildMember(purpose === 'password-setup' ? { password: null } : {});
  const typed = await openers[purpose](member);
  const token = await mailedToken(member.id, purpose);
  return { purpose, member, token, path: `${linkPaths[purpose]}?token=${token}`, typed };
}

/** A fresh browser that has come by the link: it holds the token in a cookie. */
export async function cameBy(target: Pick<Target, 'origin' | 'port'>, path: string): Promise<Browser> {
  const browser = new Browser(target);
  await browser.get(path);
  return browser;
}

/** The form of the page behind a link, or undefined where the page is a dead end. */
export async function formBehind(browser: Browser, purpose: LinkPurpose): Promise<PageForm | undefined> {
  const page = await browser.get(linkPaths[purpose]);
  if (page.status !== 200) return undefined;
  return (await browser.forms(linkPaths[purpose])).find(({ action }) => action.split('?')[0] === linkPaths[purpose]);
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
