/** メールアドレス変更 on the real database (security.md S04, S14, S16, S17, S20, S21, S24, S57, S78, S87; spec.md お客様情報). */
import { expect, it } from 'vitest';
import { rows } from '../../db/raw.ts';
import {
  confirmNewAddress,
  giveNewAddress,
  readConfirmationPage,
  readGivenAddress,
  readNewAddressPage,
} from '../../db/stores/address-switch.ts';
import {
  cancelEmailChange,
  expireEmailChange,
  mailEmailChangeAgain,
  readEmailChangeStanding,
  readOpenEmailChange,
  requestEmailChange,
} from '../../db/stores/email-change.ts';
import { linesOf } from '../../db/stores/outbox.ts';
import { readMemberSession } from '../../db/stores/sessions.ts';
import { signInMember } from '../../db/stores/sign-in.ts';
import { buildAccount, buildMember, buildMemberSession, buildVisit, type BuiltMember } from '../support/build.ts';
import { buildGivenChange, buildRequestedChange, freshAddress } from '../support/email-change.ts';
import { useStores } from '../support/stores.ts';
import { mailedToken } from '../support/links.ts';
import { mailAddress } from '../support/mail-address.ts';

useStores();

const visit = buildVisit();

interface ChangeRow {
  id: string;
  state: string;
  newAddress: string | null;
}

const changesOf = (memberId: string) =>
  rows<ChangeRow>(
    `select id, state, new_address as "newAddress" from procedures where member_id = $1 and kind = 'email-change' order by created_at`,
    [memberId],
  );

async function lastChangeOf(memberId: string): Promise<ChangeRow> {
  const last = (await changesOf(memberId)).at(-1);
  if (last === undefined) throw new Error('no change of address');
  return last;
}

const addressOf = async (id: string) =>
  (await rows<{ address: string }>('select address from members where id = $1', [id]))[0]?.address;

const lettersOf = (memberId: string) =>
  rows<{ kind: string; recipient: string; occurrence: string }>(
    `select kind, recipient, occurrence from letters
     where subject_id in (select id from procedures where member_id = $1) order by created_at, occurrence desc`,
    [memberId],
  );

const eventsOf = async (memberId: string) => {
  const found = await rows<{ event: string }>(
    `select event from audit where event like 'email-change%' and (actor_id = $1 or subject_id = $1) order by id`,
    [memberId],
  );
  return found.map(({ event }) => event);
};

const passTime = (memberId: string) =>
  rows(
    `with moved as (update links set expires_at = now() - interval '1 second' where member_id = $1 and state = 'open')
     update procedures set expires_at = now() - interval '1 second', due_at = now() - interval '1 second'
     where member_id = $1 and ended_at is null`,
    [memberId],
  );

const pastTheHour = (memberId: string) =>
  rows(
    `update letters set created_at = created_at - interval '61 minutes'
     where subject_id in (select id from procedures where member_id = $1)`,
    [memberId],
  );

const typed = (member: BuiltMember, address: string) => ({ password: member.password, address: mailAddress(address) });

it('S21: request, old mailbox, current password, new mailbox, then the switch; both are told', async () => {
  const member = await buildMember({ mfa: false });
  const { session, secret } = await buildMemberSession(member);
  const elsewhere = await buildMemberSession(member);
  const newAddress = `  Ｎew.${member.id.slice(0, 8)}@Example.JP `;
  const entered = newAddress.normalize('NFKC').trim();

  expect(await requestEmailChange(session, visit)).toEqual({ ok: true, value: null });
  expect(await readOpenEmailChange(member.id)).toMatchObject({ state: 'requested', newAddress: null });
  const requestToken = await mailedToken(member.id, 'email-change-request');
  expect(await readNewAddressPage(requestToken)).toMatchObject({
    ok: true,
    value: { loginId: member.loginId, address: member.address },
  });
  expect(await giveNewAddress(requestToken, typed(member, newAddress), visit)).toEqual({ ok: true, value: null });
  expect(await addressOf(member.id)).toBe(member.address);
  expect(await readOpenEmailChange(member.id)).toMatchObject({ state: 'confirming', newAddress: 'N***@Example.JP' });
  expect(await readGivenAddress(requestToken)).toMatchObject({ newAddress: entered });
  const confirmationToken = await mailedToken(member.id, 'email-change-confirmation');
  expect(await readConfirmationPage(confirmationToken)).toMatchObject({ ok: true, value: { newAddress: entered } });
  expect(await confirmNewAddress(confirmationToken, session, visit)).toEqual({ ok: true, value: null });

  expect(await addressOf(member.id)).toBe(entered);
  const { id, state } = await lastChangeOf(member.id);
  expect(state).toBe('switched');
  expect((await linesOf(id)).map(({ event }) => event)).toEqual(['start', 'addressGiven', 'addressConfirmed']);
  expect(await lettersOf(member.id)).toEqual([
    { kind: 'email-change-request', recipient: member.address, occurrence: 'first' },
    { kind: 'email-change-confirmation', recipient: entered, occurrence: 'first' },
    { kind: 'email-changed', recipient: member.address, occurrence: 'old' },
    { kind: 'email-changed', recipient: entered, occurrence: 'new' },
  ]);
  expect(await eventsOf(member.id)).toEqual(['email-change-asked', 'email-change-address-given', 'email-changed']);
  expect(await readMemberSession(secret)).toMatchObject({ address: entered });
  expect(await readMemberSession(elsewhere.secret)).toBeUndefined();
  const signIn = (address: string) =>
    signInMember({ loginId: member.loginId, address, password: member.password }, undefined, visit);
  expect(await signIn(entered.toUpperCase())).toMatchObject({ ok: true });
  expect(await signIn(member.address)).toMatchObject({ ok: false, reason: 'refused' });
});

it('S24: confirmed in a browser that is signed in as somebody else, or as nobody, it ends every session of the member', async () => {
  const stranger = await buildMemberSession(await buildMember());
  for (const browser of [stranger.session, undefined]) {
    const member = await buildMember();
    const { secret, confirmationToken } = await buildGivenChange(member);

    expect(await confirmNewAddress(confirmationToken, browser, visit)).toMatchObject({ ok: true });

    expect(await readMemberSession(secret)).toBeUndefined();
    expect(await readMemberSession(stranger.secret)).toBeDefined();
  }
});

it('S17: looking at a link any number of times changes nothing', async () => {
  const member = await buildMember();
  const { requestToken, confirmationToken } = await buildGivenChange(member);
  const before = await rows(`select * from links where member_id = $1 order by id`, [member.id]);

  await Promise.all(Array.from({ length: 100 }, () => readConfirmationPage(confirmationToken)));
  await Promise.all(Array.from({ length: 100 }, () => readNewAddressPage(requestToken)));

  expect(await rows(`select * from links where member_id = $1 order by id`, [member.id])).toEqual(before);
});

it('S20: a token of one step is unknown in the other', async () => {
  const member = await buildMember();
  const { requestToken } = await buildRequestedChange(member);
  expect(await confirmNewAddress(requestToken, undefined, visit)).toEqual({ ok: false, reason: 'unknown' });

  await giveNewAddress(requestToken, typed(member, freshAddress()), visit);

  const confirmationToken = await mailedToken(member.id, 'email-change-confirmation');
  expect(await giveNewAddress(confirmationToken, typed(member, freshAddress()), visit)).toEqual({
    ok: false,
    reason: 'unknown',
  });
  expect(await giveNewAddress('', typed(member, freshAddress()), visit)).toEqual({ ok: false, reason: 'unknown' });
});

it('S21: a wrong current password leaves the link as it is; after five in a row even the right one has to wait', async () => {
  const member = await buildMember();
  const { requestToken } = await buildRequestedChange(member);
  const wrong = { password: 'Chigau-2026', address: mailAddress(freshAddress()) };

  expect(await giveNewAddress(requestToken, wrong, visit)).toEqual({ ok: false, reason: 'current-password-wrong' });
  expect((await readNewAddressPage(requestToken)).ok).toBe(true);
  for (let more = 0; more < 4; more += 1) await giveNewAddress(requestToken, wrong, visit);

  expect(await giveNewAddress(requestToken, typed(member, freshAddress()), visit)).toEqual({
    ok: false,
    reason: 'has-to-wait',
  });
  expect(await lastChangeOf(member.id)).toMatchObject({ state: 'requested', newAddress: null });
  expect((await eventsOf(member.id)).filter((event) => event === 'email-change-refused')).toHaveLength(5);
});

it('S04, S78: own address and own duplicate are refused in any spelling, an address of another account is fine', async () => {
  const account = await buildAccount();
  const member = await buildMember({ account });
  const colleague = await buildMember({ account });
  const invited = await buildMember({ account, password: null });
  const outsider = await buildMember();
  const gone = await buildMember({ account, deletedAt: new Date() });
  const { requestToken } = await buildRequestedChange(member);
  const give = (address: string) => giveNewAddress(requestToken, typed(member, address), visit);

  expect(await give(` ${member.address.toUpperCase()}`)).toEqual({ ok: false, reason: 'address-unchanged' });
  expect(await give(colleague.address.toUpperCase())).toEqual({ ok: false, reason: 'address-in-account' });
  expect(await give(invited.address.replace('@', '＠'))).toEqual({ ok: false, reason: 'address-in-account' });
  expect(await give(outsider.address)).toEqual({ ok: true, value: null });
  const token = await mailedToken(member.id, 'email-change-confirmation');
  expect(await confirmNewAddress(token, undefined, visit)).toMatchObject({ ok: true });

  expect(await addressOf(member.id)).toBe(outsider.address);
  const again = await buildGivenChange({ ...member, address: outsider.address }, gone.address);
  expect(await confirmNewAddress(again.confirmationToken, undefined, visit)).toMatchObject({ ok: true });
});

it('S14, S21: of 50 given addresses at once one counts', async () => {
  const member = await buildMember();
  const { requestToken } = await buildRequestedChange(member);

  const outcomes = [];
  for (let turn = 0; turn < 5; turn += 1) {
    const crowd = Array.from({ length: 10 }, () => giveNewAddress(requestToken, typed(member, freshAddress()), visit));
    outcomes.push(...(await Promise.all(crowd)));
  }

  expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
  expect((await lettersOf(member.id)).filter(({ kind }) => kind === 'email-change-confirmation')).toHaveLength(1);
});

it('S14, S21: of 50 confirmations at once one switches, and both are told once', async () => {
  const member = await buildMember();
  const { confirmationToken, newAddress } = await buildGivenChange(member);

  const outcomes = await Promise.all(
    Array.from({ length: 50 }, () => confirmNewAddress(confirmationToken, undefined, visit)),
  );

  expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
  for (const outcome of outcomes) if (!outcome.ok) expect(outcome.reason).toBe('used');
  expect(await addressOf(member.id)).toBe(newAddress);
  expect((await lettersOf(member.id)).filter(({ kind }) => kind === 'email-changed')).toHaveLength(2);
});

it('a new request replaces the old one, whose links are void at both steps', async () => {
  const member = await buildMember();
  const first = await buildRequestedChange(member);
  const second = await buildGivenChange(member);

  expect(await readNewAddressPage(first.requestToken)).toEqual({ ok: false, reason: 'cancelled' });
  expect(await giveNewAddress(first.requestToken, typed(member, freshAddress()), visit)).toEqual({
    ok: false,
    reason: 'cancelled',
  });
  await requestEmailChange(second.session, visit);

  expect(await confirmNewAddress(second.confirmationToken, undefined, visit)).toEqual({
    ok: false,
    reason: 'cancelled',
  });
  const changes = await changesOf(member.id);
  expect(changes.map(({ state }) => state)).toEqual(['superseded', 'superseded', 'requested']);
  expect((await linesOf(changes[1]?.id ?? '')).map(({ event }) => event)).toEqual([
    'start',
    'addressGiven',
    'replaced',
  ]);
  expect(await addressOf(member.id)).toBe(member.address);
});

it('of many requests at once one stays open, and no more than three are mailed in an hour', async () => {
  const member = await buildMember();
  const { session } = await buildMemberSession(member);

  const outcomes = await Promise.all(Array.from({ length: 20 }, () => requestEmailChange(session, visit)));

  expect(outcomes.filter(({ ok }) => ok)).toHaveLength(3);
  expect((await changesOf(member.id)).filter(({ state }) => state === 'requested')).toHaveLength(1);
  expect(await lettersOf(member.id)).toHaveLength(3);
  const refusal = outcomes.find(({ ok }) => !ok);
  expect(refusal).toMatchObject({ ok: false, reason: 'too-many' });
  const wait = (refusal?.until?.getTime() ?? 0) - Date.now();
  expect(wait).toBeGreaterThan(59 * 60_000);
  expect(wait).toBeLessThanOrEqual(60 * 60_000);
  await pastTheHour(member.id);
  expect(await requestEmailChange(session, visit)).toMatchObject({ ok: true });
});

it('called off by its member, its link is void', async () => {
  const member = await buildMember();
  const { session, confirmationToken } = await buildGivenChange(member);

  expect(await cancelEmailChange(session, visit)).toEqual({ ok: true, value: null });

  expect(await cancelEmailChange(session, visit)).toEqual({ ok: false, reason: 'nothing-open' });
  expect(await confirmNewAddress(confirmationToken, undefined, visit)).toEqual({ ok: false, reason: 'cancelled' });
  const { id, state } = await lastChangeOf(member.id);
  expect(state).toBe('cancelled');
  expect((await linesOf(id)).at(-1)?.event).toBe('calledOff');
});

it('mailed again, it is the same link with the same end, to where it went first', async () => {
  const member = await buildMember();
  const { session } = await buildRequestedChange(member);
  const linksBefore = await rows(`select * from links where member_id = $1`, [member.id]);

  expect(await mailEmailChangeAgain(session, visit)).toMatchObject({ ok: true });
  expect(await mailEmailChangeAgain(session, visit)).toMatchObject({ ok: true });
  expect(await mailEmailChangeAgain(session, visit)).toMatchObject({ ok: false, reason: 'too-many' });

  expect(await rows(`select * from links where member_id = $1`, [member.id])).toEqual(linksBefore);
  const token = await mailedToken(member.id, 'email-change-request');
  const newAddress = freshAddress();
  await giveNewAddress(token, typed(member, newAddress), visit);
  expect(await mailEmailChangeAgain(session, visit)).toMatchObject({ ok: true });
  const letters = await lettersOf(member.id);
  expect(letters.map(({ recipient }) => recipient)).toEqual([
    member.address,
    member.address,
    member.address,
    newAddress,
    newAddress,
  ]);
  const facts = await rows<{ link: string }>(
    `select distinct facts->'link'->>'linkId' as link from letters where subject_id = $1`,
    [(await lastChangeOf(member.id)).id],
  );
  expect(facts).toHaveLength(2);
});

it('nothing is mailed again where nothing is open', async () => {
  const member = await buildMember();
  const { session } = await buildMemberSession(member);
  expect(await mailEmailChangeAgain(session, visit)).toEqual({ ok: false, reason: 'nothing-open' });

  await requestEmailChange(session, visit);
  await passTime(member.id);

  expect(await mailEmailChangeAgain(session, visit)).toEqual({ ok: false, reason: 'nothing-open' });
});

it('S16: each step has 24 hours by the database’s clock, then its link is dead and its flow ends it', async () => {
  const member = await buildMember();
  const { session, requestToken } = await buildRequestedChange(member);
  const { id } = await lastChangeOf(member.id);
  const day = 24 * 60 * 60_000;
  expect((await readEmailChangeStanding(id)).millisecondsLeft).toBeGreaterThan(day - 20_000);
  expect(await expireEmailChange(id)).toMatchObject({ state: 'requested' });
  await rows(
    `update procedures set due_at = now() + interval '1 hour', expires_at = now() + interval '1 hour' where id = $1`,
    [id],
  );

  await giveNewAddress(requestToken, typed(member, freshAddress()), visit);
  expect((await readEmailChangeStanding(id)).millisecondsLeft).toBeGreaterThan(day - 20_000);
  const confirmationToken = await mailedToken(member.id, 'email-change-confirmation');
  await passTime(member.id);

  expect(await readOpenEmailChange(member.id)).toBeUndefined();
  expect(await confirmNewAddress(confirmationToken, undefined, visit)).toEqual({ ok: false, reason: 'expired' });
  expect(await cancelEmailChange(session, visit)).toEqual({ ok: false, reason: 'nothing-open' });
  expect(await expireEmailChange(id)).toMatchObject({ state: 'expired' });
  expect(await addressOf(member.id)).toBe(member.address);
});

it('a request whose time is over expires when it is asked for anew, it is not replaced', async () => {
  const member = await buildMember();
  const { session, requestToken } = await buildRequestedChange(member);
  await passTime(member.id);
  expect(await giveNewAddress(requestToken, typed(member, freshAddress()), visit)).toEqual({
    ok: false,
    reason: 'expired',
  });

  await requestEmailChange(session, visit);

  expect((await changesOf(member.id)).map(({ state }) => state)).toEqual(['expired', 'requested']);
});

it('a pending change reserves nothing: taken meanwhile, it ends refused and the old address stays', async () => {
  const account = await buildAccount();
  const member = await buildMember({ account });
  const { confirmationToken, newAddress, secret } = await buildGivenChange(member);
  await buildMember({ account, address: newAddress });

  expect(await confirmNewAddress(confirmationToken, undefined, visit)).toEqual({ ok: false, reason: 'address-taken' });

  const { id, state } = await lastChangeOf(member.id);
  expect(state).toBe('refused');
  expect((await linesOf(id)).at(-1)?.event).toBe('addressTaken');
  expect(await addressOf(member.id)).toBe(member.address);
  expect(await readMemberSession(secret)).toBeDefined();
  expect(await confirmNewAddress(confirmationToken, undefined, visit)).toEqual({ ok: false, reason: 'cancelled' });
  expect((await lettersOf(member.id)).some(({ kind }) => kind === 'email-changed')).toBe(false);
});

it('S83: of ten members of an account who confirm the same address at once, one gets it', async () => {
  const account = await buildAccount();
  const wanted = freshAddress();
  const tokens = [];
  for (let slot = 0; slot < 10; slot += 1) {
    const { confirmationToken } = await buildGivenChange(await buildMember({ account }), wanted);
    tokens.push(confirmationToken);
  }

  const outcomes = await Promise.all(tokens.map((token) => confirmNewAddress(token, undefined, visit)));

  expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
  for (const outcome of outcomes) if (!outcome.ok) expect(outcome.reason).toBe('address-taken');
  expect(
    await rows(`select from members where account_id = $1 and address_canonical = $2`, [account.id, wanted]),
  ).toHaveLength(1);
});
