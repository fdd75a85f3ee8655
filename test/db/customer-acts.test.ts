/** What staff do about members: sessions, forced password change, unlock, mails, rescue, 多要素認証 (spec.md, Staff; security.md S29). */
import { setTimeout as pause } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { rows } from '../../db/raw.ts';
import {
  actOnMembers,
  endEverySession,
  requireEveryPasswordChange,
  requireMfa,
} from '../../db/stores/customer-acts.ts';
import { addMemberByStaff, mailNeverMailed } from '../../db/stores/customer-rescue.ts';
import { countNeverMailed, listCustomerMembers, listCustomers, readCustomer } from '../../db/stores/customers.ts';
import { tryCode } from '../../db/stores/code-tries.ts';
import { changePassword } from '../../db/stores/password-change.ts';
import { changeRegistration } from '../../db/stores/registration.ts';
import { readMemberSession } from '../../db/stores/sessions.ts';
import { signInMember } from '../../db/stores/sign-in.ts';
import { memberActs, type MemberAct } from '../../domain/customer-acts.ts';
import {
  buildAccount,
  buildChallenge,
  buildMember,
  buildMemberSession,
  buildStaff,
  buildStaffSession,
  buildVisit,
  type BuiltAccount,
  type BuiltChallenge,
  type BuiltMember,
} from '../support/build.ts';
import { repeats } from '../support/runs.ts';
import { useStores } from '../support/stores.ts';
import { mailAddress } from '../support/mail-address.ts';

useStores();

const visit = buildVisit();
const administrator = async () => (await buildStaffSession(await buildStaff({ role: 'administrator' }))).session;

async function customerOf({ customerNumber }: BuiltAccount) {
  const customer = await readCustomer(customerNumber);
  if (customer === undefined) throw new Error('the built customer is missing');
  return customer;
}

/** A customer with three members: one plain, one with 多要素認証, one invited. */
async function threeMembers() {
  const account = await buildAccount();
  const plain = await buildMember({ account, userName: 'テスト担当者1' });
  const withCode = await buildMember({ account, userName: 'テスト担当者2', mfa: true });
  const invited = await buildMember({ account, userName: '', password: null });
  return { account, plain, withCode, invited, customer: await customerOf(account), staff: await administrator() };
}

const attempt = ({ challengeId, secret }: BuiltChallenge, typed: string) => tryCode(challengeId, secret, typed, visit);
const wrongCode = ({ code }: BuiltChallenge): string => (code === '000000' ? '000001' : '000000');

/** Twenty wrong ones, five in each of four browsers. */
async function useUpCodes(member: BuiltMember): Promise<void> {
  for (let browser = 0; browser < 4; browser += 1) {
    const challenge = await buildChallenge(member);
    for (let wrong = 0; wrong < 5; wrong += 1) await attempt(challenge, wrongCode(challenge));
  }
}

const auditOf = (accountId: string) =>
  rows<{ event: string; subjectId: string }>(
    `select event, subject_id as "subjectId" from audit where account_id = $1 and actor_kind = 'staff' order by id`,
    [accountId],
  );

const lettersTo = (recipient: string) =>
  rows<{ kind: string; changes: string[] | null }>(
    `select kind, facts->'changes' as changes from letters where recipient = $1 order by created_at`,
    [recipient],
  );

const everybody = ({ plain, withCode, invited }: Awaited<ReturnType<typeof threeMembers>>) => [
  plain.id,
  withCode.id,
  invited.id,
];

it('S29: ending sessions ends those of the chosen members only, also one that still waits for its code', async () => {
  const built = await threeMembers();
  const chosen = await buildMemberSession(built.plain);
  const waiting = await buildChallenge(built.plain);
  const other = await buildMemberSession(built.withCode);

  const outcome = await actOnMembers(
    built.staff,
    built.customer,
    { act: 'end-sessions', memberIds: [built.plain.id] },
    visit,
  );

  expect(outcome).toEqual({ ok: true, value: { acted: 1, left: 0 } });
  expect(await readMemberSession(chosen.secret)).toBeUndefined();
  expect(await readMemberSession(waiting.secret)).toBeUndefined();
  expect(await readMemberSession(other.secret)).toBeDefined();
  expect(await rows(`select state from challenges where id = $1`, [waiting.challengeId])).toEqual([
    { state: 'cancelled' },
  ]);
  expect(await auditOf(built.account.id)).toEqual([{ event: 'member-sessions-ended', subjectId: built.plain.id }]);
});

it('S29: ending everyone’s sessions leaves no member signed in, and staff go on', async () => {
  const one = await buildMemberSession(await buildMember());
  const two = await buildMemberSession(await buildMember());
  const { session, secret } = await buildStaffSession(await buildStaff({ role: 'administrator' }));

  const ended = await endEverySession(session, visit);

  expect(ended).toBeGreaterThanOrEqual(2);
  expect(await readMemberSession(one.secret)).toBeUndefined();
  expect(await readMemberSession(two.secret)).toBeUndefined();
  expect(
    await rows(`select count(*)::int as n from sessions where member_id is not null and ended_at is null`),
  ).toEqual([{ n: 0 }]);
  expect(secret).not.toBe('');
  expect(
    await rows(`select detail from audit where event = 'all-sessions-ended' and actor_id = $1`, [session.staffId]),
  ).toEqual([{ detail: { ended } }]);
});

it('a password change is asked of open sessions too, and only of those who have a password', async () => {
  const built = await threeMembers();
  const { secret } = await buildMemberSession(built.plain);

  const outcome = await actOnMembers(
    built.staff,
    built.customer,
    { act: 'require-password-change', memberIds: everybody(built) },
    visit,
  );

  expect(outcome).toEqual({ ok: true, value: { acted: 2, left: 1 } });
  expect((await readMemberSession(secret))?.mustChangePassword).toBe(true);
  expect((await listCustomerMembers(built.customer)).map(({ mustChangePassword }) => mustChangePassword)).toEqual([
    true,
    true,
    false,
  ]);
});

it('a password change can be asked of everybody at once', async () => {
  const { plain, invited } = await threeMembers();

  await requireEveryPasswordChange(await administrator(), visit);

  const flags = await rows<{ id: string; must: boolean }>(
    `select id, must_change_password as must from members where id = any($1::uuid[])`,
    [[plain.id, invited.id]],
  );
  expect(flags.find(({ id }) => id === plain.id)?.must).toBe(true);
  expect(flags.find(({ id }) => id === invited.id)?.must).toBe(false);
});

it('unlocking lets a member in who had to wait after wrong passwords', async () => {
  const { plain, customer, staff } = await threeMembers();
  const credentials = { loginId: plain.loginId, address: plain.address };
  for (let wrong = 0; wrong < 6; wrong += 1)
    await signInMember(
      { ...credentials, password: 'Chigau-2026' },
      undefined,
      buildVisit({ ip: `198.51.100.${wrong}` }),
    );
  const before = await signInMember({ ...credentials, password: plain.password }, undefined, visit);
  const [shown] = await listCustomerMembers(customer);

  await actOnMembers(staff, customer, { act: 'unlock', memberIds: [plain.id] }, visit);

  const after = await signInMember({ ...credentials, password: plain.password }, undefined, visit);
  expect(before.ok).toBe(false);
  expect(shown?.waits).toBe(true);
  expect(after.ok).toBe(true);
});

it('unlocking ends the wait of a known browser too, and that at a change of the password', async () => {
  const { plain, customer, staff } = await threeMembers();
  const home = buildVisit({ ip: '198.51.100.77' });
  const { session } = await buildMemberSession(plain);
  const wrong = { ...plain, password: 'Chigau-2026' };
  await signInMember(plain, undefined, home);
  for (let tried = 0; tried < 5; tried += 1) {
    await signInMember(wrong, undefined, home);
    await changePassword(session, { current: wrong.password, next: 'Betsu-2027' }, visit);
  }
  const before = await signInMember(plain, undefined, home);
  const [shown] = await listCustomerMembers(customer);

  await actOnMembers(staff, customer, { act: 'unlock', memberIds: [plain.id] }, visit);

  const after = await signInMember(plain, undefined, home);
  const changed = await changePassword(session, { current: plain.password, next: 'Betsu-2027' }, visit);
  expect(before.ok).toBe(false);
  expect(shown?.waits).toBe(true);
  expect([after.ok, changed.ok]).toEqual([true, true]);
  expect((await listCustomerMembers(customer))[0]?.waits).toBe(false);
});

it('unlocking forgives the wrong codes of a day, audited: the next sign-in gets a code, and twenty more are the cap anew (S07)', async () => {
  const { account, plain, withCode, customer, staff } = await threeMembers();
  await useUpCodes(withCode);
  const before = await signInMember(withCode, undefined, visit);
  const shown = await listCustomerMembers(customer);

  await actOnMembers(staff, customer, { act: 'unlock', memberIds: [withCode.id] }, visit);

  // An hour later: mails are capped apart from wrong codes (S10).
  await rows(`update challenges set mailed_at = mailed_at - interval '61 minutes' where member_id = $1`, [withCode.id]);
  const after = await signInMember(withCode, undefined, visit);
  const waits = (await listCustomerMembers(customer)).map((member) => member.waits);
  await useUpCodes(withCode);
  const again = await signInMember(withCode, undefined, visit);
  expect(before).toMatchObject({ ok: false, reason: 'code-locked' });
  expect(shown.map((member) => [member.id, member.waits])).toEqual([
    [plain.id, false],
    [withCode.id, true],
    [expect.any(String), false],
  ]);
  expect(after).toMatchObject({ ok: true, value: { stage: 'code' } });
  expect(waits).toEqual([false, false, false]);
  expect(again).toMatchObject({ ok: false, reason: 'code-locked' });
  expect(await auditOf(account.id)).toEqual([{ event: 'sign-in-unlocked', subjectId: withCode.id }]);
});

it('a code that was tried before unlocking counts only what was tried after it, also once it is accepted', async () => {
  const { withCode, customer, staff } = await threeMembers();
  const challenge = await buildChallenge(withCode);
  for (let wrong = 0; wrong < 3; wrong += 1) await attempt(challenge, wrongCode(challenge));

  await actOnMembers(staff, customer, { act: 'unlock', memberIds: [withCode.id] }, visit);
  await attempt(challenge, wrongCode(challenge));
  const accepted = await attempt(challenge, challenge.code);
  await actOnMembers(staff, customer, { act: 'unlock', memberIds: [withCode.id] }, visit);

  const [row] = await rows(`select tries, forgiven from challenges where id = $1`, [challenge.challengeId]);
  expect(accepted.ok).toBe(true);
  expect(row).toEqual({ tries: 5, forgiven: 4 });
});

it('the set-up mail goes to those who have no password yet', async () => {
  const built = await threeMembers();

  const outcome = await actOnMembers(
    built.staff,
    built.customer,
    { act: 'mail-setup', memberIds: everybody(built) },
    visit,
  );

  expect(outcome).toEqual({ ok: true, value: { acted: 1, left: 2 } });
  expect(await lettersTo(built.invited.address)).toEqual([{ kind: 'password-setup', changes: null }]);
  expect(await lettersTo(built.plain.address)).toEqual([]);
});

it('turning 多要素認証 off for a member who can’t read mail ends the sessions, is mailed and audited', async () => {
  const built = await threeMembers();
  const { secret } = await buildMemberSession(built.withCode);

  const outcome = await actOnMembers(
    built.staff,
    built.customer,
    { act: 'turn-mfa-off', memberIds: everybody(built) },
    visit,
  );

  const { loginId, address, password } = built.withCode;
  const signedIn = await signInMember({ loginId, address, password }, undefined, visit);
  expect(outcome).toEqual({ ok: true, value: { acted: 1, left: 2 } });
  expect(await readMemberSession(secret)).toBeUndefined();
  expect(signedIn).toMatchObject({ ok: true, value: { stage: 'full' } });
  expect(await lettersTo(address)).toMatchObject([
    { kind: 'registration-changed', changes: ['mfa-off-by-staff'] },
    { kind: 'sign-in-notice' },
  ]);
  expect(await auditOf(built.account.id)).toEqual([{ event: 'member-rescued', subjectId: built.withCode.id }]);
});

it.each(memberActs)(
  '%s does nothing at all where one of those chosen is gone or of another customer',
  async (act: MemberAct) => {
    const built = await threeMembers();
    const stranger = await buildMember();

    const outcome = await actOnMembers(
      built.staff,
      built.customer,
      { act, memberIds: [...everybody(built), stranger.id] },
      visit,
    );

    expect(outcome).toEqual({ ok: false, reason: 'member-gone' });
    expect(await auditOf(built.account.id)).toEqual([]);
  },
);

it('多要素認証 asked of an account: everybody signs in with a code, nobody turns it off, and it can be released', async () => {
  const { account, plain, withCode, customer, staff } = await threeMembers();
  const without = await buildMemberSession(plain);
  const withOne = await buildMemberSession(withCode);

  const first = await requireMfa(staff, customer, true, visit);
  const second = await requireMfa(staff, customer, true, visit);
  const { loginId, address, password } = plain;
  const signedIn = await signInMember({ loginId, address, password }, undefined, visit);
  const refused = await changeRegistration(withOne.session, { userName: withCode.name, mfa: false }, password, visit);
  const rescue = await actOnMembers(staff, customer, { act: 'turn-mfa-off', memberIds: [withCode.id] }, visit);
  await requireMfa(staff, customer, false, visit);
  const released = await signInMember({ loginId, address, password }, undefined, visit);

  expect([first, second]).toEqual([true, false]);
  expect(await readMemberSession(without.secret)).toBeUndefined();
  expect(await readMemberSession(withOne.secret)).toBeDefined();
  expect(signedIn).toMatchObject({ ok: true, value: { stage: 'code' } });
  expect(refused).toEqual({ ok: false, reason: 'mfa-required' });
  expect(rescue).toEqual({ ok: false, reason: 'mfa-required' });
  expect(released).toMatchObject({ ok: true, value: { stage: 'full' } });
  expect((await lettersTo(address)).map(({ changes }) => changes)).toContainEqual(['mfa-required']);
  expect((await auditOf(account.id)).map(({ event }) => event)).toEqual(['mfa-required', 'mfa-released']);
});

it('多要素認証 asked of an account while a member signs in or changes the password leaves no session without a code', async () => {
  for (let round = 0; round < repeats(5, 100); round += 1) {
    const account = await buildAccount();
    const member = await buildMember({ account });
    const { session } = await buildMemberSession(member);
    const [customer, staff] = [await customerOf(account), await administrator()];

    await Promise.all([
      signInMember(member, undefined, buildVisit({ ip: '198.51.100.201' })),
      signInMember(member, undefined, buildVisit({ ip: '198.51.100.202' })),
      changePassword(session, { current: member.password, next: 'Betsu-2027' }, visit),
      pause(Math.random() * 100).then(() => requireMfa(staff, customer, true, visit)),
    ]);

    expect(
      await rows(`select from sessions where member_id = $1 and stage = 'full' and ended_at is null`, [member.id]),
    ).toEqual([]);
  }
});

it('a session that staff have ended changes no password any more', async () => {
  const { plain, customer, staff } = await threeMembers();
  const { session } = await buildMemberSession(plain);
  await actOnMembers(staff, customer, { act: 'end-sessions', memberIds: [plain.id] }, visit);

  const outcome = await changePassword(session, { current: plain.password, next: 'Betsu-2027' }, visit);

  expect(outcome).toEqual({ ok: false, reason: 'current-password-wrong' });
});

it('a rescue adds an address, mails the link, and tells those who are 利用中', async () => {
  const { account, plain, invited, customer, staff } = await threeMembers();

  const added = await addMemberByStaff(staff, customer, mailAddress('rescued@example.jp'), visit);
  const twice = await addMemberByStaff(staff, customer, mailAddress('RESCUED@example.jp'), visit);

  expect(added.ok).toBe(true);
  expect(twice).toEqual({ ok: false, reason: 'address-taken' });
  expect(await lettersTo('rescued@example.jp')).toEqual([{ kind: 'password-setup', changes: null }]);
  expect(await lettersTo(plain.address)).toEqual([{ kind: 'member-added-by-staff', changes: null }]);
  expect(await lettersTo(invited.address)).toEqual([]);
  expect((await auditOf(account.id)).map(({ event }) => event)).toEqual(['member-rescued']);
});

it('a rescue never makes an eleventh member, however many ask at once', async () => {
  const account = await buildAccount();
  for (let member = 1; member <= 9; member += 1) await buildMember({ account, password: null });
  const [customer, staff] = [await customerOf(account), await administrator()];

  const outcomes = await Promise.all(
    Array.from({ length: 10 }, (_, n) => addMemberByStaff(staff, customer, mailAddress(`new-${n}@example.jp`), visit)),
  );

  expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
});

it('those who never got a mail are found, mailed once, and then found no more', async () => {
  const { customer, invited, staff } = await threeMembers();
  const before = await listCustomers({ typed: customer.loginId, filter: 'never-mailed', page: 1 }, 20);

  await mailNeverMailed(staff, visit);
  const again = await mailNeverMailed(staff, visit);

  expect(before).toMatchObject({ total: 1, found: [{ neverMailed: 1, active: 2, members: 3 }] });
  expect(await lettersTo(invited.address)).toHaveLength(1);
  expect(again).toEqual({ mailed: 0, left: 0 });
  expect(await countNeverMailed()).toBe(0);
});

it('customers are found by any of their names, taken literally; nobody who is 利用中 is a filter', async () => {
  const account = await buildAccount({ company: 'ＡＢＣ電設100%工業' });
  await buildMember({ account, address: 'Sagasu@example.jp', password: null });
  const find = async (typed: string, filter: 'all' | 'locked-out' = 'all') =>
    (await listCustomers({ typed, filter, page: 1 }, 20)).found.map(({ customerNumber }) => customerNumber);

  expect(await find('abc電設 100%')).toEqual([account.customerNumber]);
  expect(await find('abc電設100_')).toEqual([]);
  expect(await find(account.customerNumber.toLowerCase())).toEqual([account.customerNumber]);
  expect(await find('sagasu@EXAMPLE')).toContain(account.customerNumber);
  expect(await find(account.loginId, 'locked-out')).toEqual([account.customerNumber]);
  expect(await find('no-such-customer')).toEqual([]);
});
