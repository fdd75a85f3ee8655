/** What a path says before Remix looks at it. */
import type { PersonKind } from '../../db/stores/sessions.ts';

/** The path of the page that a request is about: Remix asks for a page's data at `<path>.data`, and for `/` at `/_root.data`. */
export function pagePath(path: string): string {
  if (!path.endsWith('.data')) return path;
  return path === '/_root.data' ? '/' : path.slice(0, -'.data'.length);
}

/** Whose cookie counts. Remix decodes a path before it looks for the route and doesn't mind its case: so do we. */
export function areaOf(path: string): PersonKind {
  const page = decoded(pagePath(path)).toLowerCase();
  return page === '/staff' || page.startsWith('/staff/') ? 'staff' : 'member';
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/** The one page whose form brings a file (S60). */
const UPLOAD_PAGE = '/staff/customers/import';

export const mayUpload = (path: string): boolean => path === UPLOAD_PAGE;
