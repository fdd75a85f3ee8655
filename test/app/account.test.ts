/** 「お客様情報設定」, step by step, as Remix calls it (spec.md "お客様情報"; security.md S10–S13, S23, S24, S29, S32). */
import type { AppLoadContext } from '@remix-run/node';
import { describe, expect, it } from 'vitest';
import { memberSessions } from '../../app/auth/browser-sessions.server.ts';
import { action, loader } from '../../app/routes/account._index.tsx';
import { action as answerCode, loader as showCode } from '../../app/routes/account.mfa.tsx';
import { loader as sessionTime } from '../../app/routes/session-time.tsx';
import { inTransaction } from '../../db/connect.ts';
import { rows } from '../../db/raw.ts';
import { keepInput } from '../../db/stores/kept-inputs.ts';
import { openResetFor } from '../../db/stores/password-reset.ts';
import { readMemberSession } from '../../db/stores/sessions.ts';
import { emailChangeWaits, otpWaits, passwordResetWaits } from '../../domain/wording/waits.ts';
import { buildMember, buildMemberSession, buildVisit, type BuiltMember, type MemberWish } from '../support/build.ts';
import { askToTurnMfaOn } from '../support/mfa.ts';
import { useStores } from '../support/stores.ts';
import { answerOf, asked, emptyContext } from '../support/web.ts';

useStores();

interface SignedIn {
  member: BuiltMember;
  context: AppLoadContext;
  secret: string;
}

async function contextOf(secret: string): Promise<AppLoadContext> {
  return { ...emptyContext(), member: await readMemberSession(secret), browserSecret: secret };
}

async function signedIn(wish: MemberWish = {}): Promise<SignedIn> {
  const member = await buildMember(wish);
  const { secret } = await buildMemberSession(member);
  return { member, secret, context: await contextOf(secret) };
}

const show = (context: AppLoadContext, search = '') => loader(asked(context, `/account${search}`, {}));
const press = (context: AppLoadContext, fields: Record<string, string>) =>
  action(asked(context, '/account?index', {}, Object.entries(fields)));

/** Where a browser is led, and the secret that its cookie holds then. */
async function led(work: Promise<unknown>): Promise<{ to: string | null; secret: string | undefined }> {
  const answer = await work;
  if (!(answer instanceof Response)) throw new Error('no redirect');
  const cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? null;
  return { to: answer.headers.get('location'), secret: (await memberSessions().read(cookie)).secret };
}

const registration = (over: Record<string, string> = {}) => ({
  intent: 'change-registration',
  userName: 'テスト担当者1',
  mfa: 'off',
  ...over,
});

it('the page shows registration, address, this browser, and nothing under way', async () => {
  const { member, context } = await signedIn();

  expect(await show(context)).toMatchObject({
    registration: { userName: 'テスト担当者1', mfa: false },
    kept: undefined,
    address: member.address,
    sessions: [{ own: true, browser: 'その他のブラウザ', ip: buildVisit().ip }],
    procedures: [],
    done: undefined,
  });
});

describe('登録情報変更', () => {
  it('a changed name leads back to the page, which says so', async () => {
    const { context, secret } = await signedIn();

    const { to } = await led(press(context, registration({ userName: '　テスト担当者9 ' })));

    expect(to).toBe('/account?done=registration');
    expect(await show(await contextOf(secret), '?done=registration')).toMatchObject({
      registration: { userName: 'テスト担当者9' },
      done: 'registration',
    });
  });

  it('what is refused keeps what was typed, and never a password', async () => {
    const { context } = await signedIn({ mfa: true });

    const unnamed = await answerOf(press(context, registration({ userName: ' ' })));
    const unproven = await answerOf(press(context, registration({ userName: 'テスト担当者9' })));
    const wrong = await answerOf(press(context, registration({ currentPassword: 'Chigau-2026' })));

    expect(unnamed).toMatchObject({
      status: 422,
      data: { errors: [{ field: 'userName', message: 'ユーザ名を入力してください' }], typed: { userName: ' ' } },
    });
    expect(unproven).toMatchObject({
      status: 422,
      data: {
        errors: [{ field: 'registrationPassword', message: '現パスワードを入力してください' }],
        typed: { userName: 'テスト担当者9', mfa: false },
      },
    });
    expect(wrong).toMatchObject({ data: { errors: [{ message: '現パスワードが正しくありません' }] } });
    expect(JSON.stringify(wrong)).not.toContain('Chigau-2026');
  });

  it('a choice that no form offers is refused', async () => {
    const { context } = await signedIn();

    const thrown = (fields: Record<string, string>) => answerOf(press(context, fields)).then(({ status }) => status);

    expect(await thrown(registration({ mfa: 'maybe' }))).toBe(400);
    expect(await thrown({ intent: 'nothing' })).toBe(400);
    expect(await thrown({ intent: 'cancel-reset', procedureId: 'x' })).toBe(404);
  });

  it('turning 多要素認証 off with the current password renews this browser and ends the others', async () => {
    const { member, context, secret } = await signedIn({ mfa: true });
    const other = await buildMemberSession(member);

    const answer = await led(press(context, registration({ currentPassword: member.password })));

    expect(answer.to).toBe('/account?done=mfa-off');
    expect(await readMemberSession(answer.secret ?? '')).toMatchObject({ memberId: member.id });
    expect(await readMemberSession(secret)).toBeUndefined();
    expect(await readMemberSession(other.secret)).toBeUndefined();
  });

  it('turning it on leads to the code, which turns it on and leads back', async () => {
    const { member, context, secret } = await signedIn();

    const { to } = await led(press(context, registration({ mfa: 'on' })));

    const waiting = await contextOf(secret);
    const { code } = await askToTurnMfaOn(member, { secret });
    expect(to).toBe('/account/mfa');
    expect(await showCode(asked(waiting, '/account/mfa', {}))).toMatchObject({ state: 'open', again: '/account' });
    expect(await show(waiting)).toMatchObject({ procedures: [{ kind: 'mfa-on', waits: otpWaits.open }] });
    const answer = await led(answerCode(asked(waiting, '/account/mfa', {}, [['code', code]])));
    expect(answer.to).toBe('/account?done=mfa-on');
    expect(await show(await contextOf(answer.secret ?? ''))).toMatchObject({ registration: { mfa: true } });
    expect(await readMemberSession(secret)).toBeUndefined();
  });

  it('the code page: what is no code costs no try, a wrong one costs one, a resend too soon is refused', async () => {
    const { member, secret } = await signedIn();
    const { code } = await askToTurnMfaOn(member, { secret });
    const context = await contextOf(secret);
    const answer = (fields: [string, string][]) => answerOf(answerCode(asked(context, '/account/mfa', {}, fields)));

    expect(await answer([['code', '12']])).toMatchObject({ status: 422, data: { refusal: 'not-six-digits' } });
    expect(await answer([['code', code === '000000' ? '000001' : '000000']])).toMatchObject({
      status: 422,
      data: { refusal: 'code-wrong' },
    });
    expect(await answer([['intent', 'resend']])).toMatchObject({ status: 422, data: { refusal: 'too-soon' } });
    expect(await showCode(asked(context, '/account/mfa', {}))).toMatchObject({ triesLeft: 4 });
  });

  it('where no code was asked for, its page leads back', async () => {
    const { context } = await signedIn();

    expect(await answerOf(showCode(asked(context, '/account/mfa', {})))).toMatchObject({ location: '/account' });
    expect(await answerOf(answerCode(asked(context, '/account/mfa', {}, [['code', '123456']])))).toMatchObject({
      location: '/account',
    });
  });

  it('what was typed before the session ended is shown again, until it is saved', async () => {
    const { member, context, secret } = await signedIn();
    await keepInput(member.id, '/account', Object.entries(registration({ userName: 'テスト担当者9' })));

    expect(await show(context)).toMatchObject({
      kept: { userName: 'テスト担当者9', mfa: false },
      registration: { userName: 'テスト担当者1' },
    });
    await press(context, registration({ userName: 'テスト担当者9' }));
    expect(await show(await contextOf(secret))).toMatchObject({ kept: undefined });
  });
});

describe('ログイン中のブラウザ', () => {
  it('the chosen one is signed out with the current password; without choice or password both are asked for', async () => {
    const { member, context } = await signedIn();
    const other = await buildMemberSession(member);
    const end = (fields: Record<string, string>) => press(context, { intent: 'end-sessions', ...fields });

    const nothing = await answerOf(end({}));
    const wrong = await answerOf(end({ which: 'all', currentPassword: 'Chigau-2026' }));
    expect(nothing).toMatchObject({
      status: 422,
      data: { errors: [{ field: 'which' }, { field: 'sessionsPassword' }] },
    });
    expect(wrong).toMatchObject({ status: 422, data: { errors: [{ field: 'sessionsPassword' }] } });
    expect(await readMemberSession(other.secret)).toBeDefined();
    const { to } = await led(end({ which: other.session.id, currentPassword: member.password }));
    expect(to).toBe('/account?done=signed-out');
    expect(await readMemberSession(other.secret)).toBeUndefined();
  });
});

describe('進行中のお手続き', () => {
  it('a reset stands there in the operator’s words, and can be called off once', async () => {
    const { member, context } = await signedIn();
    await inTransaction((tx) => openResetFor(tx, member));
    const { procedures } = await show(context);
    const cancel = () => led(press(context, { intent: 'cancel-reset', procedureId: procedures[0]?.id ?? '' }));

    expect(procedures).toMatchObject([{ kind: 'password-reset', waits: passwordResetWaits.open }]);
    expect(procedures[0]?.timeLeft).toMatch(/^残り(1時間0分|60分|59分)$/);
    expect((await cancel()).to).toBe('/account?done=cancelled');
    expect((await cancel()).to).toBe('/account?done=not-open');
    expect(await show(context)).toMatchObject({ procedures: [] });
  });

  it('a reset can be mailed again until the mails of an hour are used up, which the page says with the time', async () => {
    const { member, context } = await signedIn();
    await inTransaction((tx) => openResetFor(tx, member));
    const { procedures } = await show(context);
    const fields = { intent: 'mail-reset-again', procedureId: procedures[0]?.id ?? '' };

    expect((await led(press(context, fields))).to).toBe('/account?done=mailed');
    expect((await led(press(context, fields))).to).toBe('/account?done=mailed');
    expect(await answerOf(press(context, fields))).toMatchObject({
      status: 422,
      data: { errors: [], notice: [expect.any(String), expect.stringMatching(/\d{4}\/\d\d\/\d\d \d\d:\d\d 以降/)] },
    });
    await press(context, { ...fields, intent: 'cancel-reset' });
    expect((await led(press(context, fields))).to).toBe('/account?done=not-open');
  });

  it('a change of address can be asked for, mailed again and called off', async () => {
    const { context } = await signedIn();
    const act = async (intent: string) => (await led(press(context, { intent }))).to;

    expect(await act('request-email-change')).toBe('/email-change/requested');
    expect(await show(context)).toMatchObject({
      procedures: [{ kind: 'email-change', waits: emailChangeWaits.requested }],
    });
    expect(await act('mail-email-change-again')).toBe('/account?done=mailed');
    expect(await act('cancel-email-change')).toBe('/account?done=cancelled');
    expect(await act('mail-email-change-again')).toBe('/account?done=not-open');
  });

  it('turning 多要素認証 on can be called off, once, and the mailed code is worth nothing any more', async () => {
    const { member, context, secret } = await signedIn();
    const { code } = await askToTurnMfaOn(member, { secret });
    const waiting = await contextOf(secret);
    const cancel = async () => (await led(press(waiting, { intent: 'cancel-mfa' }))).to;

    expect(await cancel()).toBe('/account?done=cancelled');
    expect(await cancel()).toBe('/account?done=not-open');
    expect(await show(waiting)).toMatchObject({ procedures: [], registration: { mfa: false } });
    expect(await answerOf(answerCode(asked(waiting, '/account/mfa', {}, [['code', code]])))).toMatchObject({
      status: 422,
      data: { refusal: 'ended' },
    });
    expect(await showCode(asked(waiting, '/account/mfa', {}))).toMatchObject({ state: 'cancelled' });
    expect(await led(press(context, { intent: 'cancel-mfa' }))).toMatchObject({ to: '/account?done=not-open' });
  });

  it('too many mails of a change are refused with the time from when on it goes', async () => {
    const { context } = await signedIn();
    for (let mails = 0; mails < 3; mails += 1) await press(context, { intent: 'request-email-change' });

    const refused = await answerOf(press(context, { intent: 'request-email-change' }));

    expect(refused).toMatchObject({ status: 422 });
    expect(JSON.stringify(refused.data)).toMatch(/"emailChangeAgainAt":"\d{4}\/\d\d\/\d\d \d\d:\d\d"/);
  });
});

it('the time that the session still lives is told to its own browser only', async () => {
  const { context, secret } = await signedIn();
  await rows(`update sessions set idle_ends_at = now() + interval '100 seconds' where id = $1`, [context.member?.id]);

  const time = await sessionTime(asked(context, '/session-time?refresh=1', {}));

  expect(time.canContinue).toBe(true);
  expect(time.secondsLeft).toBeGreaterThan(95);
  expect(await readMemberSession(secret)).toBeDefined();
  expect(() => sessionTime(asked(emptyContext(), '/session-time', {}))).toThrow();
});

it('before the code, and while the password has to be changed, the page is closed', async () => {
  const { context } = await signedIn({ mustChangePassword: true });

  expect(await answerOf(show(emptyContext()))).toMatchObject({ location: '/login?returnTo=%2Faccount' });
  expect(await answerOf(show(context))).toMatchObject({ location: '/password/change?returnTo=%2Faccount' });
  expect(await answerOf(press(context, registration()))).toMatchObject({
    location: '/password/change?returnTo=%2Faccount',
  });
});
