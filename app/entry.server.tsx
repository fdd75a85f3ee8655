/** Draws pages on the server; also hands out the server in front of Remix, so that the process has one of every module (decision 0001). */
import type { AppLoadContext, EntryContext, HandleErrorFunction } from '@remix-run/node';
import { RemixServer } from '@remix-run/react';
import { logger } from '../runtime/logger.ts';
import { ResponseFactsContext } from './components/response-facts.ts';
import { draw } from './server/draw.server.ts';

export { serveSite } from './server/serve.server.ts';

/** Draws the whole page before the first byte goes out: a fault on the way is a proper error page, never half a page. */
export default async function handleRequest(
  request: Request,
  status: number,
  headers: Headers,
  entry: EntryContext,
  { nonce, visit }: AppLoadContext,
): Promise<Response> {
  const page = await draw(
    <ResponseFactsContext.Provider value={{ nonce, requestId: visit.requestId }}>
      <RemixServer context={entry} url={request.url} nonce={nonce} />
    </ResponseFactsContext.Provider>,
    nonce,
  );
  headers.set('Content-Type', 'text/html; charset=utf-8');
  // Remix gives its preload links no nonce, and `strict-dynamic` refuses them without. In text this is always escaped.
  const allowed = page.replaceAll('<link rel="modulepreload"', `<link nonce="${nonce}" rel="modulepreload"`);
  return new Response(allowed, { status, headers });
}

let log: ReturnType<typeof logger> | undefined;

/** A fault in a loader, an action or a page: the page says the reference, the log says the rest. */
export const handleError: HandleErrorFunction = (error, { request, context }) => {
  if (request.signal.aborted) return;
  log ??= logger('web');
  log.error({ err: error, requestId: context.visit.requestId, path: new URL(request.url).pathname }, 'page failed');
};
