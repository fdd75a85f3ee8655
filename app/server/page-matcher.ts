/** Which paths lead to a page: read from the route table of the build. */
import type { ServerBuild } from '@remix-run/node';
import { matchPath } from '@remix-run/react';

type Routes = ServerBuild['routes'];

/** Every page asks for the same few paths, those of its navigation; what a browser asks for besides must not fill the memory. */
const MOST_REMEMBERED = 100;

/** Answers whether a page is at a path. Routes without a page of their own, and the one for all the rest, are none. */
export function pageMatcher(routes: Routes): (pathname: string) => boolean {
  const patterns = Object.values(routes)
    .filter((route) => route.parentId !== undefined && route.module.default !== undefined)
    .map((route) => patternOf(route.id, routes))
    .filter((pattern) => !pattern.endsWith('*'));
  const remembered = new Map<string, boolean>();
  return (pathname) => {
    const known = remembered.get(pathname);
    if (known !== undefined) return known;
    // It compiles each pattern anew.
    const found = patterns.some((pattern) => matchPath(pattern, pathname) !== null);
    if (remembered.size < MOST_REMEMBERED) remembered.set(pathname, found);
    return found;
  };
}

function patternOf(id: string | undefined, routes: Routes): string {
  const route = id === undefined ? undefined : routes[id];
  if (route === undefined) return '';
  const own = route.path === undefined || route.path === '' ? '' : `/${route.path}`;
  return patternOf(route.parentId, routes) + own || (route.parentId === undefined ? '' : '/');
}
