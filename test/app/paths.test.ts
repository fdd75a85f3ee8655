/** What a path says: whose area it is, whether a page is there. */
import type { ServerBuild } from '@remix-run/node';
import { expect, it } from 'vitest';
import { pageMatcher } from '../../app/server/page-matcher.ts';
import { areaOf, pagePath } from '../../app/server/paths.ts';

it.each([
  ['/staff', 'staff'],
  ['/staff.data', 'staff'],
  ['/Staff/login', 'staff'],
  ['/%73taff/x', 'staff'],
  ['/stafford', 'member'],
  ['/', 'member'],
  ['/%', 'member'],
  ['/apply/staff', 'member'],
])('%s belongs to the area of %s', (path, area) => {
  expect(areaOf(path)).toBe(area);
});

it('a page’s data is asked for beside it', () => {
  expect(['/apply.data', '/_root.data', '/apply'].map(pagePath)).toEqual(['/apply', '/', '/apply']);
});

it('a page is where a route with a page is; resource routes and the route for all the rest are none', () => {
  const page = { default: () => null };
  const route = (id: string, path: string | undefined, module: object, parentId?: string) => ({
    id,
    path,
    module,
    parentId,
  });
  const routes = {
    root: route('root', '', page),
    home: route('home', undefined, page, 'root'),
    account: route('account', 'account', page, 'root'),
    applications: route('applications', 'applications/:number', page, 'account'),
    logout: route('logout', 'logout', {}, 'root'),
    rest: route('rest', '*', page, 'root'),
  } as unknown as ServerBuild['routes'];
  const isPage = pageMatcher(routes);

  expect(['/', '/account', '/account/applications/A1'].filter(isPage)).toHaveLength(3);
  expect(['/logout', '/nosuch', '//evil.example', '/account/applications'].filter(isPage)).toEqual([]);
});
