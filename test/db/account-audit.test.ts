/** The audit trail of お客様情報設定: one line for each event, with who, where and what (S70). */
import { expect, it } from 'vitest';
import { inTransaction } from '../../db/connect.ts';
import { rows } from '../../db/raw.ts';
import { confirmNewAddress } from '../../db/stores/address-switch.ts';
import { resendCode } from '../../db/stores/challenges.ts';
import { cancelEmailChange, mailEmailChangeAgain, requestEmailChange } from '../../db/stores/email-change.ts';
import { deleteMember } from '../../db/stores/member-deletion.ts';
import { addMember, resendSetup } from '../../db/stores/members.ts';
import { cancelMfaCode, confirmMfa } from '../../db/stores/mfa.ts';
import { cancelOwnReset, listOwnProcedures, mailOwnResetAgain } from '../../db/stores/own-procedures.ts';
import { endOwnSessions } from '../../db/stores/own-sessions.ts';
import { changePassword } from '../../db/stores/password-change.ts';
import { openResetFor } from '../../db/stores/password-reset.ts';
import { changeRegistration } from '../../db/stores/registration.ts';
import { signOut, type MemberSession } from '../../db/stores/sessions.ts';
import {
  buildChallenge,
  buildMember,
  buildMemberSession,
  buildVisit,
  type BuiltAccount,
  type BuiltMember,
} from '../support/build.ts';
import { buildGivenChange } from '../support/email-change.ts';
import { mailAddress } from '../support/mail-address.ts';
import { askToTurnMfaOn } from '../support/mfa.ts';
import { useStores } from '../support/stores.ts';

useStores();

const visit = buildVisit({ ip: '192.0.2.9', requestId: 'ACDEFGHJKM' });
const WRONG = 'Chigau-2026';

interface Case {
  what: string;
  mfa?: boolean;
  act: (member: BuiltMember, session: MemberSession) => Promise<unknown>;
  /** What is written, in this order; those that the preparation leaves carry another request. */
  events: string[];
}

const cases: Case[] = [
  {
    what: 'a changed name',
    act: (_, session) => changeRegistration(session, { userName: 'テスト担当者9', mfa: false }, '', visit),
    events: ['user-name-changed'],
  },
  {
    what: '多要素認証 asked for',
    act: (member, session) => changeRegistration(session, { userName: member.name, mfa: true }, '', visit),
    events: ['code-asked'],
  },
  {
    what: '多要素認証 turned on by the code',
    act: async (member) => {
      const { session, secret, code } = await askToTurnMfaOn(member);
      await confirmMfa(session, secret, code, visit);
    },
    events: ['code-accepted', 'mfa-turned-on'],
  },
  {
    what: 'a wrong code',
    act: async (member) => {
      const { session, secret, code } = await askToTurnMfaOn(member);
      await confirmMfa(session, secret, code === '000000' ? '000001' : '000000', visit);
    },
    events: ['code-refused'],
  },
  {
    what: 'the code mailed again',
    act: async (member) => {
      const { session } = await askToTurnMfaOn(member);
      await rows(`update challenges set mailed_at = now() - interval '61 seconds' where id = $1`, [
        session.challengeId,
      ]);
      await resendCode(session.challengeId, { kind: 'member', id: member.id }, visit);
    },
    events: ['code-mailed-again'],
  },
  {
    what: 'turning it on called off',
    act: async (member) => cancelMfaCode((await askToTurnMfaOn(member)).session, visit),
    events: ['procedure-cancelled'],
  },
  {
    what: '多要素認証 turned off',
    mfa: true,
    act: (member, session) =>
      changeRegistration(session, { userName: member.name, mfa: false }, member.password, visit),
    events: ['mfa-turned-off'],
  },
  {
    what: 'turning it off with a wrong password',
    mfa: true,
    act: (member, session) => changeRegistration(session, { userName: member.name, mfa: false }, WRONG, visit),
    events: ['mfa-change-refused'],
  },
  {
    what: 'a changed password',
    act: (member, session) => changePassword(session, { current: member.password, next: 'Betsu-2027' }, visit),
    events: ['password-changed'],
  },
  {
    what: 'a change of password with a wrong one',
    act: (_, session) => changePassword(session, { current: WRONG, next: 'Betsu-2027' }, visit),
    events: ['password-change-refused'],
  },
  {
    what: 'two other browsers signed out',
    act: async (member, session) => {
      await buildMemberSession(member);
      await buildMemberSession(member);
      await endOwnSessions(session, 'all', member.password, visit);
    },
    events: ['other-session-ended', 'other-session-ended'],
  },
  {
    what: 'signing others out with a wrong password',
    act: (_, session) => endOwnSessions(session, 'all', WRONG, visit),
    events: ['session-end-refused'],
  },
  { what: 'ログアウト', act: (_, session) => signOut(session, visit), events: ['signed-out'] },
  {
    what: 'a reset called off',
    act: async (member, session) => {
      await inTransaction((tx) => openResetFor(tx, member));
      const [reset] = await listOwnProcedures(member.id);
      await cancelOwnReset(session, reset?.id ?? '', visit);
    },
    events: ['procedure-cancelled'],
  },
  {
    what: 'a reset mailed again',
    act: async (member, session) => {
      await inTransaction((tx) => openResetFor(tx, member));
      const [reset] = await listOwnProcedures(member.id);
      await mailOwnResetAgain(session, reset?.id ?? '', visit);
    },
    events: ['password-reset-mailed-again'],
  },
  {
    what: 'the current password typed wrong until one has to wait, and once more',
    act: async (_, session) => {
      for (let tried = 0; tried < 6; tried += 1) await endOwnSessions(session, 'all', WRONG, visit);
    },
    events: [...Array.from({ length: 5 }, () => 'session-end-refused'), 'current-password-throttled'],
  },
  {
    what: 'the code mailed again when the mails of an hour are used up',
    act: async (member) => {
      const { session } = await askToTurnMfaOn(member);
      await rows(`update challenges set mailed_at = now() - interval '61 seconds' where id = $1`, [
        session.challengeId,
      ]);
      for (let other = 0; other < 9; other += 1) await buildChallenge(member);
      await resendCode(session.challengeId, { kind: 'member', id: member.id }, visit);
    },
    events: ['code-locked'],
  },
  {
    what: 'a change of address asked for, mailed again, called off',
    act: async (_, session) => {
      await requestEmailChange(session, visit);
      await mailEmailChangeAgain(session, visit);
      await cancelEmailChange(session, visit);
    },
    events: ['email-change-asked', 'email-change-mailed-again', 'email-change-cancelled'],
  },
  {
    what: 'a new address that somebody of the account has meanwhile',
    act: async (member) => {
      const { newAddress, confirmationToken } = await buildGivenChange(member);
      await buildMember({ account: accountOf(member), address: newAddress });
      await confirmNewAddress(confirmationToken, undefined, visit);
    },
    events: ['email-change-address-taken'],
  },
  {
    what: 'a user added, mailed again, deleted',
    act: async (member, session) => {
      const { id } = await added(session);
      await resendSetup(session, id, visit);
      await deleteMember(session, id, member.password, visit);
    },
    events: ['member-added', 'password-setup-mailed-again', 'member-deleted'],
  },
  {
    what: 'oneself deleted',
    act: async (member, session) => {
      await buildMember({ account: accountOf(member) });
      await deleteMember(session, member.id, member.password, visit);
    },
    events: ['member-deleted'],
  },
  {
    what: 'a deletion with a wrong password',
    act: async (member, session) => {
      const { id } = await buildMember({ account: accountOf(member) });
      await deleteMember(session, id, WRONG, visit);
    },
    events: ['member-delete-refused'],
  },
];

const accountOf = ({ accountId: id, loginId, company }: BuiltMember): BuiltAccount => ({
  id,
  loginId,
  company,
  customerNumber: '',
});

async function added(session: MemberSession): Promise<{ id: string }> {
  const outcome = await addMember(session, mailAddress('added@example.jp'), visit);
  if (!outcome.ok) throw new Error(`the user was refused: ${outcome.reason}`);
  return outcome.value;
}

it.each(cases)('$what', async ({ mfa = false, act, events }) => {
  const member = await buildMember({ mfa });
  const { session } = await buildMemberSession(member);

  await act(member, session);

  const lines = await rows<{ event: string }>(
    `select event, actor_kind as "actorKind", actor_id as "actorId", account_id as "accountId", ip
     from audit where actor_id = $1 and request_id = $2 order by id`,
    [member.id, visit.requestId],
  );
  const who = { actorKind: 'member', actorId: member.id, accountId: member.accountId, ip: visit.ip };
  expect(lines).toEqual(events.map((event) => ({ event, ...who })));
});
