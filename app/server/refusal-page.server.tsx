/** Draws refusals and faults of the server in front of Remix: a page with the frame and a reference, never an inner word (S76). */
import type { ServerBuild } from '@remix-run/node';
import type { ErrorRequestHandler } from 'express';
import { renderToStaticMarkup } from 'react-dom/server';
import { brand } from '../../runtime/brand.ts';
import { logger } from '../../runtime/logger.ts';
import { ErrorNotice } from '../components/error-notice.tsx';
import { Frame } from '../components/frame.tsx';
import { errorText } from '../texts/errors.ts';
import { Refusal } from './refusal.ts';

/** Stands for the reference of a request. */
const REFERENCE = '0000000000';

/** The style sheets of the root route, as built. */
export const stylesheetsOf = (build: ServerBuild): readonly string[] => build.assets.routes['root']?.css ?? [];

/** The last step: everything that was thrown on the way ends here. */
export function drawRefusals(stylesheets: readonly string[]): ErrorRequestHandler {
  const log = logger('web');
  const pages = new Map<number, string>();
  // Drawn once a status: a process that has to turn hundreds away at once must not draw hundreds of pages (S59).
  const pageOf = (status: number, requestId: string): string => {
    const page = pages.get(status) ?? refusalPage(status, REFERENCE, stylesheets);
    pages.set(status, page);
    return page.replaceAll(REFERENCE, requestId);
  };
  return (error: unknown, _request, response, next) => {
    const { requestId } = response.locals;
    const status = error instanceof Refusal ? error.status : statusOfParser(error);
    // Turned away because too many came: no fault, and the log of requests has it.
    if (status >= 500 && !(error instanceof Refusal)) log.error({ err: error, requestId }, 'request failed');
    if (response.headersSent) {
      next(error);
      return;
    }
    const retryAfter = error instanceof Refusal ? error.retryAfter : status >= 500 ? 30 : undefined;
    if (retryAfter !== undefined) response.set('Retry-After', String(retryAfter));
    // What is left of a body that was refused is not worth reading.
    if (!response.req.complete) response.set('Connection', 'close');
    response.status(status).set('Cache-Control', 'no-store').type('html').send(pageOf(status, requestId));
  };
}

/** Express's own parsers and file server throw errors with a status; what has none is a fault. */
function statusOfParser(error: unknown): number {
  const status = error instanceof Error && 'status' in error ? Number(error.status) : 500;
  return status >= 400 && status < 500 ? status : 500;
}

export function refusalPage(status: number, requestId: string, stylesheets: readonly string[]): string {
  const page = (
    <html lang="ja">
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{errorText(status).title}</title>
        <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
        {stylesheets.map((href) => (
          <link key={href} rel="stylesheet" href={href} />
        ))}
      </head>
      <body>
        <Frame brand={brand}>
          <ErrorNotice status={status} requestId={requestId} />
        </Frame>
      </body>
    </html>
  );
  return `<!DOCTYPE html>${renderToStaticMarkup(page)}`;
}
