/** What else happens to a member while メールアドレス変更 is pending, in the wrong order and at once (security.md S16, S21, S87). */
import { expect, it } from 'vitest';
import { rows } from '../../db/raw.ts';
import { confirmNewAddress, giveNewAddress } from '../../db/stores/address-switch.ts';
import { requestEmailChange } from '../../db/stores/email-change.ts';
import { deleteMember } from '../../db/stores/member-deletion.ts';
import { changePassword } from '../../db/stores/password-change.ts';
import { readPasswordPage } from '../../db/stores/password-links.ts';
import { askReset, completeReset, moveResetOn } from '../../db/stores/password-reset.ts';
import { buildAccount, buildMember, buildMemberSession, buildVisit, type BuiltMember } from '../support/build.ts';
import { buildGivenChange, buildRequestedChange, freshAddress, type GivenChange } from '../support/email-change.ts';
import { mailedToken } from '../support/links.ts';
import { useStores } from '../support/stores.ts';
import { mailAddress } from '../support/mail-address.ts';

useStores();

const visit = buildVisit();

/** A reset asked for by mail; its token. */
async function mailedReset(member: BuiltMember): Promise<string> {
  await askReset({ loginId: member.loginId, address: mailAddress(member.address) }, visit);
  const asked = await rows<{ id: string }>(`select id from procedures where state = 'asked' and login_id = $1`, [
    member.loginId,
  ]);
  await moveResetOn(asked[0]?.id ?? '');
  return mailedToken(member.id, 'password-reset');
}

const meanwhile: [string, (member: BuiltMember, change: GivenChange) => Promise<unknown>][] = [
  [
    'the password is changed',
    (member, { session }) => changePassword(session, { current: member.password, next: 'Atarashi-27' }, visit),
  ],
  ['a mailed reset is completed', async (member) => completeReset(await mailedReset(member), 'Atarashi-27', visit)],
  [
    'a colleague deletes the member',
    async (member, { session }) => {
      const account = { ...session, id: session.accountId };
      const colleague = await buildMember({ account });
      const { session: by } = await buildMemberSession(colleague);
      return deleteMember(by, member.id, colleague.password, visit);
    },
  ],
];

it.each(meanwhile)('once %s, neither link does anything', async (_, act) => {
  const one = await buildMember();
  const other = await buildMember();
  const requested = await buildRequestedChange(one);
  const given = await buildGivenChange(other);

  await act(one, { ...requested, newAddress: '', confirmationToken: '' });
  await act(other, given);

  const typed = { password: 'Atarashi-27', address: mailAddress(freshAddress()) };
  expect(await giveNewAddress(requested.requestToken, typed, visit)).toEqual({ ok: false, reason: 'cancelled' });
  expect(await confirmNewAddress(given.confirmationToken, undefined, visit)).toEqual({
    ok: false,
    reason: 'cancelled',
  });
  const left = await rows(
    `select from procedures where member_id = any($1) and (ended_at is null or kind = 'email-change' and state <> 'cancelled')`,
    [[one.id, other.id]],
  );
  expect(left).toEqual([]);
});

it('the switch voids a reset that was mailed to the old address', async () => {
  const member = await buildMember();
  const { confirmationToken } = await buildGivenChange(member);
  const reset = await mailedReset(member);

  await confirmNewAddress(confirmationToken, undefined, visit);

  expect(await readPasswordPage('password-reset', reset)).toEqual({ ok: false, reason: 'cancelled' });
});

it('S87: deletion and confirmation at once leave a deleted member with nothing open, whichever is first', async () => {
  const account = await buildAccount();
  const colleague = await buildMember({ account });
  const { session: by } = await buildMemberSession(colleague);
  for (let turn = 0; turn < 8; turn += 1) {
    const member = await buildMember({ account });
    const { confirmationToken } = await buildGivenChange(member);

    const [deleted] = await Promise.all([
      deleteMember(by, member.id, colleague.password, visit),
      confirmNewAddress(confirmationToken, undefined, visit),
    ]);

    expect(deleted.ok).toBe(true);
    const open = await rows(
      `select id from procedures where member_id = $1 and ended_at is null
       union all select id from links where member_id = $1 and state = 'open'
       union all select id from sessions where member_id = $1 and ended_at is null`,
      [member.id],
    );
    expect(open).toEqual([]);
  }
});

it('a password change and a request at once: no change of address outlives the new password with a link of before', async () => {
  for (let turn = 0; turn < 8; turn += 1) {
    const member = await buildMember();
    const { session, confirmationToken } = await buildGivenChange(member);

    await Promise.all([
      changePassword(session, { current: member.password, next: 'Atarashi-27' }, visit),
      requestEmailChange(session, visit),
    ]);

    expect(await confirmNewAddress(confirmationToken, undefined, visit)).toEqual({ ok: false, reason: 'cancelled' });
  }
});
