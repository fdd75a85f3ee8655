/** The catcher's HTTP side: an API for tests and a page for people. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { json } from 'node:stream/consumers';
import { ZodError } from 'zod';
import type { Behaviour } from './behaviour.ts';
import { listPage, mailPage, notFoundPage } from './html.ts';
import type { MailBox } from './mail-box.ts';

interface Answer {
  status: number;
  type: string;
  body: string;
}

export function mailPages(box: MailBox, behaviour: Behaviour): Server {
  return createServer((request, response) => {
    answerTo(request, box, behaviour).then(
      (answer) => send(response, answer),
      (error: unknown) => send(response, refusal(error)),
    );
  });
}

async function answerTo(request: IncomingMessage, box: MailBox, behaviour: Behaviour): Promise<Answer> {
  if (!isLocal(request.headers.host)) return asJson({ error: 'only by a local name' }, 403);
  const path = new URL(request.url ?? '/', 'http://localhost').pathname;
  switch (`${request.method ?? 'GET'} ${path}`) {
    case 'GET /':
      return asPage(listPage(box.list()));
    case 'GET /api/messages':
      return asJson(box.list());
    case 'DELETE /api/messages':
      box.empty();
      return { status: 204, type: 'text/plain', body: '' };
    case 'GET /api/mode':
      return asJson(behaviour.mode);
    case 'PUT /api/mode':
      return asJson(behaviour.change(await json(request)));
    default:
      return oneMail(path, box);
  }
}

function oneMail(path: string, box: MailBox): Answer {
  const [, id, raw] = /^\/messages\/([0-9a-f-]+)(\/raw)?$/.exec(path) ?? [];
  const mail = id === undefined ? undefined : box.find(id);
  if (mail === undefined) return asPage(notFoundPage(), 404);
  return raw === undefined
    ? asPage(mailPage(mail))
    : { status: 200, type: 'text/plain; charset=utf-8', body: mail.raw };
}

/** A page from elsewhere that lets its own name point to 127.0.0.1 must not read the mails. */
function isLocal(host: string | undefined): boolean {
  return /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/.test(host ?? '');
}

function refusal(error: unknown): Answer {
  const wrong = error instanceof ZodError || error instanceof SyntaxError;
  return asJson({ error: wrong ? error.message : 'internal error' }, wrong ? 400 : 500);
}

function asJson(value: unknown, status = 200): Answer {
  return { status, type: 'application/json; charset=utf-8', body: JSON.stringify(value) };
}

function asPage(body: string, status = 200): Answer {
  return { status, type: 'text/html; charset=utf-8', body };
}

function send(response: ServerResponse, { status, type, body }: Answer): void {
  response.writeHead(status, {
    'content-type': type,
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
  });
  response.end(body);
}
