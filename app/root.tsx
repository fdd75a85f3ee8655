/** The frame around every page, and the page for every refusal and fault. */
import type { LinksFunction, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import {
  isRouteErrorResponse,
  Links,
  Meta,
  Outlet,
  Scripts,
  ScrollRestoration,
  useLoaderData,
  useRouteError,
  useRouteLoaderData,
} from '@remix-run/react';
import { type ReactNode, useContext, useEffect } from 'react';
import { brand } from '../runtime/brand.ts';
import { config } from '../runtime/config.ts';
import { limits } from '../runtime/limits.ts';
import { ErrorNotice } from './components/error-notice.tsx';
import { Frame } from './components/frame.tsx';
import { ResponseFactsContext } from './components/response-facts.ts';
import { SessionWarning } from './components/session-warning.tsx';
import type { SessionEnd } from './components/session-watch.ts';
import { SignedInBand } from './components/signed-in-band.tsx';
import { errorText } from './texts/errors.ts';
import { frameTexts, memberNavigation, staffNavigation } from './texts/frame.ts';
import './styles.css';

export const links: LinksFunction = () => [{ rel: 'icon', href: '/favicon.svg', type: 'image/svg+xml' }];

export function loader({ context }: LoaderFunctionArgs) {
  const { member, staff, formToken, isPage } = context;
  const existing = (entry: { to: string }) => isPage(entry.to);
  return {
    brand,
    formToken,
    passwordPolicy: config().passwordPolicy,
    member: member?.stage === 'full' ? { company: member.company, userName: member.userName } : undefined,
    sessionEnd: member?.stage === 'full' ? endOf(member.idleEndsAt) : undefined,
    staff: staff?.stage === 'full' ? { name: staff.name } : undefined,
    navigation: {
      // Who still has to change the password can go nowhere else.
      member: member?.mustChangePassword === true ? [] : memberNavigation.filter(existing),
      staff: staffNavigation
        .filter((entry) => existing(entry) && (entry.administrator !== true || staff?.role === 'administrator'))
        .map(({ to, label }) => ({ to, label })),
    },
  };
}

/** By this process's clock: only a hint when to ask (/session-time). */
const endOf = (idleEndsAt: Date): SessionEnd => ({
  secondsLeft: Math.max(0, Math.round((idleEndsAt.getTime() - Date.now()) / 1000)),
  warnSeconds: limits().sessionWarningSeconds,
});

export const meta: MetaFunction<typeof loader> = ({ data, error }) => {
  // Remix says `null` where its types say undefined.
  if (error !== undefined && error !== null) return [{ title: errorText(statusOf(error), statusTextOf(error)).title }];
  return [{ title: data?.brand.siteTitle ?? '' }];
};

/** Also around error pages, where the loader may have failed or never run. */
export function Layout({ children }: { children: ReactNode }) {
  return (
    <html lang="ja">
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="format-detection" content="telephone=no" />
        <Meta />
        <Links />
      </head>
      <body>{children}</body>
    </html>
  );
}

export default function App() {
  const { nonce } = useContext(ResponseFactsContext);
  const { sessionEnd } = useLoaderData<typeof loader>();
  return (
    <>
      <Frame brand={brand} band={<Band />}>
        <Outlet />
      </Frame>
      {sessionEnd === undefined ? null : <SessionWarning {...sessionEnd} />}
      <ScrollRestoration nonce={nonce} />
      <Scripts nonce={nonce} />
    </>
  );
}

function Band() {
  const root = useRouteLoaderData<typeof loader>('root');
  if (root?.member !== undefined) {
    const { company, userName } = root.member;
    const who = [company, frameTexts.politely(userName)];
    return <SignedInBand navigation={root.navigation.member} who={who} signOutAction="/logout" />;
  }
  if (root?.staff !== undefined) {
    const who = [frameTexts.staffArea, root.staff.name];
    return <SignedInBand navigation={root.navigation.staff} who={who} signOutAction="/staff/logout" />;
  }
  return null;
}

/** Carries no scripts: it stays as the server drew it, with the reference of the very request that failed. */
export function ErrorBoundary() {
  const error = useRouteError();
  const { requestId } = useContext(ResponseFactsContext);
  // In the browser (a click that was answered with an error) the server is asked again for the whole page; but only once, should
  // the page fail in the browser alone.
  useEffect(() => {
    const [loaded] = performance.getEntriesByType('navigation');
    if (loaded instanceof PerformanceNavigationTiming && loaded.type !== 'reload') window.location.reload();
  }, []);
  return (
    <Frame brand={brand} band={<Band />}>
      <ErrorNotice status={statusOf(error)} statusText={statusTextOf(error)} requestId={requestId} />
    </Frame>
  );
}

const statusOf = (error: unknown): number => (isRouteErrorResponse(error) ? error.status : 500);

const statusTextOf = (error: unknown): string | undefined =>
  isRouteErrorResponse(error) ? error.statusText : undefined;
