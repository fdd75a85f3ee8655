/** The real server in front of Remix on a free port; behind it, instead of the pages, an echo of what was let through. */
import { once } from 'node:events';
import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { request, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AppLoadContext } from '@remix-run/node';
import { afterAll, beforeAll } from 'vitest';
import { expressSite } from '../../../app/server/express-site.server.ts';
import { drain, httpServer } from '../../../app/server/http-server.server.ts';

export const ORIGIN = 'http://localhost:3000';

export interface Passed {
  method: string;
  url: string;
  headers: Record<string, string>;
  body: string;
  context: AppLoadContext;
}

export interface Answered {
  status: number;
  headers: IncomingHttpHeaders;
  body: string;
}

export interface Ask {
  method?: string;
  path: string;
  /** Default: the site's own Host, and for a POST its Origin. A header set to undefined is not sent. */
  headers?: Record<string, string | string[] | undefined>;
  body?: string | Buffer;
}

/** Call it at the top of a test file, after useStores(). */
export function gatedSite(answer: (url: string) => Response | Promise<Response> = () => new Response('passed')) {
  const passed: Passed[] = [];
  let server: Server | undefined;
  let folder = '';
  let stopping = false;

  beforeAll(async () => {
    process.env['LOG_LEVEL'] = 'error';
    // Nothing listens there: this server is looked at alone.
    process.env['TEMPORAL_ADDRESS'] = '127.0.0.1:9';
    folder = await mkdtemp(join(tmpdir(), 'site-test-client-'));
    await mkdir(join(folder, 'assets'));
    await writeFile(join(folder, 'assets', 'entry-abc123.js'), 'export {};');
    await writeFile(join(folder, 'favicon.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>');
    await writeFile(join(folder, '.secret'), 'secret');
    const app = expressSite({
      answer: async (web, context) => {
        const { pathname, search } = new URL(web.url);
        const headers = Object.fromEntries(web.headers);
        passed.push({ method: web.method, url: pathname + search, headers, body: await web.text(), context });
        return answer(pathname + search);
      },
      isPage: () => true,
      stylesheets: ['/assets/root.css'],
      clientDirectory: folder,
      development: undefined,
      publicOrigin: ORIGIN,
      trustedProxies: ['127.0.2.0/24'],
      isStopping: () => stopping,
    });
    server = httpServer(app);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
  });
  afterAll(async () => {
    stopping = true;
    if (server !== undefined) await drain(server);
    await rm(folder, { recursive: true, force: true });
  });

  const port = () => (server?.address() as AddressInfo).port;

  /** Sends one request, exactly as asked. @param from the client's own address, within 127.0.0.0/8 */
  async function ask({ method = 'GET', path, headers = {}, body }: Ask, from = '127.0.0.1'): Promise<Answered> {
    const usual = { host: 'localhost:3000', ...(method === 'GET' ? {} : { origin: ORIGIN }) };
    const form =
      body === undefined
        ? {}
        : { 'content-type': 'application/x-www-form-urlencoded', 'content-length': String(Buffer.byteLength(body)) };
    const all: Record<string, string | string[] | undefined> = { ...usual, ...form, ...headers };
    const sent: Record<string, string | string[]> = {};
    for (const [name, value] of Object.entries(all)) if (value !== undefined) sent[name] = value;
    const outgoing = request({
      host: '127.0.0.1',
      port: port(),
      localAddress: from,
      method,
      path,
      headers: sent,
      agent: false,
    });
    outgoing.end(body);
    const [response] = (await once(outgoing, 'response')) as [
      NodeJS.ReadableStream & { statusCode: number; headers: IncomingHttpHeaders },
    ];
    const chunks: Buffer[] = [];
    for await (const chunk of response) chunks.push(chunk as Buffer);
    return { status: response.statusCode, headers: response.headers, body: Buffer.concat(chunks).toString() };
  }

  /** A page's visit: the cookies it sets, and the form token its forms would carry. */
  async function visit(path: string, cookie?: string): Promise<{ cookie: string; token: string }> {
    const { headers } = await ask({ path, headers: { cookie } });
    const set = (headers['set-cookie'] ?? []).map((line) => line.split(';')[0] ?? '');
    return {
      cookie: [cookie, ...set].filter((part) => part !== undefined).join('; '),
      token: last().context.formToken,
    };
  }

  function last(): Passed {
    const found = passed.at(-1);
    if (found === undefined) throw new Error('nothing has passed yet');
    return found;
  }

  const stop = () => (stopping = true);

  return { ask, visit, last, passed, port, stop };
}
