/** パスワードをお忘れの方 and the pages behind mailed links, as Remix calls them (security.md S03, S13, S17, S19, S20, S62). */
import type { AppLoadContext } from '@remix-run/node';
import { expect, it } from 'vitest';
import { action as askAnew } from '../../app/routes/password.forgot.tsx';
import { action as setAnew, loader as showReset } from '../../app/routes/password.reset.tsx';
import { action as stopSignIn, loader as showNotice } from '../../app/routes/sign-in-notice.tsx';
import { inTransaction } from '../../db/connect.ts';
import { rows } from '../../db/raw.ts';
import { openResetFor } from '../../db/stores/password-reset.ts';
import { readMemberSession } from '../../db/stores/sessions.ts';
import { signInMember } from '../../db/stores/sign-in.ts';
import { jstMinute } from '../../domain/jst.ts';
import { buildMember, buildVisit, type BuiltMember } from '../support/build.ts';
import { mailedToken, shiftLinks } from '../support/links.ts';
import { useStores } from '../support/stores.ts';
import { answerOf, asked, emptyContext } from '../support/web.ts';

useStores();

let lastAddress = 0;
/** A browser of an address of its own, so that one test's failures don't slow another's down (S56). */
const browser = (): AppLoadContext => ({
  ...emptyContext(),
  visit: buildVisit({ ip: `198.51.100.${(lastAddress += 1)}` }),
});

type Fields = [string, string][];
const typed = ({ loginId, address }: { loginId: string; address: string }): Fields =>
  Object.entries({ loginId, address });
const newPassword = (next: string, again = next): Fields => [
  ['newPassword', next],
  ['newPasswordConfirmation', again],
];

/** A browser that has opened a link: what it holds then, and what it was answered. */
async function opened(work: (given: ReturnType<typeof asked>) => Promise<unknown>, path: string) {
  const answer = await work(asked(browser(), path, {})).catch((thrown: unknown) => thrown);
  if (!(answer instanceof Response)) throw new Error('the token was not taken out of the address');
  return { location: answer.headers.get('location'), cookie: answer.headers.get('set-cookie')?.split(';')[0] ?? '' };
}

/** The same request with the cookie of a browser. */
function withCookie(cookie: string, path: string, posted?: Fields) {
  const given = asked(browser(), path, {}, posted);
  given.request.headers.set('Cookie', cookie);
  return given;
}

async function withResetLink(wish: Parameters<typeof buildMember>[0] = {}) {
  const member = await buildMember(wish);
  await inTransaction((tx) => openResetFor(tx, member));
  const token = await mailedToken(member.id, 'password-reset');
  const { cookie } = await opened(showReset, `/password/reset?token=${token}`);
  return { member, token, cookie };
}

const signIn = (member: BuiltMember, password = member.password) =>
  signInMember({ ...member, password }, undefined, browser().visit);

it('asking answers alike for a known pair, an unknown one, a deleted and an invited member', async () => {
  const member = await buildMember();
  const classes = [
    member,
    { loginId: member.loginId, address: 'nobody@example.jp' },
    { loginId: 'nobody01', address: member.address },
    await buildMember({ deletedAt: new Date() }),
    await buildMember({ password: null }),
  ];

  const answers = [];
  for (const who of classes)
    answers.push(await answerOf(askAnew(asked(browser(), '/password/forgot', {}, typed(who)))));

  expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
  expect(answers[0]).toMatchObject({ status: 302, location: '/password/forgot/asked' });
});

it('full-width slips are forgiven', async () => {
  const member = await buildMember();
  const fullWidth = (text: string) => text.replaceAll(/[!-~]/g, (c) => String.fromCodePoint(c.charCodeAt(0) + 0xfee0));

  await askAnew(
    asked(
      browser(),
      '/password/forgot',
      {},
      typed({ loginId: fullWidth(member.loginId), address: ` ${member.address}` }),
    ),
  );

  const found = await rows(`select from procedures where login_id = $1 and address_canonical = $2`, [
    member.loginId,
    member.address,
  ]);
  expect(found).toHaveLength(1);
});

it.each([
  ['', '', ['loginId required', 'address required']],
  ['a b', 'tanto', ['loginId malformed', 'address malformed']],
  ['x'.repeat(5_000), 'tanto1@example.jp', ['loginId malformed']],
])(
  '%j with %j is refused field by field, keeps what was typed and writes nothing',
  async (loginId, address, faults) => {
    const before = await rows(`select from procedures`);

    const answer = await answerOf(askAnew(asked(browser(), '/password/forgot', {}, typed({ loginId, address }))));

    const refused = answer.data as { faults: { field: string; fault: string }[]; typed: unknown };
    expect(answer.status).toBe(422);
    expect(refused.faults.map(({ field, fault }) => `${field} ${fault}`)).toEqual(faults);
    expect(refused.typed).toEqual({ loginId, address });
    expect(await rows(`select from procedures`)).toHaveLength(before.length);
  },
);

it('the address with the token leads on at once and keeps it in a cookie only', async () => {
  const { token } = await withResetLink();

  const { location, cookie } = await opened(showReset, `/password/reset?token=${token}`);

  expect(location).toBe('/password/reset');
  expect(cookie).toMatch(/^link-password-reset=/);
});

it('a hundred looks by a mail scanner use nothing up; the post of the page does, once', async () => {
  const { member, token, cookie } = await withResetLink();
  for (let n = 0; n < 100; n += 1) {
    const scanner = await opened(showReset, `/password/reset?token=${token}`);
    if (n % 20 === 0) await answerOf(showReset(withCookie(scanner.cookie, '/password/reset')));
  }

  const shown = await answerOf(wrapped(showReset(withCookie(cookie, '/password/reset'))));
  const posted = await answerOf(setAnew(withCookie(cookie, '/password/reset', newPassword('Atarashi-27'))));
  const again = await answerOf(setAnew(withCookie(cookie, '/password/reset', newPassword('Atarashi-28'))));

  expect(shown.data).toMatchObject({ loginId: member.loginId });
  expect(posted).toMatchObject({ status: 302, location: '/password/reset/done' });
  expect(again).toMatchObject({ status: 410, data: { dead: 'used' } });
  expect((await signIn(member, 'Atarashi-27')).ok).toBe(true);
});

it('without a token, with one of another purpose or a made-up one the page is an invalid address', async () => {
  const member = await buildMember();
  await signIn(member);
  const notice = await mailedToken(member.id, 'sign-in-notice');
  const madeUp = 'A'.repeat(43);

  for (const token of [notice, madeUp, 'short', '']) {
    const { cookie } = await opened(showReset, `/password/reset?token=${token}`);
    expect(await answerOf(showReset(withCookie(cookie, '/password/reset')))).toMatchObject({
      status: 404,
      data: { dead: 'unknown' },
    });
    expect(await answerOf(setAnew(withCookie(cookie, '/password/reset', newPassword('Atarashi-27'))))).toMatchObject({
      status: 404,
      data: { dead: 'unknown' },
    });
  }
  const other = await opened(showNotice, `/sign-in-notice?token=${notice}`);
  expect((await answerOf(showReset(withCookie(other.cookie, '/password/reset')))).status).toBe(404);
  expect((await signIn(member)).ok).toBe(true);
});

it('whose password is set says the link alone, whatever else is posted', async () => {
  const victim = await buildMember();
  const { member, cookie } = await withResetLink();
  const tampered: Fields = [
    ...newPassword('Atarashi-27'),
    ['memberId', victim.id],
    ['loginId', victim.loginId],
    ['username', victim.loginId],
  ];

  await answerOf(setAnew(withCookie(cookie, '/password/reset', tampered)));

  expect((await signIn(victim)).ok).toBe(true);
  expect((await signIn(member, 'Atarashi-27')).ok).toBe(true);
});

it.each([
  ['', '', ['newPassword required', 'newPasswordConfirmation required']],
  ['abc', 'abd', ['newPassword length', 'newPassword classes', 'newPasswordConfirmation not-repeated']],
  ['Password1', 'Password1', ['newPassword common']],
  ['xNttrec-27', 'xNttrec-27', ['newPassword near-word']],
  ['ＡAtarashi-7', 'ＡAtarashi-7', ['newPassword symbols']],
])('the new password %j is refused in words and uses nothing up', async (next, confirmation, faults) => {
  const { member, cookie } = await withResetLink();

  const refused = await answerOf(setAnew(withCookie(cookie, '/password/reset', newPassword(next, confirmation))));

  const told = (refused.data as { faults: { field: string; fault: string }[] }).faults;
  expect(refused.status).toBe(422);
  expect(told.map(({ field, fault }) => `${field} ${fault}`)).toEqual(faults);
  expect((await answerOf(setAnew(withCookie(cookie, '/password/reset', newPassword('Atarashi-27'))))).status).toBe(302);
  expect((await signIn(member, 'Atarashi-27')).ok).toBe(true);
});

it('the part of the address before its @ is refused in the new password', async () => {
  const { cookie } = await withResetLink({ address: 'kobai.ka@example.jp' });

  const refused = await answerOf(setAnew(withCookie(cookie, '/password/reset', newPassword('Kobai-9Kq2'))));

  expect(refused).toMatchObject({ status: 422, data: { faults: [{ fault: 'near-word' }] } });
});

it('after the end of the link its page says so', async () => {
  const { member, cookie } = await withResetLink();
  await shiftLinks(member.id, -3_601);

  const shown = await answerOf(showReset(withCookie(cookie, '/password/reset')));
  const posted = await answerOf(setAnew(withCookie(cookie, '/password/reset', newPassword('Atarashi-27'))));

  expect([shown, posted]).toMatchObject([
    { status: 410, data: { dead: 'expired' } },
    { status: 410, data: { dead: 'expired' } },
  ]);
});

it('a reset signs nobody in: with the code on, a sign-in with the new password waits for it', async () => {
  const { member, cookie } = await withResetLink({ mfa: true });

  const done = setAnew(withCookie(cookie, '/password/reset', newPassword('Atarashi-27')));

  const cookies = ((await done) as Response).headers.get('set-cookie');
  expect(cookies).toMatch(/^link-password-reset=[^;]*; Max-Age=0;/);
  expect(await signIn(member, 'Atarashi-27')).toMatchObject({ ok: true, value: { stage: 'code' } });
});

it('the link of a ログイン通知メール shows which sign-in it is about, and its button stops it once', async () => {
  const member = await buildMember();
  const session = await signIn(member);
  const secret = session.ok ? session.value.secret : '';
  const token = await mailedToken(member.id, 'sign-in-notice');
  const { location, cookie } = await opened(showNotice, `/sign-in-notice?token=${token}`);

  const shown = await answerOf(wrapped(showNotice(withCookie(cookie, '/sign-in-notice'))));
  const livesOn = await readMemberSession(secret);
  const stopped = await answerOf(stopSignIn(withCookie(cookie, '/sign-in-notice', [])));
  const again = await answerOf(stopSignIn(withCookie(cookie, '/sign-in-notice', [])));

  expect(location).toBe('/sign-in-notice');
  expect(shown.data).toMatchObject({ signedInAt: jstMinute(new Date()) });
  expect(livesOn).toBeDefined();
  expect(stopped).toMatchObject({ status: 302, location: '/sign-in-notice/done' });
  expect(again).toMatchObject({ status: 410, data: { dead: 'used' } });
  expect(await readMemberSession(secret)).toBeUndefined();
  expect((await signIn(member)).ok).toBe(false);
});

/** A loader that answers plain data has no status of its own. */
const wrapped = async (work: Promise<unknown>) => ({ init: null, data: await work });
