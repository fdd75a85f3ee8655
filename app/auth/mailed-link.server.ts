/**
 * Pages behind links in mails. The address with the token only hands it to a cookie and leads on, so that no history, title or referer
 * keeps it (S19); opening one changes nothing (S17). The act is a posted form, judged by the store with the cookie's token.
 */
import { data, redirect } from '@remix-run/node';
import { linkPaths, type DeadLink, type LinkPurpose } from '../../domain/procedures.ts';
import { siteCookie } from './browser-sessions.server.ts';
import type { Asked } from './guards.server.ts';

const cookieOf = (purpose: LinkPurpose) => siteCookie(`link-${purpose}`);

/** Of 256 bits in base64url: anything else was never ours and is not looked up. */
const TOKEN = /^[\w-]{43}$/;

/**
 * The token with which this browser came to the page of `purpose`; '' for none.
 * @throws Response to the page's own address when the token stands in it
 */
export async function mailedToken({ request }: Pick<Asked, 'request'>, purpose: LinkPurpose): Promise<string> {
  const given = new URL(request.url).searchParams.get('token');
  if (given !== null && request.method !== 'POST') {
    throw redirect(linkPaths[purpose], { headers: { 'Set-Cookie': await cookieOf(purpose).serialize(given) } });
  }
  const kept: unknown = await cookieOf(purpose).parse(request.headers.get('Cookie'));
  return typeof kept === 'string' && TOKEN.test(kept) ? kept : '';
}

/** The Set-Cookie after a link was used. */
export const forgetMailedToken = (purpose: LinkPurpose): Promise<string> =>
  cookieOf(purpose).serialize('', { maxAge: 0 });

/** What a page answers whose link leads nowhere: 404 for one that never was, 410 for one that is over. */
export const deadLink = (dead: DeadLink) => data({ dead }, { status: dead === 'unknown' ? 404 : 410 });
