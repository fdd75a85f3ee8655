/** 「削除」 of a 利用者: nothing outlives its member, whatever happens at the same moment (security.md S24, S53, S54, S87). */
import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { rows } from '../../db/raw.ts';
import { tryCode } from '../../db/stores/code-tries.ts';
import { keepInput, readKeptInput } from '../../db/stores/kept-inputs.ts';
import { deleteMember } from '../../db/stores/member-deletion.ts';
import { addMember, listMembers, resendSetup } from '../../db/stores/members.ts';
import { changePassword } from '../../db/stores/password-change.ts';
import { askReset, moveResetOn } from '../../db/stores/password-reset.ts';
import { readPasswordPage } from '../../db/stores/password-links.ts';
import { completeSetup } from '../../db/stores/password-setup.ts';
import { readMemberSession, type MemberSession } from '../../db/stores/sessions.ts';
import { signInMember } from '../../db/stores/sign-in.ts';
import { buildChallenge, buildMember, buildMemberSession, buildVisit, type BuiltMember } from '../support/build.ts';
import { buildKeeper, invite } from '../support/invited.ts';
import { mailedToken } from '../support/links.ts';
import { repeats } from '../support/runs.ts';
import { useStores } from '../support/stores.ts';
import { mailAddress } from '../support/mail-address.ts';

useStores();

const visit = buildVisit();
const SETUP = { userName: 'テスト担当者2', password: 'Atarashi-27' };

/** What of a member is still open: after a deletion nothing may be. */
async function openOf(memberId: string): Promise<Record<string, number>> {
  const [open] = await rows<Record<string, number>>(
    `select (select count(*)::int from sessions where member_id = $1 and ended_at is null) as sessions,
       (select count(*)::int from challenges where member_id = $1 and state = 'open') as challenges,
       (select count(*)::int from procedures where member_id = $1 and ended_at is null) as procedures,
       (select count(*)::int from links where member_id = $1 and state = 'open') as links,
       (select count(*)::int from procedures procedure where member_id = $1 and state in ('cancelled', 'completed')
          and not exists (select from outbox where row_id = procedure.id and event in ('calledOff', 'passwordSet'))) as untold`,
    [memberId],
  );
  return open ?? {};
}

const NOTHING = { sessions: 0, challenges: 0, procedures: 0, links: 0, untold: 0 };

const lettersAbout = (memberId: string) =>
  rows<{ kind: string; recipient: string }>(
    `select kind, recipient from letters where subject_id = $1 and kind in ('member-deleted', 'other-member-deleted')
     order by kind, recipient`,
    [memberId],
  );

const isDeleted = async (memberId: string) =>
  (await rows(`select 1 from members where id = $1 and deleted_at is not null`, [memberId])).length === 1;

it('the deleted member’s sessions and code end at once, the deleted address and the others are told', async () => {
  const { keeper, session, account } = await buildKeeper();
  const member = await buildMember({ account, mfa: true });
  const { secret } = await buildMemberSession(member);
  const challenge = await buildChallenge(member);
  const invited = await invite(session);

  const outcome = await deleteMember(session, member.id, keeper.password, visit);

  const audited = await rows(`select event, actor_id as actor, detail from audit where subject_id = $1`, [member.id]);
  const left = await rows(`select event from outbox where row_id = $1 and event = 'signInLeft'`, [
    challenge.challengeId,
  ]);
  expect(outcome.ok).toBe(true);
  expect(await openOf(member.id)).toEqual(NOTHING);
  expect(await readMemberSession(secret)).toBeUndefined();
  expect(await tryCode(challenge.challengeId, challenge.secret, challenge.code, visit)).toMatchObject({ ok: false });
  expect(left).toHaveLength(1);
  expect((await listMembers(keeper.accountId)).map(({ id }) => id)).toEqual([keeper.id, invited.id]);
  expect(audited).toContainEqual({ event: 'member-deleted', actor: keeper.id, detail: { was: 'active' } });
  expect(await lettersAbout(member.id)).toEqual([
    { kind: 'member-deleted', recipient: member.address },
    { kind: 'other-member-deleted', recipient: keeper.address },
  ]);
});

it('what a deleted member had typed when a session ended is gone, and nothing is kept of one any more', async () => {
  for (let round = 0; round < repeats(5, 50); round += 1) {
    const { keeper, session, account } = await buildKeeper();
    const member = await buildMember({ account });
    await keepInput(member.id, '/account', [['userName', 'テスト担当者8']]);
    const kept = await readKeptInput(member.id, '/account');

    await Promise.all([
      deleteMember(session, member.id, keeper.password, visit),
      keepInput(member.id, '/apply', [['remarks', '午前中にお願いします。']]),
    ]);
    await keepInput(member.id, '/account', [['userName', 'テスト担当者9']]);

    expect(kept).toEqual([['userName', 'テスト担当者8']]);
    expect(await rows(`select from kept_inputs where member_id = $1`, [member.id])).toEqual([]);
  }
});

it('S22: deleting an invited member is how an invitation is cancelled: its link is dead', async () => {
  const { keeper, session } = await buildKeeper();
  const invited = await invite(session);
  const token = await mailedToken(invited.id, 'password-setup');

  await deleteMember(session, invited.id, keeper.password, visit);

  expect(await readPasswordPage('password-setup', token)).toEqual({ ok: false, reason: 'cancelled' });
  expect(await completeSetup(token, SETUP, visit)).toEqual({ ok: false, reason: 'cancelled' });
  expect(await openOf(invited.id)).toEqual(NOTHING);
});

it('deleted and added again, the same address is a new member with nothing of the old one', async () => {
  const { keeper, session, account } = await buildKeeper();
  const member = await buildMember({ account });
  const { secret } = await buildMemberSession(member);
  await deleteMember(session, member.id, keeper.password, visit);

  const added = await addMember(session, mailAddress(member.address), visit);

  const signIn = await signInMember({ ...member, password: member.password }, undefined, visit);
  expect(added.ok).toBe(true);
  expect(await readMemberSession(secret)).toBeUndefined();
  expect(signIn).toMatchObject({ ok: false, reason: 'refused' });
});

it('the last 利用中 member stays, however many are invited, also oneself', async () => {
  const { keeper, session } = await buildKeeper();
  await invite(session);

  const outcome = await deleteMember(session, keeper.id, keeper.password, visit);

  expect(outcome).toEqual({ ok: false, reason: 'last-active' });
  expect(await isDeleted(keeper.id)).toBe(false);
});

it('S54: a wrong current password deletes nobody, and the sixth in a row has to wait', async () => {
  const { session, account, keeper } = await buildKeeper();
  const member = await buildMember({ account });

  const outcomes = [];
  for (let wrong = 0; wrong < 6; wrong += 1)
    outcomes.push(await deleteMember(session, member.id, 'Chigau-2026', visit));
  const right = await deleteMember(session, member.id, keeper.password, visit);

  expect(outcomes.map((outcome) => !outcome.ok && outcome.reason)).toEqual([
    ...Array.from({ length: 5 }, () => 'current-password-wrong'),
    'has-to-wait',
  ]);
  expect(right).toEqual({ ok: false, reason: 'has-to-wait' });
  expect(await isDeleted(member.id)).toBe(false);
});

it('nobody deletes a member of another account', async () => {
  const { keeper, session } = await buildKeeper();
  const other = await buildMember();

  const outcome = await deleteMember(session, other.id, keeper.password, visit);

  expect(outcome).toEqual({ ok: false, reason: 'unknown-member' });
  expect(await isDeleted(other.id)).toBe(false);
});

it('S87: two members who delete each other at once never both succeed', async () => {
  for (let round = 0; round < repeats(3, 100); round += 1) {
    const { keeper, session, account } = await buildKeeper();
    const other = await buildMember({ account });
    const { session: others } = await buildMemberSession(other);

    const outcomes = await Promise.all([
      deleteMember(session, other.id, keeper.password, visit),
      deleteMember(others, keeper.id, other.password, visit),
    ]);

    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await listMembers(keeper.accountId)).toHaveLength(1);
  }
});

/** Whatever a member, or somebody for them, may do at the moment of their deletion. */
interface Race {
  name: string;
  wish: { password?: null; mfa?: boolean };
  act: (member: BuiltMember, keeper: MemberSession) => Promise<() => Promise<unknown>>;
}

const races: Race[] = [
  { name: 'signing in', wish: {}, act: (member) => Promise.resolve(() => signInMember(member, undefined, visit)) },
  {
    name: 'signing in with a code',
    wish: { mfa: true },
    act: (member) => Promise.resolve(() => signInMember(member, undefined, visit)),
  },
  {
    name: 'typing the right code',
    wish: { mfa: true },
    act: async (member) => {
      const { challengeId, secret, code } = await buildChallenge(member);
      return () => tryCode(challengeId, secret, code, visit);
    },
  },
  {
    name: 'changing the password',
    wish: {},
    act: async (member) => {
      const { session } = await buildMemberSession(member);
      return () => changePassword(session, { current: member.password, next: 'Atarashi-27' }, visit);
    },
  },
  {
    name: 'a forgotten password being looked up',
    wish: {},
    act: async (member) => {
      await askReset({ loginId: member.loginId, address: mailAddress(member.address) }, visit);
      const [asked] = await rows<{ id: string }>(`select id from procedures where login_id = $1`, [member.loginId]);
      return () => moveResetOn(asked?.id ?? '');
    },
  },
  {
    name: 'being mailed the set-up again',
    wish: { password: null },
    act: (member, keeper) => Promise.resolve(() => resendSetup(keeper, member.id, visit)),
  },
  {
    name: 'setting the first password',
    wish: { password: null },
    act: async (member, keeper) => {
      await resendSetup(keeper, member.id, visit);
      const token = await mailedToken(member.id, 'password-setup');
      return () => completeSetup(token, SETUP, visit);
    },
  },
  {
    name: 'inviting somebody',
    wish: {},
    act: async (member) => {
      const { session } = await buildMemberSession(member);
      return () => addMember(session, mailAddress('invited@example.jp'), visit);
    },
  },
  {
    name: 'being added anew',
    wish: {},
    act: (member, keeper) => Promise.resolve(() => addMember(keeper, mailAddress(member.address), visit)),
  },
];

describe.each(races)('S87: deleted while $name', ({ wish, act }) => {
  it('leaves no session, code, link or flow of the deleted member', async () => {
    for (let round = 0; round < repeats(2, 100); round += 1) {
      const { keeper, session, account } = await buildKeeper();
      const member = await buildMember({ account, ...wish });
      const run = await act(member, session);

      const [outcome] = await Promise.all([
        deleteMember(session, member.id, keeper.password, visit),
        // The deletion compares a password first: the other one comes before, while or after it writes.
        pause(Math.random() * 120).then(run),
      ]);

      expect(outcome.ok).toBe(true);
      expect(await isDeleted(member.id)).toBe(true);
      expect(await openOf(member.id)).toEqual(NOTHING);
    }
  });
});
