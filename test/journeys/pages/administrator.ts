/** Pages of staff that are a 管理者's alone. */
import { buildStaff } from '../../support/build.ts';
import { sessionCookie } from '../tools/session-cookie.ts';
import type { Opening, PageState } from './page-state.ts';

/** A page that a 管理者 of their own opens. */
export async function asAdministrator(path: string, go?: Opening['go']): Promise<Opening> {
  const opening = { path, setCookie: await sessionCookie(await buildStaff({ role: 'administrator' })) };
  return go === undefined ? opening : { ...opening, go };
}

/** The same page, as a 担当者 is shown it. */
export const closedToCoordinators = (path: string): PageState => ({
  name: 'a 担当者 (403)',
  shows: 'この画面は管理者専用です',
  status: 403,
  open: async () => ({ path, setCookie: await sessionCookie(await buildStaff()) }),
});
