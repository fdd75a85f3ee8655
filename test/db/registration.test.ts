/** 登録情報変更: what is asked for each change, who is told, which sessions end (security.md S11, S12, S23, S24, S54). */
import { describe, expect, it } from 'vitest';
import { firstRow, rows } from '../../db/raw.ts';
import { changeRegistration, readRegistration } from '../../db/stores/registration.ts';
import { readMemberSession } from '../../db/stores/sessions.ts';
import { buildMember, buildMemberSession, buildVisit, type BuiltMember } from '../support/build.ts';
import { useStores } from '../support/stores.ts';

useStores();

const visit = buildVisit();

const noticesOf = async (member: BuiltMember) =>
  (
    await rows<{ recipient: string; facts: { name: string; changes: string[] } }>(
      `select recipient, facts from letters where kind = 'registration-changed' and subject_id = $1 order by created_at`,
      [member.id],
    )
  ).map(({ recipient, facts: { name, changes } }) => ({ recipient, name, changes }));

const auditOf = async (member: BuiltMember) =>
  (await rows<{ event: string }>(`select event from audit where actor_id = $1 order by id`, [member.id])).map(
    ({ event }) => event,
  );

describe('ユーザ名', () => {
  it('is changed at once, told by mail and audited; all sessions live on', async () => {
    const member = await buildMember();
    const { secret, session } = await buildMemberSession(member);
    const other = await buildMemberSession(member);

    const changed = await changeRegistration(session, { userName: 'テスト担当者9', mfa: false }, '', visit);

    expect(changed).toEqual({ ok: true, value: { changed: true, codeMailed: false, secret: undefined } });
    expect((await readMemberSession(secret))?.userName).toBe('テスト担当者9');
    expect(await readMemberSession(other.secret)).toBeDefined();
    expect(await noticesOf(member)).toEqual([
      { recipient: member.address, name: 'テスト担当者9', changes: ['user-name'] },
    ]);
    expect(await auditOf(member)).toEqual(['user-name-changed']);
  });

  it('that stays the same is no change, and nobody is told', async () => {
    const member = await buildMember();
    const { session } = await buildMemberSession(member);

    const changed = await changeRegistration(session, { userName: member.name, mfa: false }, '', visit);

    expect(changed).toMatchObject({ ok: true, value: { changed: false } });
    expect(await noticesOf(member)).toEqual([]);
    expect(await auditOf(member)).toEqual([]);
  });
});

describe('turning 多要素認証 off', () => {
  it('with the current password ends all other sessions and gives this browser a new one (S24)', async () => {
    const member = await buildMember({ mfa: true });
    const { secret, session } = await buildMemberSession(member);
    const other = await buildMemberSession(member);
    const wanted = { userName: 'テスト担当者9', mfa: false };

    const changed = await changeRegistration(session, wanted, member.password, visit);

    const renewed = changed.ok ? (changed.value.secret ?? '') : '';
    expect(await readRegistration(member.id)).toMatchObject(wanted);
    expect(await readMemberSession(renewed)).toMatchObject({ memberId: member.id, stage: 'full' });
    expect(await readMemberSession(secret)).toBeUndefined();
    expect(await readMemberSession(other.secret)).toBeUndefined();
    expect(await noticesOf(member)).toMatchObject([{ changes: ['user-name', 'mfa-off'] }]);
    expect(await auditOf(member)).toEqual(['user-name-changed', 'mfa-turned-off']);
  });

  it('with a wrong password changes nothing, not even the name', async () => {
    const member = await buildMember({ mfa: true });
    const { secret, session } = await buildMemberSession(member);

    const refused = await changeRegistration(session, { userName: 'テスト担当者9', mfa: false }, 'Chigau-2026', visit);

    expect(refused).toEqual({ ok: false, reason: 'current-password-wrong' });
    expect(await readRegistration(member.id)).toMatchObject({ userName: member.name, mfa: true });
    expect(await readMemberSession(secret)).toBeDefined();
    expect(await noticesOf(member)).toEqual([]);
    expect(await auditOf(member)).toEqual(['mfa-change-refused']);
  });

  it('is slowed down like a change of password after five wrong ones in a row (S54)', async () => {
    const member = await buildMember({ mfa: true });
    const { session } = await buildMemberSession(member);
    const wanted = { userName: member.name, mfa: false };

    for (let wrong = 0; wrong < 5; wrong += 1) await changeRegistration(session, wanted, 'Chigau-2026', visit);
    const right = await changeRegistration(session, wanted, member.password, visit);

    expect(right).toEqual({ ok: false, reason: 'has-to-wait' });
    expect((await readRegistration(member.id)).mfa).toBe(true);
  });

  it('of ten at once with the right password one ends the sessions, and all are answered', async () => {
    const member = await buildMember({ mfa: true });
    const { session } = await buildMemberSession(member);
    const wanted = { userName: member.name, mfa: false };

    const outcomes = await Promise.all(
      Array.from({ length: 10 }, () => changeRegistration(session, wanted, member.password, visit)),
    );

    expect(outcomes.filter((outcome) => outcome.ok && outcome.value.secret !== undefined)).toHaveLength(1);
    expect(await noticesOf(member)).toHaveLength(1);
  });
});

it('turning 多要素認証 on needs a code first: nothing is on before it, the name is changed all the same', async () => {
  const member = await buildMember();
  const { secret, session } = await buildMemberSession(member);

  const asked = await changeRegistration(session, { userName: 'テスト担当者9', mfa: true }, '', visit);

  const letter = await firstRow<{ recipient: string; purpose: string }>(
    `select recipient, facts->>'purpose' as purpose from letters
     where kind = 'one-time-password' and subject_id in (select id from challenges where member_id = $1)`,
    [member.id],
  );
  expect(asked).toMatchObject({ ok: true, value: { changed: true, codeMailed: true, secret: undefined } });
  expect(await readRegistration(member.id)).toMatchObject({ userName: 'テスト担当者9', mfa: false });
  expect(await readMemberSession(secret)).toMatchObject({ stage: 'full' });
  expect(letter).toEqual({ recipient: member.address, purpose: 'mfa-on' });
});

it('where no code may be asked for, nothing is changed and the time is told (S10)', async () => {
  const member = await buildMember();
  const { session } = await buildMemberSession(member);
  await rows(
    `insert into challenges (member_id, purpose, key_id, reference, state, resends, expires_at, ended_at)
     values ($1, 'sign-in', 'k1', 'GXCP', 'cancelled', 9, now() + interval '10 minutes', now())`,
    [member.id],
  );

  const refused = await changeRegistration(session, { userName: 'テスト担当者9', mfa: true }, '', visit);

  expect(refused).toMatchObject({ ok: false, reason: 'code-locked' });
  expect(refused.until).toBeInstanceOf(Date);
  expect(await readRegistration(member.id)).toMatchObject({ userName: member.name, mfa: false });
});
