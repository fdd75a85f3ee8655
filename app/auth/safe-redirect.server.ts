/** The only way to a place that a request names itself (S37). */
import type { AppLoadContext } from '@remix-run/node';
import type { PersonKind } from '../../db/stores/sessions.ts';
import { config } from '../../runtime/config.ts';
import { areaOf } from '../server/paths.ts';

const HOME: Record<PersonKind, string> = { member: '/', staff: '/staff' };

/** Begins with one slash and holds nothing that a browser would read otherwise than we do. */
const PLAIN_PATH = /^\/(?![/\\])[^\\\p{Cc}]*$/u;

/** `wanted` when it is a page of that area of the site, else the area's first page. */
export function safeRedirect(wanted: string | null, area: PersonKind, context: AppLoadContext): string {
  if (wanted === null || !PLAIN_PATH.test(wanted) || !URL.canParse(wanted, config().publicOrigin)) return HOME[area];
  const { origin, pathname, search } = new URL(wanted, config().publicOrigin);
  // Judged once more as it will be used: `/.//other.example` begins with two slashes only after parsing.
  const ours = origin === config().publicOrigin && PLAIN_PATH.test(pathname);
  return ours && areaOf(pathname) === area && context.isPage(pathname) ? pathname + search : HOME[area];
}

/** `?returnTo=…` of a request, as it came. */
export const wantedPage = (request: Request): string | null => new URL(request.url).searchParams.get('returnTo');
