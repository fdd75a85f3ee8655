/** One state of one page: how a browser is brought there, and by which words one knows that it is there. */
import type { Page } from '@playwright/test';
import { buildMember, type MemberWish } from '../../support/build.ts';
import type { RunningSite } from '../tools/running-site.ts';
import { sessionCookie } from '../tools/session-cookie.ts';

export interface Opening {
  path: string;
  /** Of who is signed in. */
  setCookie?: string;
  /** What the person does on the page at `path`. */
  go?: (page: Page) => Promise<void>;
  /** Puts back what the state needed. */
  afterwards?: () => Promise<void> | void;
}

export interface PageState {
  /** In a few words. */
  name: string;
  /** Words that the page shows in this state only. */
  shows: string;
  /** HTTP status; default 200. */
  status?: number;
  /** Makes everything anew at each call: a state may be used up by looking at it. */
  open: (site: RunningSite) => Promise<Opening> | Opening;
}

/** A page that a member of their own opens. */
export async function asMember(path: string, wish: MemberWish = {}): Promise<Opening & { setCookie: string }> {
  return { path, setCookie: await sessionCookie(await buildMember(wish)) };
}

/** Presses a button of the page's content; what it posts to answers with a page of its own. */
export const press =
  (name: string) =>
  (page: Page): Promise<void> =>
    page.getByRole('main').getByRole('button', { name, exact: true }).click();
