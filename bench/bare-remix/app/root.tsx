/** A root as every Remix page has one, and nothing else. */
import { Links, Meta, Outlet, Scripts, ScrollRestoration } from '@remix-run/react';
import { createElement, Fragment } from 'react';
import { head, loaded } from './captured.ts';

export const loader = () => loaded['root'] ?? null;

export default function App() {
  return (
    <html lang="ja">
      <head>
        {createElement(Fragment, {}, ...head())}
        <Meta />
        <Links />
      </head>
      <body>
        <Outlet />
        <ScrollRestoration />
        <Scripts />
      </body>
    </html>
  );
}
