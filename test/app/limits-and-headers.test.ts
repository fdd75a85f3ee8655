/** What every answer carries, and what is too much (security.md S34, S35, S38, S46, S56, S60, S76). */
import { connect } from 'node:net';
import { once } from 'node:events';
import { expect, it } from 'vitest';
import { limits } from '../../runtime/limits.ts';
import { clientAddressBehind } from '../../app/server/client-address.server.ts';
import { memberSessions } from '../../app/auth/browser-sessions.server.ts';
import { buildMember, buildMemberSession } from '../support/build.ts';
import { useStores } from '../support/stores.ts';
import { gatedSite, type Answered } from './tools/gated-site.ts';

useStores();
const { ask, visit, last, port, stop } = gatedSite((url) => {
  if (url === '/fault') throw new Error('inner word');
  return new Response('<p>page</p>', {
    headers: { 'Content-Type': 'text/html', 'Cache-Control': 'public, max-age=60' },
  });
});

const form = { 'content-type': 'application/x-www-form-urlencoded' };

it.each([
  '/login',
  '/nosuch',
  '/healthz',
  '/favicon.svg',
  '/assets/entry-abc123.js',
  '/assets/nosuch.js',
  '/x?_data=1',
])('%s answers with all security headers', async (path) => {
  const { headers } = await ask({ path });

  expect(headers).toMatchObject({
    'strict-transport-security': 'max-age=31536000; includeSubDomains',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'referrer-policy': 'strict-origin',
    'content-type': expect.stringMatching(/charset=utf-8$/i) as string,
  });
  expect(headers['permissions-policy']).toContain('camera=()');
  expect(headers).not.toHaveProperty('x-powered-by');
  expect(headers).not.toHaveProperty('server');
  expect(
    String(headers['content-security-policy'])
      .replace(/'nonce-[^']+'/, "'nonce-…'")
      .split(';'),
  ).toEqual([
    "default-src 'none'",
    "script-src 'nonce-…' 'strict-dynamic'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "object-src 'none'",
    'report-uri /csp-report',
  ]);
});

it.each(['//', '///', '//login', '//evil.example/account'])('%s is no page of ours', async (path) => {
  const { status, headers, body } = await ask({ path });

  expect(status).toBe(404);
  expect(headers).not.toHaveProperty('location');
  expect(body).not.toContain('evil.example');
});

it('no nonce comes twice, and the page is told the one of its own response', async () => {
  const nonces = new Set<string>();
  for (let i = 0; i < 50; i += 1) {
    const { headers } = await ask({ path: '/login' });
    expect(headers['content-security-policy']).toContain(`'nonce-${last().context.nonce}'`);
    nonces.add(last().context.nonce);
  }
  expect(nonces.size).toBe(50);
});

it('pages are never stored by anybody, hashed files for a year', async () => {
  expect((await ask({ path: '/login' })).headers).toMatchObject({
    'cache-control': 'no-store',
    vary: expect.stringContaining('Cookie') as string,
  });
  expect((await ask({ path: '/nosuch?_data=1' })).headers).toMatchObject({ 'cache-control': 'no-store' });
  expect((await ask({ path: '/assets/entry-abc123.js' })).headers['cache-control']).toBe(
    'public, max-age=31536000, immutable',
  );
});

it.each([
  '/.secret',
  '/assets/../.secret',
  '/%2e%2e/package.json',
  '/assets/%2e%2e/.secret',
  '/assets/entry-abc123.js.map',
])('%s is no file of ours', async (path) => {
  const { body } = await ask({ path });

  expect(body).not.toContain('secret');
  expect(body).not.toContain('"name"');
});

async function postSignedIn(body: string, path = '/apply'): Promise<Answered> {
  const { secret } = await buildMemberSession(await buildMember());
  const { cookie, token } = await visit('/apply', (await memberSessions().remember(secret)).split(';')[0]);
  return ask({ method: 'POST', path, headers: { ...form, cookie }, body: `formToken=${token}&${body}` });
}

it('a body of 256 KiB passes, one byte more is refused, announced or not', async () => {
  const most = limits().bodyBytes;
  const { secret } = await buildMemberSession(await buildMember());
  const { cookie, token } = await visit('/apply', (await memberSessions().remember(secret)).split(';')[0]);
  const filled = (bytes: number) => `formToken=${token}&a=`.padEnd(bytes, 'x');
  const send = (bytes: number, headers: Record<string, string | undefined> = {}) =>
    ask({ method: 'POST', path: '/apply', headers: { cookie, ...headers }, body: filled(bytes) });

  expect(await send(most)).toMatchObject({ status: 200 });
  expect(await send(most + 1)).toMatchObject({ status: 413 });
  const chunked = await send(most + 1, { 'content-length': undefined, 'transfer-encoding': 'chunked' });
  expect(chunked).toMatchObject({
    status: 413,
    body: expect.stringContaining('送信された内容が大きすぎます') as string,
  });
});

it('200 fields pass, 201 are refused; the order form may have 1000', async () => {
  const fields = (count: number) => Array.from({ length: count - 1 }, (_, i) => `f${i}=`).join('&');

  expect(await postSignedIn(fields(200), '/password/change')).toMatchObject({ status: 200 });
  expect(await postSignedIn(fields(201), '/password/change')).toMatchObject({ status: 413 });
  expect(await postSignedIn(fields(1000), '/apply/draft')).toMatchObject({ status: 200 });
  expect(await postSignedIn(fields(1001), '/apply/draft')).toMatchObject({ status: 413 });
});

it.each([
  ['JSON', { 'content-type': 'application/json' }],
  ['multipart', { 'content-type': 'multipart/form-data; boundary=x' }],
  ['plain text', { 'content-type': 'text/plain' }],
  ['a form in another charset', { 'content-type': 'application/x-www-form-urlencoded; charset=utf-16' }],
  ['nothing said', { 'content-type': undefined }],
  ['a packed form', { 'content-encoding': 'gzip' }],
])('a body of %s is refused with 415', async (_, headers) => {
  expect(await ask({ method: 'POST', path: '/login', headers, body: 'a=b' })).toMatchObject({ status: 415 });
});

it('a URL over 8 KiB and a header over 16 KiB are refused, and the server goes on', async () => {
  expect(await ask({ path: `/login?q=${'x'.repeat(8 * 1024)}` })).toMatchObject({ status: 414 });
  expect(await ask({ path: '/login', headers: { 'x-large': 'x'.repeat(17 * 1024) } })).toMatchObject({ status: 431 });
  expect(await ask({ path: '/login' })).toMatchObject({ status: 200 });
});

it('what is no HTTP is answered with a status line, and two Host headers with 400', async () => {
  const raw = async (text: string) => {
    const socket = connect(port(), '127.0.0.1');
    socket.end(text);
    const [first] = (await once(socket, 'data')) as [Buffer];
    socket.destroy();
    return first.toString().split('\r\n')[0];
  };

  expect(await raw('hello\r\n\r\n')).toBe('HTTP/1.1 400 Bad Request');
  expect(await raw('GET / HTTP/1.1\r\nHost: localhost:3000\r\nHost: evil.example\r\nConnection: close\r\n\r\n')).toBe(
    'HTTP/1.1 400 Bad Request',
  );
});

it('an address asks 300 times a minute without a session, then waits; the signed-in and the files are not counted', async () => {
  const from = '127.0.3.1';
  const { secret } = await buildMemberSession(await buildMember());
  const cookie = (await memberSessions().remember(secret)).split(';')[0] ?? '';
  for (let i = 0; i < limits().addressRequestsPerMinute; i += 1) await ask({ path: '/login' }, from);

  const refused = await ask({ path: '/login', headers: { 'x-forwarded-for': '198.51.100.7' } }, from);

  expect(refused.status).toBe(429);
  expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
  expect(refused.body).toContain('アクセスが集中しています');
  expect(await ask({ path: '/apply', headers: { cookie } }, from)).toMatchObject({ status: 200 });
  expect(await ask({ path: '/favicon.svg' }, from)).toMatchObject({ status: 200 });
  expect(await ask({ path: '/login' }, '127.0.3.2')).toMatchObject({ status: 200 });
});

it('only a trusted proxy is believed about the client’s address', async () => {
  await ask({ path: '/login', headers: { 'x-forwarded-for': '198.51.100.9' } }, '127.0.0.1');
  expect(last().context.visit.ip).toBe('127.0.0.1');

  await ask({ path: '/login', headers: { 'x-forwarded-for': '203.0.113.5, 198.51.100.9' } }, '127.0.2.1');
  expect(last().context.visit.ip).toBe('198.51.100.9');

  await ask({ path: '/login', headers: { 'x-forwarded-for': 'evil' } }, '127.0.2.1');
  expect(last().context.visit.ip).toBe('127.0.2.1');
});

it.each(['everybody', '10.0.0.0/99', '10.0.0.0/0', ''])('"%s" can not be a trusted proxy', (proxy) => {
  expect(() => clientAddressBehind([proxy])).toThrow('TRUSTED_PROXIES');
});

it('a report of the browser is taken without a token, however strange it is', async () => {
  const send = (body: string) =>
    ask({ method: 'POST', path: '/csp-report', headers: { 'content-type': 'application/csp-report' }, body });

  expect(
    await send('{"csp-report":{"document-uri":"http://localhost:3000/x?token=1","blocked-uri":"inline"}}'),
  ).toMatchObject({ status: 204 });
  expect(await send('[]')).toMatchObject({ status: 204 });
  expect(await send('{')).toMatchObject({ status: 400 });
  expect(await send('x'.repeat(9000))).toMatchObject({ status: 413 });
});

it('a fault shows a page with the reference of its answer and nothing of what went on inside', async () => {
  const { status, headers, body } = await ask({ path: '/fault' });

  expect(status).toBe(500);
  expect(headers).toMatchObject({
    'retry-after': '30',
    'cache-control': 'no-store',
    'x-request-id': expect.stringMatching(/^[A-Z\d]{10}$/) as string,
  });
  expect(body).toContain(String(headers['x-request-id']));
  expect(body).not.toContain('inner word');
  expect(body).not.toContain('node_modules');
});

it('health says how the parts are, under any name, and that a process which drains wants no more', async () => {
  expect(JSON.parse((await ask({ path: '/healthz' })).body)).toEqual({ status: 'ok', process: 'ok', database: 'ok' });
  expect(await ask({ path: '/readyz' })).toMatchObject({
    status: 503,
    body: '{"status":"down","database":"ok","temporal":"down","worker":"down"}',
  });

  stop();

  expect(await ask({ path: '/healthz' })).toMatchObject({ status: 503, headers: { 'cache-control': 'no-store' } });
  expect(await ask({ path: '/login' })).toMatchObject({ status: 200 });
});
