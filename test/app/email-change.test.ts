/** メールアドレス変更, page by page as Remix calls them (spec.md お客様情報; security.md S05, S14, S17, S19, S20, S21, S78). */
import { expect, it } from 'vitest';
import { answerEmailChange } from '../../app/forms/account-answers.server.ts';
import { action as give, loader as showForm } from '../../app/routes/email-change.tsx';
import { action as confirm, loader as showConfirmation } from '../../app/routes/email-change_.confirm.tsx';
import { loader as showDone } from '../../app/routes/email-change_.done.tsx';
import { loader as showGiven } from '../../app/routes/email-change_.given.tsx';
import { loader as showRequested } from '../../app/routes/email-change_.requested.tsx';
import { rows } from '../../db/raw.ts';
import { keepInput } from '../../db/stores/kept-inputs.ts';
import { buildAccount, buildMember, buildMemberSession, buildVisit } from '../support/build.ts';
import { buildGivenChange, buildRequestedChange, freshAddress } from '../support/email-change.ts';
import { LinkBrowser } from '../support/link-browser.ts';
import { useStores } from '../support/stores.ts';
import { answerOf, emptyContext, memberContext, signedInMember } from '../support/web.ts';
import { mailedToken } from '../support/links.ts';

useStores();

/** The button 「メールアドレス変更依頼」 on お客様情報設定. */
const ASKED = { act: 'request-email-change' } as const;

const typed = (currentPassword: string, newAddress: string) => ({ currentPassword, newAddress });

it('the request leads to a page that says where the mail went and until when', async () => {
  const { member, context } = await signedInMember();
  if (context.member === undefined) throw new Error('nobody is signed in');

  const answer = await answerOf(answerEmailChange(context.member, ASKED, context.visit));

  expect(answer).toMatchObject({ status: 303, location: '/email-change/requested' });
  const page = await showRequested(new LinkBrowser(context).asked('/email-change/requested'));
  expect(page).toEqual({
    address: member.address,
    reference: expect.stringMatching(/^[A-Z\d]{4}$/) as string,
    expiresAt: expect.stringMatching(/^\d{4}\/\d\d\/\d\d \d\d:\d\d$/) as string,
  });
});

it('S57: the fourth request within the hour is told from when on it may be asked again', async () => {
  const { context } = await signedInMember();
  const session = context.member;
  if (session === undefined) throw new Error('nobody is signed in');
  for (let sent = 0; sent < 3; sent += 1) await answerEmailChange(session, ASKED, context.visit);

  const answer = await answerOf(answerEmailChange(session, ASKED, context.visit));

  expect(answer).toMatchObject({
    status: 422,
    data: { emailChangeAgainAt: expect.stringMatching(/^\d{4}\//) as string },
  });
});

it('the page of a request is for who is signed in and has one', async () => {
  const { context } = await signedInMember();

  const nobody = await answerOf(showRequested(new LinkBrowser().asked('/email-change/requested')));
  const nothing = await answerOf(showRequested(new LinkBrowser(context).asked('/email-change/requested')));

  expect(nobody.location).toBe('/login?returnTo=%2Femail-change%2Frequested');
  expect(nothing.location).toBe('/account');
});

it('S19, S21: from the mailed address to the switch, in a browser where nobody is signed in', async () => {
  const member = await buildMember();
  const { requestToken } = await buildRequestedChange(member);
  const newAddress = freshAddress();
  const old = new LinkBrowser();

  expect(await old.follow(showForm, '/email-change', requestToken)).toBe('/email-change');
  expect(await showForm(old.asked('/email-change'))).toMatchObject({
    loginId: member.loginId,
    address: member.address,
  });
  const given = await answerOf(
    give(old.asked('/email-change', typed(member.password, `　${newAddress.toUpperCase()} `))),
  );
  expect(given).toMatchObject({ status: 302, location: '/email-change/given' });
  expect(await showGiven(old.asked('/email-change/given'))).toMatchObject({ newAddress: newAddress.toUpperCase() });
  expect(await answerOf(showForm(old.asked('/email-change')))).toMatchObject({ status: 410, data: { dead: 'used' } });

  const fresh = new LinkBrowser();
  const token = await mailedToken(member.id, 'email-change-confirmation');
  expect(await fresh.follow(showConfirmation, '/email-change/confirm', token)).toBe('/email-change/confirm');
  expect(await showConfirmation(fresh.asked('/email-change/confirm'))).toMatchObject({
    newAddress: newAddress.toUpperCase(),
  });
  const switched = await answerOf(confirm(fresh.asked('/email-change/confirm', {})));
  expect(switched).toMatchObject({ status: 302, location: '/email-change/done' });

  expect(showDone(fresh.asked('/email-change/done'))).toEqual({ signedIn: false });
  expect(await rows('select address, address_canonical as canonical from members where id = $1', [member.id])).toEqual([
    { address: newAddress.toUpperCase(), canonical: newAddress },
  ]);
});

it('confirmed where the member is signed in, that browser stays signed in', async () => {
  const member = await buildMember();
  const { session, confirmationToken } = await buildGivenChange(member);
  const browser = new LinkBrowser({ ...emptyContext(), member: session });
  await browser.follow(showConfirmation, '/email-change/confirm', confirmationToken);

  await confirm(browser.asked('/email-change/confirm', {}));

  expect(showDone(browser.asked('/email-change/done'))).toEqual({ signedIn: true });
  expect(await rows('select from sessions where id = $1 and ended_at is null', [session.id])).toHaveLength(1);
});

it('what is missing or no address is told at once, and the address comes back but never the password', async () => {
  const member = await buildMember();
  const { requestToken } = await buildRequestedChange(member);
  const browser = new LinkBrowser();
  await browser.follow(showForm, '/email-change', requestToken);
  const post = (fields: Record<string, string>) => answerOf(give(browser.asked('/email-change', fields)));

  expect(await post(typed('', ''))).toMatchObject({
    status: 422,
    data: {
      faults: [
        { field: 'currentPassword', fault: 'required' },
        { field: 'newAddress', fault: 'required' },
      ],
    },
  });
  const wrongForm = await post(typed('Himitsu-26', 'tanto.example.jp'));
  expect(wrongForm).toMatchObject({
    status: 422,
    data: { faults: [{ field: 'newAddress', fault: 'no-address' }], typed: 'tanto.example.jp' },
  });
  expect(JSON.stringify(wrongForm)).not.toContain('Himitsu-26');
  expect(await post({ currentPassword: 'x' })).toMatchObject({ status: 400 });
  expect(await post(typed('Chigau-2026', 'new@example.jp'))).toMatchObject({
    status: 422,
    data: { faults: [], refusal: 'current-password-wrong', typed: 'new@example.jp' },
  });
  expect(await post(typed(member.password, member.address))).toMatchObject({
    status: 422,
    data: { refusal: 'address-unchanged' },
  });
});

it('what was typed when the session had ended comes back after signing in again, to the same member only', async () => {
  const { member, context } = await signedInMember();
  const { requestToken } = await buildRequestedChange(member);
  await keepInput(member.id, '/email-change', [['newAddress', 'tanto@example.jp']]);
  const [own, nobody] = [new LinkBrowser(context), new LinkBrowser()];
  for (const browser of [own, nobody]) await browser.follow(showForm, '/email-change', requestToken);

  expect(await showForm(own.asked('/email-change'))).toMatchObject({ kept: 'tanto@example.jp' });
  expect(await showForm(nobody.asked('/email-change'))).toMatchObject({ kept: undefined });
});

it('S20: whoever is signed in, the change is that of the link’s member', async () => {
  const member = await buildMember();
  const { requestToken } = await buildRequestedChange(member);
  const stranger = await buildMember();
  const browser = new LinkBrowser(await memberContext(stranger));
  await browser.follow(showForm, '/email-change', requestToken);

  const fields = { ...typed(stranger.password, freshAddress()), memberId: stranger.id };
  await give(browser.asked('/email-change', { ...fields, currentPassword: member.password }));

  const changes = await rows<{ member: string }>(
    `select member_id as member from procedures where state = 'confirming' and member_id = any($1)`,
    [[member.id, stranger.id]],
  );
  expect(changes).toEqual([{ member: member.id }]);
});

it('taken meanwhile, the button answers with a page of its own (409)', async () => {
  const account = await buildAccount();
  const { confirmationToken, newAddress } = await buildGivenChange(await buildMember({ account }));
  await buildMember({ account, address: newAddress });
  const browser = new LinkBrowser();
  await browser.follow(showConfirmation, '/email-change/confirm', confirmationToken);

  expect(await answerOf(confirm(browser.asked('/email-change/confirm', {})))).toMatchObject({
    status: 409,
    data: { refusal: 'address-taken' },
  });
});

it('without a link, and with one that leads nowhere any more, there is only the page that says so', async () => {
  const member = await buildMember();
  const { confirmationToken, requestToken } = await buildGivenChange(member);
  const { session } = await buildMemberSession(member);
  await rows(`update links set expires_at = now() - interval '1 second' where member_id = $1 and state = 'open'`, [
    member.id,
  ]);
  const browser = new LinkBrowser();
  const unknown = { status: 404, data: { dead: 'unknown' } };

  expect(await answerOf(showForm(browser.asked('/email-change')))).toMatchObject(unknown);
  expect(await answerOf(give(browser.asked('/email-change', typed('x', 'a@example.jp'))))).toMatchObject(unknown);
  expect(await answerOf(confirm(browser.asked('/email-change/confirm', {})))).toMatchObject(unknown);
  expect(await answerOf(showGiven(browser.asked('/email-change/given')))).toMatchObject({ location: '/email-change' });
  await browser.follow(showConfirmation, '/email-change/confirm', confirmationToken);
  const expired = { status: 410, data: { dead: 'expired' } };
  expect(await answerOf(showConfirmation(browser.asked('/email-change/confirm')))).toMatchObject(expired);
  expect(await answerOf(confirm(browser.asked('/email-change/confirm', {})))).toMatchObject(expired);
  await browser.follow(showConfirmation, '/email-change/confirm', requestToken);
  expect(await answerOf(showConfirmation(browser.asked('/email-change/confirm')))).toMatchObject(unknown);
  await answerEmailChange(session, ASKED, buildVisit());
  await browser.follow(showForm, '/email-change', requestToken);
  expect(await answerOf(showForm(browser.asked('/email-change')))).toMatchObject({ data: { dead: 'used' } });
});
