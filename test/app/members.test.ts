/** 「利用者管理」, page by page as Remix calls it (spec.md お客様情報; security.md S04, S22, S48, S53, S54, S78, S81, S83). */
import type { AppLoadContext } from '@remix-run/node';
import { describe, expect, it } from 'vitest';
import { action as remove, loader as showMember } from '../../app/routes/account.users.$memberId.delete.tsx';
import { action as act, loader as showList } from '../../app/routes/account.users._index.tsx';
import { loader as showSignIn } from '../../app/routes/login.tsx';
import { rows } from '../../db/raw.ts';
import { readMemberSession } from '../../db/stores/sessions.ts';
import { passwordSetupWaits } from '../../domain/wording/waits.ts';
import { addRefusals, deletionRefusals } from '../../app/texts/members.ts';
import { buildAccount, buildMember, buildMemberSession, buildVisit, type BuiltMember } from '../support/build.ts';
import { invite } from '../support/invited.ts';
import { shiftLinks } from '../support/links.ts';
import { useStores } from '../support/stores.ts';
import { answerOf, asked, emptyContext, signedInMember } from '../support/web.ts';

useStores();

const PAGE = '/account/users';

type Fields = Record<string, string>;
const list = (context: AppLoadContext, search = '') => showList(asked(context, `${PAGE}${search}`, {}));
const press = (context: AppLoadContext, fields: Fields) =>
  answerOf(act(asked(context, `${PAGE}?index`, {}, Object.entries(fields))));
const add = (context: AppLoadContext, address: string) => press(context, { intent: 'add', address });
const mailAgain = (context: AppLoadContext, memberId: string) => press(context, { intent: 'mail', memberId });

const deletion = (context: AppLoadContext, memberId: string, posted?: Fields) =>
  asked(context, `${PAGE}/${memberId}/delete`, { memberId }, posted === undefined ? undefined : Object.entries(posted));
const show = (context: AppLoadContext, memberId: string) => showMember(deletion(context, memberId));
const confirm = (context: AppLoadContext, memberId: string, currentPassword: string) =>
  answerOf(remove(deletion(context, memberId, { currentPassword })));

function sessionOf({ member }: AppLoadContext) {
  if (member === undefined) throw new Error('nobody is signed in');
  return member;
}

async function withColleague(): Promise<{ member: BuiltMember; context: AppLoadContext; colleague: BuiltMember }> {
  const { member, context } = await signedInMember();
  const { customerNumber } = sessionOf(context);
  const account = { id: member.accountId, loginId: member.loginId, company: member.company, customerNumber };
  return { member, context, colleague: await buildMember({ account, userName: 'テスト担当者2' }) };
}

describe('利用者一覧', () => {
  it('shows each member in their state, with the operator’s words and the end in JST', async () => {
    const { member, context } = await signedInMember();
    const waiting = await invite(sessionOf(context));
    const late = await invite(sessionOf(context));
    await shiftLinks(late.id, -73 * 3600);

    const { members, most, done } = await list(context);

    const minute = expect.stringMatching(/^\d{4}\/\d\d\/\d\d \d\d:\d\d$/) as string;
    expect({ most, done }).toEqual({ most: 10, done: undefined });
    expect(members).toMatchObject([
      { address: member.address, state: 'active', self: true, lastActive: true, setup: undefined },
      { address: waiting.address, state: 'waiting', self: false, setup: { waits: passwordSetupWaits.open } },
      { address: late.address, state: 'expired', setup: { waits: passwordSetupWaits.expired, until: minute } },
    ]);
    expect(members[1]?.setup?.left).toMatch(/^残り[32]日/);
  });

  it('shows nobody of another account, no deleted member, and only notices that we know', async () => {
    const { member, context, colleague } = await withColleague();
    await signedInMember();
    await confirm(context, colleague.id, member.password);

    expect((await list(context)).members.map(({ address }) => address)).toEqual([member.address]);
    expect((await list(context, '?done=deleted')).done).toBe('deleted');
    expect((await list(context, '?done=toString')).done).toBeUndefined();
  });

  it('and its acts are closed to who is not signed in, and while the password has to be changed', async () => {
    const { context } = await signedInMember();
    const forced = { ...context, member: { ...sessionOf(context), mustChangePassword: true } };
    const login = { location: '/login?returnTo=%2Faccount%2Fusers' };
    const change = { location: '/password/change?returnTo=%2Faccount%2Fusers' };

    expect(await answerOf(list(emptyContext()))).toMatchObject(login);
    expect(await add(emptyContext(), 'new@example.jp')).toMatchObject(login);
    expect(await answerOf(list(forced))).toMatchObject(change);
    expect(await add(forced, 'new@example.jp')).toMatchObject(change);
    expect((await confirm(emptyContext(), sessionOf(context).memberId, 'x')).location).toMatch(/^\/login\?/);
  });
});

describe('利用者追加', () => {
  it('leads back to the list, which says what was mailed', async () => {
    const { context } = await signedInMember();

    const answer = await add(context, '　Ｎew@Example.JP ');

    expect(answer).toMatchObject({ status: 303, location: '/account/users?done=added' });
    const { members, done } = await list(context, '?done=added');
    expect(done).toBe('added');
    expect(members[1]).toMatchObject({ address: 'New@Example.JP', state: 'waiting', userName: '' });
  });

  it.each([
    ['', addRefusals.missing(10)],
    ['　 ', addRefusals.missing(10)],
    ['tanto', addRefusals['not-an-address'](10)],
    ['a@example.jp,b@example.jp', addRefusals['not-an-address'](10)],
    [`${'x'.repeat(300)}@example.jp`, addRefusals['not-an-address'](10)],
  ])('S78: %j is refused with the reason and comes back as typed', async (typed, error) => {
    const { context } = await signedInMember();

    expect(await add(context, typed)).toMatchObject({ status: 422, data: { adding: { typed, error } } });
    expect((await list(context)).members).toHaveLength(1);
  });

  it('S83: an address that stands in the list already is refused, however it is spelled', async () => {
    const { member, context } = await signedInMember();
    const { address } = await invite(sessionOf(context));
    const taken = { status: 422, data: { adding: { error: addRefusals['address-taken'](10) } } };

    expect(await add(context, member.address.toUpperCase())).toMatchObject(taken);
    expect(await add(context, ` ${address}`)).toMatchObject(taken);
  });

  it('S81: the eleventh is refused, and one who waits counts', async () => {
    const account = await buildAccount();
    const member = await buildMember({ account });
    for (let n = 2; n <= 9; n += 1) await buildMember({ account });
    const { session } = await buildMemberSession(member);
    const context = { ...emptyContext(), member: session };
    await invite(session);

    const answer = await add(context, 'eleventh@example.jp');

    expect(answer).toMatchObject({ status: 422, data: { adding: { error: addRefusals.full(10) } } });
  });

  it('S53: who was deleted meanwhile adds nobody and is led to the sign-in', async () => {
    const { member, context, colleague } = await withColleague();
    const late = { ...emptyContext(), member: (await buildMemberSession(colleague)).session };
    await confirm(context, colleague.id, member.password);

    expect(await add(late, 'late@example.jp')).toMatchObject({
      status: 302,
      location: '/login?returnTo=%2Faccount%2Fusers',
    });
    expect((await list(context)).members).toHaveLength(1);
  });
});

describe('メールを再送', () => {
  it('leads back to the list, also for one whose time is over', async () => {
    const { context } = await signedInMember();
    const { id } = await invite(sessionOf(context));
    const mailed = { status: 303, location: '/account/users?done=mailed' };

    expect(await mailAgain(context, id)).toMatchObject(mailed);
    await shiftLinks(id, -73 * 3600);
    expect(await mailAgain(context, id)).toMatchObject(mailed);
    expect((await list(context)).members[1]).toMatchObject({ state: 'waiting' });
  });

  it('is refused for who has begun to use the site, over the mails of a day, and for strangers', async () => {
    const { context, colleague } = await withColleague();
    const { id } = await invite(sessionOf(context));
    const stranger = await signedInMember();
    for (let mails = 1; mails < 20; mails += 1) await mailAgain(context, id);

    expect(await mailAgain(context, id)).toMatchObject({ status: 409, data: { mailing: 'too-many-mails' } });
    expect(await mailAgain(context, colleague.id)).toMatchObject({ status: 409, data: { mailing: 'not-waiting' } });
    expect(await mailAgain(stranger.context, id)).toMatchObject({ status: 404 });
    expect(await mailAgain(context, 'x')).toMatchObject({ status: 404 });
    expect(await press(context, { intent: 'nothing' })).toMatchObject({ status: 400 });
  });
});

describe('削除', () => {
  it('shows who is about to be deleted, and whether it is oneself', async () => {
    const { member, context, colleague } = await withColleague();
    const { address, name: userName } = colleague;

    expect(await show(context, colleague.id)).toEqual({ userName, address, state: 'active', self: false });
    expect(await show(context, member.id)).toMatchObject({ address: member.address, self: true });
  });

  it('asks for the current password: a missing or wrong one deletes nobody and is not given back', async () => {
    const { context, colleague } = await withColleague();

    const missing = await confirm(context, colleague.id, '');
    const wrong = await confirm(context, colleague.id, 'Chigau-2026');

    expect(missing).toMatchObject({ status: 422, data: { refusal: 'missing' } });
    expect(wrong).toMatchObject({ status: 422, data: { refusal: 'current-password-wrong' } });
    expect(JSON.stringify(wrong)).not.toContain('Chigau-2026');
    expect(Object.keys(deletionRefusals)).toContain('current-password-wrong');
    expect((await list(context)).members).toHaveLength(2);
  });

  it('leads back to the list; deleted twice, the second finds nobody', async () => {
    const { member, context, colleague } = await withColleague();

    expect(await confirm(context, colleague.id, member.password)).toMatchObject({
      status: 303,
      location: '/account/users?done=deleted',
    });
    expect(await confirm(context, colleague.id, member.password)).toMatchObject({ status: 404 });
    expect(await answerOf(show(context, colleague.id))).toMatchObject({ status: 404 });
  });

  it('of oneself signs out and leads to a page that needs no sign-in', async () => {
    const { member, context, colleague } = await withColleague();
    const answer = await remove(deletion(context, member.id, { currentPassword: member.password }));

    expect(answer).toBeInstanceOf(Response);
    const { headers } = answer as Response;
    expect(headers.get('location')).toBe('/account/deleted');
    expect(headers.get('set-cookie')).toMatch(/^sid=;/);
    expect(headers.get('clear-site-data')).toContain('cache');
    expect(await rows('select from members where id = $1 and deleted_at is null', [member.id])).toEqual([]);
    expect(await rows('select from members where id = $1 and deleted_at is null', [colleague.id])).toHaveLength(1);
  });

  it('of the last 利用中 is refused', async () => {
    const { member, context } = await signedInMember();
    await invite(sessionOf(context));

    expect(await confirm(context, member.id, member.password)).toMatchObject({
      status: 422,
      data: { refusal: 'last-active' },
    });
  });

  it('S48: of a member of another account is a page that is not there', async () => {
    const { member, context } = await signedInMember();
    const stranger = await buildMember();

    expect(await answerOf(show(context, stranger.id))).toMatchObject({ status: 404 });
    expect(await confirm(context, stranger.id, member.password)).toMatchObject({ status: 404 });
    expect(await confirm(context, 'x', member.password)).toMatchObject({ status: 404 });
  });

  it('S53: the deleted one’s browser is told so at the sign-in it is led to, no other is', async () => {
    const { member, context, colleague } = await withColleague();
    const { secret } = await buildMemberSession(colleague);
    const own = await buildMemberSession(member);
    const signIn = (browserSecret: string | undefined, path: string) =>
      showSignIn(asked({ ...emptyContext(), browserSecret }, path, {}));
    await confirm(context, colleague.id, member.password);
    await rows(`update sessions set ended_at = now(), end_reason = 'signed-out' where id = $1`, [own.session.id]);

    expect(await readMemberSession(secret)).toBeUndefined();
    expect(await signIn(secret, '/login?returnTo=%2Fapply')).toEqual({ deleted: true });
    expect(await signIn(secret, '/login')).toEqual({ deleted: false });
    expect(await signIn(own.secret, '/login?returnTo=%2Fapply')).toEqual({ deleted: false });
    expect(await signIn(undefined, '/login?returnTo=%2Fapply')).toEqual({ deleted: false });
  });
});

it('S04: another account’s address is added like any other', async () => {
  const { context } = await signedInMember();
  const stranger = await buildMember();

  expect(await add(context, stranger.address)).toEqual(
    await add(context, `fresh-${buildVisit().requestId}@example.jp`),
  );
});
