/** Titles of browser tabs. */
import type { MetaFunction } from '@remix-run/react';

interface TitledRoot {
  brand: { siteTitle: string };
}

/** The `meta` of a page: 「name | the site's title」. */
export const titled =
  (name: string): MetaFunction =>
  ({ matches }) => {
    const root = matches.find((match) => match.id === 'root')?.data as TitledRoot | undefined;
    return [{ title: root === undefined ? name : `${name} | ${root.brand.siteTitle}` }];
  };
