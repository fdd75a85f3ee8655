/** パスワード変更: the current one is asked, exactly one of two parallel changes wins (security.md S24, S61, S63). */
import { expect, it } from 'vitest';
import { rows } from '../../db/raw.ts';
import { changePassword } from '../../db/stores/password-change.ts';
import { verifyPassword } from '../../db/stores/passwords.ts';
import { readMemberSession } from '../../db/stores/sessions.ts';
import { buildMember, buildMemberSession, buildVisit } from '../support/build.ts';
import { useStores } from '../support/stores.ts';

useStores();

const visit = buildVisit();
const hashOf = async (id: string) =>
  (await rows<{ hash: string }>(`select password_hash as hash from members where id = $1`, [id]))[0]?.hash;

it('a right current password sets the new one, satisfies the flag and tells the member by mail once', async () => {
  const member = await buildMember({ mustChangePassword: true });
  const { session } = await buildMemberSession(member);

  const changed = await changePassword(session, { current: member.password, next: 'Atarashi-27' }, visit);

  const renewed = changed.ok ? await readMemberSession(changed.value.secret) : undefined;
  const hash = await hashOf(member.id);
  const letters = await rows(`select recipient from letters where kind = 'password-changed' and subject_id = $1`, [
    member.id,
  ]);
  expect(session.mustChangePassword).toBe(true);
  expect(renewed?.mustChangePassword).toBe(false);
  expect(await verifyPassword(hash, 'Atarashi-27')).toBe(true);
  expect(await verifyPassword(hash, member.password)).toBe(false);
  expect(letters).toEqual([{ recipient: member.address }]);
});

it('a wrong current password changes nothing, and the sixth in a row has to wait', async () => {
  const member = await buildMember();
  const { secret, session } = await buildMemberSession(member);

  const outcomes = [];
  for (let wrong = 0; wrong < 6; wrong += 1)
    outcomes.push(await changePassword(session, { current: 'Wrong-2026', next: 'Atarashi-27' }, visit));
  const right = await changePassword(session, { current: member.password, next: 'Atarashi-27' }, visit);

  expect(outcomes.map((outcome) => !outcome.ok && outcome.reason)).toEqual([
    ...Array.from({ length: 5 }, () => 'current-password-wrong'),
    'has-to-wait',
  ]);
  expect(right).toEqual({ ok: false, reason: 'has-to-wait' });
  expect(await verifyPassword(await hashOf(member.id), member.password)).toBe(true);
  expect(await readMemberSession(secret)).toBeDefined();
});

it('of two changes at once exactly one counts', async () => {
  const member = await buildMember();
  const { session } = await buildMemberSession(member);

  const outcomes = await Promise.all(
    ['Atarashi-27', 'Atarashi-28'].map((next) => changePassword(session, { current: member.password, next }, visit)),
  );

  const hash = await hashOf(member.id);
  const works = await Promise.all(
    ['Atarashi-27', 'Atarashi-28', member.password].map((password) => verifyPassword(hash, password)),
  );
  expect(outcomes.filter((outcome) => outcome.ok)).toHaveLength(1);
  expect(works).toEqual([outcomes[0]?.ok, outcomes[1]?.ok, false]);
});

it('every stored password is argon2id with the chosen cost and names its pepper key', async () => {
  const member = await buildMember();

  expect(await hashOf(member.id)).toMatch(/^k1\$argon2id\$v=19\$m=19456,(t=2,p=1|p=1,t=2)\$/);
});
