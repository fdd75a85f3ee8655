/** Hands a request that has passed every gate to Remix, and its answer to the browser. */
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Request as ExpressRequest, Response as ExpressResponse } from 'express';
import { isDenial, recordDenial } from './denied-access.server.ts';
import { inQueueWithPassword } from './password-queue.server.ts';
import type { SiteParts } from './site.ts';
import { step } from './step.ts';

/** Ours alone to say, or about one connection only. */
const NOT_HANDED_ON = new Set([
  'host',
  'connection',
  'keep-alive',
  'transfer-encoding',
  'content-length',
  'upgrade',
  'te',
  'expect',
]);

export function answerWith({ answer, isPage, publicOrigin }: Pick<SiteParts, 'answer' | 'isPage' | 'publicOrigin'>) {
  return step(async (request, response) => {
    const { nonce, requestId, ip, browser, fields } = response.locals;
    const visit = { ip, requestId, device: browser.device, userAgent: request.get('user-agent') ?? '' };
    const context = { ...browser.context, visit, nonce, isPage };
    const answered = await inQueueWithPassword(fields, () =>
      answer(asWebRequest(request, response, publicOrigin), context),
    );
    if (isDenial(request, response, answered.status, isPage)) await recordDenial(request, response, answered.status);
    await send(answered, request, response);
  });
}

function asWebRequest(request: ExpressRequest, response: ExpressResponse, publicOrigin: string): Request {
  const headers = new Headers({ host: new URL(publicOrigin).host });
  for (const [name, value] of Object.entries(request.headers)) {
    if (value === undefined || NOT_HANDED_ON.has(name) || name.startsWith('x-forwarded-')) continue;
    headers.set(name, Array.isArray(value) ? value.join(', ') : value);
  }
  const gone = new AbortController();
  response.once('close', () => {
    if (!response.writableFinished) gone.abort();
  });
  const withBody = request.method === 'POST';
  return new Request(publicOrigin + request.url, {
    method: request.method,
    headers,
    signal: gone.signal,
    ...(withBody ? { body: new Uint8Array(response.locals.body) } : {}),
  });
}

async function send(answered: Response, request: ExpressRequest, response: ExpressResponse): Promise<void> {
  response.status(answered.status);
  for (const [name, value] of answered.headers) {
    if (name !== 'set-cookie') response.setHeader(name, value);
  }
  const { setCookie } = response.locals.browser;
  for (const cookie of [...answered.headers.getSetCookie(), ...(setCookie === undefined ? [] : [setCookie])]) {
    response.append('Set-Cookie', cookie);
  }
  // The list of routes is the same for everybody; every page belongs to who asked (S27, S38).
  if (request.path !== '/__manifest') response.setHeader('Cache-Control', 'no-store');
  response.vary('Cookie');
  const type = answered.headers.get('content-type');
  if (type?.startsWith('text/') === true && !type.includes('charset')) {
    response.setHeader('Content-Type', `${type}; charset=utf-8`);
  }
  if (answered.status >= 500 && !answered.headers.has('retry-after')) response.setHeader('Retry-After', '30');
  if (answered.body === null || request.method === 'HEAD') {
    response.end();
    return;
  }
  // A browser that went away is no fault of ours.
  await pipeline(Readable.fromWeb(answered.body as Parameters<typeof Readable.fromWeb>[0]), response).catch(
    () => undefined,
  );
}
