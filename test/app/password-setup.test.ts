/** The page behind the 「パスワード設定依頼メール」, as Remix calls it (security.md S14, S17, S19, S20, S22, S61, S80). */
import { expect, it } from 'vitest';
import { action as set, loader as show } from '../../app/routes/password.setup.tsx';
import { deleteMember } from '../../db/stores/member-deletion.ts';
import { listMembers, resendSetup } from '../../db/stores/members.ts';
import { signInMember } from '../../db/stores/sign-in.ts';
import { buildVisit } from '../support/build.ts';
import { buildKeeper, invite } from '../support/invited.ts';
import { LinkBrowser } from '../support/link-browser.ts';
import { mailedToken, shiftLinks } from '../support/links.ts';
import { useStores } from '../support/stores.ts';
import { answerOf, memberContext } from '../support/web.ts';

useStores();

const PAGE = '/password/setup';
const PASSWORD = 'Atarashi-27';

const typed = (over: Record<string, string> = {}) => ({
  userName: 'テスト担当者2',
  newPassword: PASSWORD,
  newPasswordConfirmation: PASSWORD,
  ...over,
});

/** An invited member who has opened the link in the mail. */
async function opened(browser = new LinkBrowser()) {
  const { keeper, session } = await buildKeeper();
  const member = await invite(session);
  const token = await mailedToken(member.id, 'password-setup');
  const led = await browser.follow(show, PAGE, token);
  const look = () => answerOf(Promise.resolve(show(browser.asked(PAGE))));
  const post = (fields: Record<string, string>) => answerOf(set(browser.asked(PAGE, fields)));
  return { keeper, session, member, token, led, look, post };
}

it('S19: the link leads to the page without its token, which says whose password it is and until when', async () => {
  const { keeper, member, led, look } = await opened();

  const { data, status } = await look();

  expect(led).toBe(PAGE);
  expect(status).toBe(200);
  expect(data).toMatchObject({
    company: keeper.company,
    loginId: keeper.loginId,
    address: member.address,
    expiresAt: expect.stringMatching(/^\d{4}\/\d\d\/\d\d \d\d:\d\d$/) as string,
  });
});

it('name and password set, one is led to 完了 and signs in anew; the link is used', async () => {
  const { keeper, member, look, post } = await opened();

  const answer = await post(typed({ userName: '　テスト担当者2 ' }));

  expect(answer).toMatchObject({ status: 302, location: '/password/setup/done' });
  expect((await listMembers(keeper.accountId))[1]).toMatchObject({ state: 'active', userName: 'テスト担当者2' });
  const credentials = { loginId: keeper.loginId, address: member.address, password: PASSWORD };
  expect((await signInMember(credentials, undefined, buildVisit())).ok).toBe(true);
  expect(await look()).toMatchObject({ status: 410, data: { dead: 'used' } });
  expect(await post(typed())).toMatchObject({ status: 410, data: { dead: 'used' } });
});

it('every fault is told at once, the name comes back, the password never', async () => {
  const { member, keeper, post } = await opened();

  const nothing = await post(typed({ userName: ' ', newPassword: '', newPasswordConfirmation: '' }));
  const weak = await post(
    typed({ userName: 'テスト\u202e担当者', newPassword: 'himitsu', newPasswordConfirmation: 'x' }),
  );
  const ownLoginId = await post(
    typed({ newPassword: `A1${keeper.loginId}`, newPasswordConfirmation: `A1${keeper.loginId}` }),
  );

  expect(nothing).toMatchObject({ status: 422, data: { userName: ' ' } });
  expect(JSON.stringify(nothing.data)).toMatch(/"field":"userName","fault":"required".*"field":"newPassword"/);
  expect(weak).toMatchObject({ status: 422, data: { userName: 'テスト\u202e担当者' } });
  expect(JSON.stringify(weak.data)).toContain('"unsafe-character"');
  expect(JSON.stringify(weak.data)).not.toContain('himitsu');
  expect(ownLoginId.status).toBe(422);
  expect(await post({ userName: 'テスト担当者2' })).toMatchObject({ status: 400 });
  expect((await listMembers(keeper.accountId)).find(({ id }) => id === member.id)?.state).toBe('waiting');
});

it('a dead link has its own page: expired, replaced by a newer one, taken back, never ours', async () => {
  const late = await opened();
  const cancelled = await opened();
  const stranger = new LinkBrowser();
  await shiftLinks(late.member.id, -73 * 3600);
  await deleteMember(cancelled.session, cancelled.member.id, cancelled.keeper.password, buildVisit());

  const unknown = { status: 404, data: { dead: 'unknown' } };
  const expired = { status: 410, data: { dead: 'expired' } };
  const dead = { status: 410, data: { dead: 'cancelled' } };
  expect([await late.look(), await late.post(typed())]).toMatchObject([expired, expired]);
  await resendSetup(late.session, late.member.id, buildVisit());
  expect(await late.look()).toMatchObject(expired);
  expect([await cancelled.look(), await cancelled.post(typed())]).toMatchObject([dead, dead]);
  expect(await answerOf(Promise.resolve(show(stranger.asked(PAGE))))).toMatchObject(unknown);
  await stranger.follow(show, PAGE, 'short');
  expect(await answerOf(set(stranger.asked(PAGE, typed())))).toMatchObject(unknown);
});

it('S20: whoever is signed in, it is the link’s member whose password is set', async () => {
  const { keeper: stranger } = await buildKeeper();
  const { keeper, post } = await opened(new LinkBrowser(await memberContext(stranger)));

  await post({ ...typed(), memberId: stranger.id });

  expect((await listMembers(keeper.accountId))[1]).toMatchObject({ state: 'active' });
  expect((await signInMember(stranger, undefined, buildVisit())).ok).toBe(true);
});
