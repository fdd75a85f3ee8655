/** Which paths lead to a page: read from the route table of the build. */
import type { ServerBuild } from '@remix-run/node';
import { matchPath } from '@remix-run/react';

type Routes = ServerBuild['routes'];

/** Answers whether a page is at a path. Routes without a page of their own, and the one for all the rest, are none. */
export function pageMatcher(routes: Routes): (pathname: string) => boolean {
  const patterns = Object.values(routes)
    .filter((route) => route.parentId !== undefined && route.module.default !== undefined)
    .map((route) => patternOf(route.id, routes))
    .filter((pattern) => !pattern.endsWith('*'));
  return (pathname) => patterns.some((pattern) => matchPath(pattern, pathname) !== null);
}

function patternOf(id: string | undefined, routes: Routes): string {
  const route = id === undefined ? undefined : routes[id];
  if (route === undefined) return '';
  const own = route.path === undefined || route.path === '' ? '' : `/${route.path}`;
  return patternOf(route.parentId, routes) + own || (route.parentId === undefined ? '' : '/');
}
