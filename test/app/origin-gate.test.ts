/** Nothing from elsewhere gets through to a page: hosts, origins, form tokens (security.md S18, S30, S31). */
import { expect, it } from 'vitest';
import { readKeptInput } from '../../db/stores/kept-inputs.ts';
import { formTokenFor } from '../../db/stores/secrets.ts';
import { readMemberSession, signOut } from '../../db/stores/sessions.ts';
import { memberSessions } from '../../app/auth/browser-sessions.server.ts';
import { buildChallenge, buildMember, buildMemberSession, buildVisit, type BuiltMember } from '../support/build.ts';
import { useStores } from '../support/stores.ts';
import { gatedSite, ORIGIN } from './tools/gated-site.ts';

useStores();
const { ask, visit, last, passed } = gatedSite();

const cookieOf = async (secret: string) => (await memberSessions().remember(secret)).split(';')[0] ?? '';

/** A browser that still waits for the one-time code. */
async function codeSession(member: BuiltMember) {
  const { secret } = await buildChallenge(member);
  const session = await readMemberSession(secret);
  if (session === undefined) throw new Error('the built session does not live');
  return { secret, session };
}

/** A browser in which a member is signed in, at a page with a form. */
async function signedInBrowser(member?: BuiltMember) {
  const { secret, session } = await buildMemberSession(member ?? (await buildMember()));
  const { cookie, token } = await visit('/apply', await cookieOf(secret));
  return { cookie, token, session };
}

const post = (
  path: string,
  cookie: string,
  fields: Record<string, string>,
  headers: Record<string, string | undefined> = {},
) => ask({ method: 'POST', path, headers: { cookie, ...headers }, body: new URLSearchParams(fields).toString() });

it.each([
  ['another name', 'evil.example'],
  ['another port', 'localhost:3001'],
  ['junk behind the port', 'localhost:3000evil'],
  ['user info', 'localhost:3000@evil.example'],
  ['our name within another', 'localhost:3000.evil.example'],
])('a Host with %s is answered with 421 and a page', async (_, host) => {
  const before = passed.length;

  const { status, body } = await ask({ path: '/login', headers: { host } });

  expect(status).toBe(421);
  expect(body).toContain('0120-91-5809');
  expect(passed).toHaveLength(before);
});

it('X-Forwarded-Host and Forwarded change nothing: a page learns only of our own origin', async () => {
  await ask({ path: '/login', headers: { 'x-forwarded-host': 'evil.example', forwarded: 'host=evil.example' } });

  expect(last().headers).toMatchObject({ host: 'localhost:3000' });
  expect(last().headers).not.toHaveProperty('x-forwarded-host');
});

it('pages asked for at 127.0.0.1 lead to the public origin, posts to it are refused, health answers anywhere', async () => {
  expect(await ask({ path: '/login?x=1', headers: { host: '127.0.0.1:3000' } })).toMatchObject({
    status: 308,
    headers: { location: `${ORIGIN}/login?x=1` },
  });
  expect(await ask({ method: 'POST', path: '/login', headers: { host: '127.0.0.1:3000' }, body: 'a=b' })).toMatchObject(
    { status: 421 },
  );
  expect(await ask({ path: '/healthz', headers: { host: 'anything.example' } })).toMatchObject({ status: 200 });
});

it('an absolute URL in the request line is refused', async () => {
  expect(await ask({ path: 'http://evil.example/login' })).toMatchObject({ status: 400 });
});

it.each([
  ['foreign', { origin: 'https://evil.example' }],
  ['of a sibling', { origin: 'http://shop.localhost:3000' }],
  ['null', { origin: 'null' }],
  ['absent', { origin: undefined }],
  ['malformed', { origin: 'http://localhost:3000/' }],
  ['ours, but the browser says cross-site', { 'sec-fetch-site': 'cross-site' }],
  ['ours, but the browser says same-site', { 'sec-fetch-site': 'same-site' }],
  ['ours, but the browser says none', { 'sec-fetch-site': 'none' }],
  ['foreign, with a forged X-Forwarded-Host', { origin: 'https://evil.example', 'x-forwarded-host': 'evil.example' }],
])('a post whose origin is %s is answered with 403 and a page, whatever its path', async (_, headers) => {
  const { cookie, token } = await signedInBrowser();
  const before = passed.length;

  for (const path of ['/apply', '/apply.data', '/apply?index', '/products/search']) {
    const { status, body } = await post(path, cookie, { formToken: token }, headers);
    expect(status, path).toBe(403);
    expect(body).toContain('この操作は受け付けられませんでした');
  }
  expect(passed).toHaveLength(before);
});

it('the browser’s word alone, or the origin alone, is enough with the right token', async () => {
  const { cookie, token } = await signedInBrowser();

  const byWord = await post(
    '/apply',
    cookie,
    { formToken: token },
    { origin: undefined, 'sec-fetch-site': 'same-origin' },
  );
  const byOrigin = await post('/apply', cookie, { formToken: token, a: 'あ' });

  expect([byWord.status, byOrigin.status]).toEqual([200, 200]);
  expect(new URLSearchParams(last().body).get('a')).toBe('あ');
});

it.each(['PUT', 'DELETE', 'PATCH'])('%s is no method of the site', async (method) => {
  expect(await ask({ method, path: '/apply' })).toMatchObject({ status: 405, headers: { allow: 'GET, HEAD, POST' } });
});

it('requests for one loader or action alone by _data are refused', async () => {
  const { cookie, token } = await signedInBrowser();

  expect(await ask({ path: '/apply?_data=routes%2Fapply', headers: { cookie } })).toMatchObject({ status: 403 });
  expect(await post('/apply?%5Fdata=root', cookie, { formToken: token })).toMatchObject({ status: 403 });
});

it('a form without a token, with a made-up one, or with that of another signed-in browser is refused', async () => {
  const mine = await signedInBrowser();
  const other = await signedInBrowser();
  const before = passed.length;

  for (const formToken of [
    '',
    'x.k1.y',
    `${mine.session.id}.k9.${'A'.repeat(43)}`,
    `${mine.session.id}.k1.${'A'.repeat(43)}`,
    other.token,
  ]) {
    expect(await post('/apply', mine.cookie, { formToken }), formToken).toMatchObject({ status: 403 });
  }
  expect(await post('/apply', mine.cookie, {})).toMatchObject({ status: 403 });
  expect(passed).toHaveLength(before);
});

it('a browser without cookies gets a visitor cookie, whose token then lets its form through', async () => {
  const first = await ask({ path: '/login' });
  const { token } = { token: last().context.formToken };
  const cookie = first.headers['set-cookie']?.[0] ?? '';

  expect(cookie).toMatch(/^visitor=[^;]+; Path=\/; HttpOnly; SameSite=Lax$/);
  expect(await post('/login', cookie.split(';')[0] ?? '', { formToken: token })).toMatchObject({ status: 200 });
  expect(await post('/login', '', { formToken: token })).toMatchObject({ status: 403 });
});

it('a form drawn before this browser signed in runs nothing and is drawn anew', async () => {
  const visitor = await visit('/login');
  const { secret } = await buildMemberSession(await buildMember());
  const before = passed.length;

  const answered = await post('/login', `${visitor.cookie}; ${await cookieOf(secret)}`, { formToken: visitor.token });

  expect(answered).toMatchObject({ status: 303, headers: { location: '/login' } });
  expect(passed).toHaveLength(before);
});

it('a form of a session that has ended runs nothing; what was typed waits for its member, secrets left out', async () => {
  const member = await buildMember();
  const { cookie, token, session } = await signedInBrowser(member);
  await signOut(session, buildVisit());
  const before = passed.length;

  const answered = await post('/apply/draft-1?index', cookie, {
    formToken: token,
    remarks: '午前中に',
    code: '123456',
    currentPassword: 'Kashi-2026',
  });

  expect(answered).toMatchObject({ status: 303, headers: { location: '/login?returnTo=%2Fapply%2Fdraft-1' } });
  expect(passed).toHaveLength(before);
  expect(await readKeptInput(member.memberId, '/apply/draft-1')).toEqual([['remarks', '午前中に']]);
});

it('a form of a rotated session leads the same member straight back to its page, anybody else to a refusal', async () => {
  const member = await buildMember();
  const { token, session } = await signedInBrowser(member);
  await signOut(session, buildVisit());
  const again = await signedInBrowser(member);
  const other = await signedInBrowser();

  expect(await post('/apply', again.cookie, { formToken: token, remarks: '続き' })).toMatchObject({
    status: 303,
    headers: { location: '/apply' },
  });
  expect(await post('/apply', other.cookie, { formToken: token, remarks: '続き' })).toMatchObject({ status: 403 });
});

it('a form of a one-time code whose session is over leads back to its own page, and nothing is kept', async () => {
  const member = await buildMember({ mfa: true });
  const { secret, session } = await codeSession(member);
  await signOut(session, buildVisit());

  const answered = await post('/login/otp', await cookieOf(secret), {
    formToken: formTokenFor(session.id),
    code: '123456',
    a: 'b',
  });

  expect(answered).toMatchObject({ status: 303, headers: { location: '/login/otp' } });
  expect(await readKeptInput(member.memberId, '/login/otp')).toBeUndefined();
});

it('members are known by their cookie on member pages only, staff pages never see it', async () => {
  const { cookie } = await signedInBrowser();

  for (const path of ['/staff', '/staff/', '/staff.data', '/%73taff', '/STAFF/queue']) {
    await ask({ path, headers: { cookie } });
    expect(last().context, path).toMatchObject({ member: undefined, staff: undefined });
  }
  await ask({ path: '/stafford', headers: { cookie } });
  expect(last().context.member).toBeDefined();
});
