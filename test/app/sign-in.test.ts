/** ログイン, step by step, as Remix calls it (spec.md "Signing in"; security.md S01, S05, S08, S09, S11, S13, S23, S24, S63). */
import type { AppLoadContext } from '@remix-run/node';
import { expect, it } from 'vitest';
import { memberSessions, staffSessions } from '../../app/auth/browser-sessions.server.ts';
import { requireMember, requireStaff } from '../../app/auth/guards.server.ts';
import { loader as home } from '../../app/routes/_index.tsx';
import { action as signIn, loader as showSignIn } from '../../app/routes/login.tsx';
import { action as answerCode, loader as showCode } from '../../app/routes/login_.otp.tsx';
import { action as signOut, loader as getSignOut } from '../../app/routes/logout.tsx';
import { action as changePassword, loader as showChange } from '../../app/routes/password.change.tsx';
import { action as signInStaff } from '../../app/routes/staff.login.tsx';
import { action as answerStaffCode } from '../../app/routes/staff.login_.otp.tsx';
import { rows } from '../../db/raw.ts';
import { readMemberSession, readStaffSession } from '../../db/stores/sessions.ts';
import { currentSecretKeyId, deriveCode } from '../../db/stores/secrets.ts';
import {
  buildChallenge,
  buildMember,
  buildMemberSession,
  buildStaff,
  buildVisit,
  type BuiltMember,
} from '../support/build.ts';
import { useStores } from '../support/stores.ts';
import { answerOf, asked, emptyContext } from '../support/web.ts';

useStores();

const typed = (who: { loginId?: string; address: string; password: string }): [string, string][] =>
  Object.entries({ loginId: who.loginId ?? '', address: who.address, password: who.password });

let lastAddress = 0;
/** A browser of an address of its own, so that one test's failures don't slow another's down (S56). */
const browser = (): AppLoadContext => ({
  ...emptyContext(),
  visit: buildVisit({ ip: `198.51.100.${(lastAddress += 1)}` }),
});

/** The browser after an answer: what its cookie holds then. */
async function after(answer: Response, before: AppLoadContext): Promise<AppLoadContext> {
  const cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? '';
  const [member, staff] = await Promise.all([memberSessions().read(cookie), staffSessions().read(cookie)]);
  return { ...before, member: member.living, staff: staff.living, browserSecret: member.secret ?? staff.secret };
}

async function redirected(work: Promise<unknown>): Promise<Response> {
  const answer = await work.catch((thrown: unknown) => thrown);
  if (!(answer instanceof Response)) throw new Error('no redirect');
  return answer;
}

/** A browser that has typed the right password and waits for the code. */
async function waitingBrowser(
  member: BuiltMember,
): Promise<{ context: AppLoadContext; code: string; challengeId: string }> {
  const { secret, code, challengeId } = await buildChallenge(member);
  return {
    context: { ...browser(), member: await readMemberSession(secret), browserSecret: secret },
    code,
    challengeId,
  };
}

it('the three right fields sign in and lead to the page that was asked for', async () => {
  const member = await buildMember();
  const context = browser();

  const answer = await redirected(signIn(asked(context, '/login?returnTo=%2Fapply%3Fa%3Db', {}, typed(member))));

  expect(answer.headers.get('location')).toBe('/apply?a=b');
  const { member: session } = await after(answer, context);
  expect(session).toMatchObject({ stage: 'full', memberId: member.id });
  expect(requireMember(asked({ ...context, member: session }, '/apply', {}))).toBe(session);
});

it('every wrong combination has the same answer, which keeps all that was typed but the password', async () => {
  const member = await buildMember();
  const deleted = await buildMember({ deletedAt: new Date() });
  const invited = await buildMember({ password: null });
  const wrong = [
    { ...member, password: 'wrong' },
    { ...member, loginId: 'nobody01' },
    { ...member, address: 'nobody@example.jp' },
    { ...member, address: 'no address' },
    { ...member, password: 'x'.repeat(500) },
    deleted,
    { ...invited, password: 'Kashi-2026' },
  ];

  for (const who of wrong) {
    const answer = await answerOf(signIn(asked(browser(), '/login', {}, typed(who))));
    expect(answer).toEqual({
      status: 422,
      location: undefined,
      retryAfter: undefined,
      data: {
        missing: [],
        refusal: { reason: 'refused', until: '' },
        typed: { loginId: who.loginId, address: who.address },
      },
    });
  }
});

it('what is missing is named, and nothing is judged', async () => {
  const answer = await answerOf(
    signIn(asked(browser(), '/login', {}, typed({ address: 'a@example.jp', password: '' }))),
  );

  expect(answer).toMatchObject({ status: 422, data: { missing: ['loginId', 'password'], refusal: undefined } });
});

it('a field that comes twice is no form of ours', async () => {
  const member = await buildMember();

  const answer = await answerOf(signIn(asked(browser(), '/login', {}, [...typed(member), ['loginId', 'other']])));

  expect(answer.status).toBe(400);
});

it.each([
  'https://evil.example/',
  '//evil.example',
  '/\\evil.example',
  '/.//evil.example',
  '/%0a',
  'javascript:alert(1)',
  '/staff',
  '',
  'apply',
])('after signing in nobody is led to %j', async (returnTo) => {
  const member = await buildMember();
  const context = { ...browser(), isPage: (path: string) => path === '/apply' || path === '/staff' };

  const answer = await redirected(
    signIn(asked(context, `/login?${new URLSearchParams({ returnTo }).toString()}`, {}, typed(member))),
  );

  expect(answer.headers.get('location')).toBe('/');
});

it('a planted cookie never becomes signed in: the sign-in makes a new session and ends the old', async () => {
  const planted = await buildMemberSession(await buildMember());
  const member = await buildMember();
  const context = { ...browser(), browserSecret: planted.secret };

  const next = await after(await redirected(signIn(asked(context, '/login', {}, typed(member)))), context);

  expect(next.browserSecret).not.toBe(planted.secret);
  expect(await readMemberSession(planted.secret)).toBeUndefined();
});

it('who is signed in does not see the sign-in page', async () => {
  const { session } = await buildMemberSession(await buildMember());

  const answer = await redirected(showSignIn(asked({ ...browser(), member: session }, '/login', {})));

  expect(answer.headers.get('location')).toBe('/');
});

it('with the code on, the right password leads to the code page, which shows a masked address and no member page opens', async () => {
  const member = await buildMember({ mfa: true, address: 'tanaka@web.example' });
  const context = browser();

  const answer = await redirected(signIn(asked(context, '/login?returnTo=%2Fapply', {}, typed(member))));

  expect(answer.headers.get('location')).toBe('/login/otp?returnTo=%2Fapply');
  const waiting = await after(answer, context);
  expect(await showCode(asked(waiting, '/login/otp', {}))).toMatchObject({
    state: 'open',
    maskedAddress: 't***@web.example',
    triesLeft: 5,
    resendsLeft: 3,
    letter: 'on-its-way',
  });
  expect(() => requireMember(asked(waiting, '/apply', {}))).toThrow();
  expect(
    await answerOf(Promise.resolve().then(() => showChange(asked(waiting, '/password/change', {})))),
  ).toMatchObject({ location: '/login/otp' });
});

it('the right code, in full width and with a blank, completes the sign-in once', async () => {
  const member = await buildMember({ mfa: true });
  const { context, code } = await waitingBrowser(member);
  const fullWidth = code.replaceAll(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0));

  const answer = await redirected(
    answerCode(
      asked(context, '/login/otp?returnTo=%2Fapply', {}, [['code', `${fullWidth.slice(0, 3)} ${fullWidth.slice(3)}`]]),
    ),
  );

  expect(answer.headers.get('location')).toBe('/apply');
  expect((await after(answer, context)).member).toMatchObject({ stage: 'full', memberId: member.id });
  expect(await answerOf(answerCode(asked(context, '/login/otp', {}, [['code', code]])))).toMatchObject({
    status: 422,
    data: { refusal: 'ended' },
  });
});

it('a wrong code costs a try, what can be no code costs none, the fifth wrong one ends it', async () => {
  const { context, code } = await waitingBrowser(await buildMember({ mfa: true }));
  const wrong = code === '000000' ? '000001' : '000000';
  const submit = (text: string) => answerOf(answerCode(asked(context, '/login/otp', {}, [['code', text]])));
  const triesLeft = async () => (await showCode(asked(context, '/login/otp', {}))).triesLeft;

  expect(await submit('12345')).toMatchObject({ status: 422, data: { refusal: 'not-six-digits' } });
  expect(await triesLeft()).toBe(5);
  for (let i = 0; i < 4; i += 1)
    expect(await submit(wrong)).toMatchObject({ status: 422, data: { refusal: 'code-wrong' } });
  expect(await triesLeft()).toBe(1);
  expect(await submit(wrong)).toMatchObject({ data: { refusal: 'tries-exhausted' } });
  expect(await submit(code)).toMatchObject({ data: { refusal: 'tries-exhausted' } });
  expect(await showCode(asked(context, '/login/otp', {}))).toMatchObject({ state: 'exhausted' });
});

it('past its end the browser’s old cookie only shows that the code has expired, and the way to a new one', async () => {
  const { context, code, challengeId } = await waitingBrowser(await buildMember({ mfa: true }));
  await rows(`update challenges set expires_at = now() where id = $1`, [challengeId]);
  await rows(`update sessions set ends_at = now() where challenge_id = $1`, [challengeId]);
  const later = { ...context, member: undefined };

  expect(await showCode(asked(later, '/login/otp?returnTo=%2Fapply', {}))).toMatchObject({
    state: 'expired',
    maskedAddress: '',
    again: '/login?returnTo=%2Fapply',
  });
  expect(await answerOf(answerCode(asked(later, '/login/otp', {}, [['code', code]])))).toMatchObject({ status: 302 });
});

it('a resend too soon is refused, later it mails the same code again', async () => {
  const { context, challengeId } = await waitingBrowser(await buildMember({ mfa: true }));
  const resend = () => answerOf(answerCode(asked(context, '/login/otp', {}, [['intent', 'resend']])));

  expect(await resend()).toMatchObject({ status: 422, data: { asked: 'resend', refusal: 'too-soon' } });
  await rows(`update challenges set mailed_at = now() - interval '61 seconds' where id = $1`, [challengeId]);
  expect(await resend()).toMatchObject({ status: 200, data: { asked: 'resend', refusal: undefined } });
  expect(await showCode(asked(context, '/login/otp', {}))).toMatchObject({ resendsLeft: 2 });
});

it.each([
  ['the code', (code: string): [string, string][] => [['code', code]]],
  ['a resend', (): [string, string][] => [['intent', 'resend']]],
])('a member who is deleted as %s is posted is told that the sign-in has ended', async (_what, fields) => {
  const member = await buildMember({ mfa: true });
  const { context, code } = await waitingBrowser(member);
  await rows(`update members set deleted_at = now() where id = $1`, [member.id]);

  const answer = await answerOf(answerCode(asked(context, '/login/otp', {}, fields(code))));

  expect(answer).toMatchObject({ status: 422, data: { refusal: 'ended' } });
});

it('a code of another browser opens nothing', async () => {
  const member = await buildMember({ mfa: true });
  const first = await waitingBrowser(member);
  const second = await waitingBrowser(member);

  expect(await answerOf(answerCode(asked(second.context, '/login/otp', {}, [['code', first.code]])))).toMatchObject({
    status: 422,
  });
});

it('a browser without a sign-in under way is led from the code page to the sign-in', async () => {
  expect(await answerOf(showCode(asked(browser(), '/login/otp', {})))).toMatchObject({
    location: '/login?returnTo=%2F',
  });
});

it('who must change the password reaches only that page; the change satisfies it, renews the session and ends the others', async () => {
  const member = await buildMember({ mustChangePassword: true });
  const { secret, session } = await buildMemberSession(member);
  const elsewhere = await buildMemberSession(member);
  const context = { ...browser(), member: session, browserSecret: secret };
  expect(await answerOf(home(asked(context, '/', {})))).toMatchObject({ location: '/password/change?returnTo=%2F' });
  expect(showChange(asked(context, '/password/change', {}))).toEqual({ loginId: member.loginId, forced: true });

  const answer = await redirected(
    changePassword(asked(context, '/password/change?returnTo=%2Fapply', {}, change(member.password, 'Natsu-2027'))),
  );

  expect(answer.headers.get('location')).toBe('/password/changed?returnTo=%2Fapply');
  const next = await after(answer, context);
  expect(next.member).toMatchObject({ mustChangePassword: false, stage: 'full' });
  expect(await readMemberSession(secret)).toBeUndefined();
  expect(await readMemberSession(elsewhere.secret)).toBeUndefined();
});

const change = (current: string, next: string, again = next): [string, string][] => [
  ['currentPassword', current],
  ['newPassword', next],
  ['newPasswordConfirmation', again],
];

it('every broken rule is told at once, and no password comes back', async () => {
  const member = await buildMember();
  const { secret, session } = await buildMemberSession(member);
  const context = { ...browser(), member: session, browserSecret: secret };
  const submit = (fields: [string, string][]) =>
    answerOf(changePassword(asked(context, '/password/change', {}, fields)));

  expect(await submit(change('', 'short', 'other'))).toMatchObject({
    status: 422,
    data: {
      faults: [
        { field: 'currentPassword', fault: 'required' },
        { field: 'newPassword', fault: 'length' },
        { field: 'newPassword', fault: 'classes' },
        { field: 'newPasswordConfirmation', fault: 'not-repeated' },
      ],
    },
  });
  expect(await submit(change(member.password, member.password))).toMatchObject({
    data: { faults: [{ fault: 'not-current' }] },
  });
  expect(await submit(change('Wrong-2026', 'Natsu-2027'))).toEqual({
    status: 422,
    location: undefined,
    retryAfter: undefined,
    data: { faults: [], refusal: 'current-password-wrong' },
  });
});

it('signing out ends the session on the server and makes the browser forget; a GET does nothing', async () => {
  const { secret, session } = await buildMemberSession(await buildMember());
  const context = { ...browser(), member: session, browserSecret: secret };

  expect(getSignOut().headers.get('location')).toBe('/');
  expect(await readMemberSession(secret)).toBeDefined();
  const answer = await signOut(asked(context, '/logout', {}, []));

  expect(await readMemberSession(secret)).toBeUndefined();
  expect(answer.headers.get('clear-site-data')).toBe('"cache", "storage"');
  expect(answer.headers.get('set-cookie')).toMatch(/^sid=; Path=\/; Expires=Thu, 01 Jan 1970/);
});

it('staff sign in with address, password and always a code, and a member is no staff', async () => {
  const staff = await buildStaff();
  const context = browser();

  const first = await redirected(signInStaff(asked(context, '/staff/login', {}, typed(staff).slice(1))));
  const waiting = await after(first, context);
  expect(first.headers.get('location')).toBe('/staff/login/otp?returnTo=%2Fstaff');
  expect(() => requireStaff(asked(waiting, '/staff', {}))).toThrow();
  const code = deriveCode('sign-in', 'staff', waiting.staff?.challengeId ?? '', currentSecretKeyId());
  const second = await redirected(answerStaffCode(asked(waiting, '/staff/login/otp', {}, [['code', code]])));

  const { browserSecret } = await after(second, waiting);
  expect(await readStaffSession(browserSecret ?? '')).toMatchObject({ stage: 'full', staffId: staff.id });
  expect(await readMemberSession(browserSecret ?? '')).toBeUndefined();
  expect(
    await answerOf(signInStaff(asked(browser(), '/staff/login', {}, typed(await buildMember()).slice(1)))),
  ).toMatchObject({ status: 422 });
});
