/** パスワード設定: an invited member sets the first password by a mailed link, once (security.md S14, S15, S17, S20, S22). */
import { expect, it } from 'vitest';
import { rows } from '../../db/raw.ts';
import { readLink } from '../../db/stores/links.ts';
import { listMembers, resendSetup } from '../../db/stores/members.ts';
import { readPasswordPage } from '../../db/stores/password-links.ts';
import { completeSetup } from '../../db/stores/password-setup.ts';
import { signInMember } from '../../db/stores/sign-in.ts';
import { linkPurposes } from '../../domain/procedures.ts';
import { buildVisit } from '../support/build.ts';
import { buildKeeper, invite } from '../support/invited.ts';
import { mailedToken } from '../support/links.ts';
import { repeats } from '../support/runs.ts';
import { useStores } from '../support/stores.ts';

useStores();

const visit = buildVisit();
const INPUT = { userName: 'テスト担当者2', password: 'Atarashi-27' };

async function invited() {
  const { session, keeper } = await buildKeeper();
  const member = await invite(session);
  return { session, keeper, member, token: await mailedToken(member.id, 'password-setup') };
}

it('sets password and user name, ends its flow, and from then on the member signs in', async () => {
  const { keeper, member, token } = await invited();
  const credentials = { loginId: keeper.loginId, address: member.address, password: INPUT.password };

  const before = await signInMember(credentials, undefined, visit);
  const outcome = await completeSetup(token, INPUT, visit);

  const told = await rows(
    `select line.event from outbox line join procedures procedure on procedure.id = line.row_id
     where procedure.member_id = $1 order by line.id`,
    [member.id],
  );
  const audited = await rows(`select event from audit where actor_id = $1 and event = 'password-set-up'`, [member.id]);
  expect(before.ok).toBe(false);
  expect(outcome).toEqual({ ok: true, value: null });
  expect((await listMembers(keeper.accountId)).at(-1)).toMatchObject({ userName: INPUT.userName, state: 'active' });
  expect((await signInMember(credentials, undefined, visit)).ok).toBe(true);
  expect(told).toEqual([{ event: 'start' }, { event: 'passwordSet' }]);
  expect(audited).toHaveLength(1);
});

it('S14: of many at once exactly one sets the password, later ones find the link used', async () => {
  for (let round = 0; round < repeats(1, 100); round += 1) {
    const { member, keeper, token } = await invited();
    const passwords = Array.from({ length: 20 }, (_, n) => `Atarashi-${String(n).padStart(2, '0')}`);

    const outcomes = await Promise.all(
      passwords.map((password) => completeSetup(token, { ...INPUT, password }, visit)),
    );

    const winner = passwords[outcomes.findIndex(({ ok }) => ok)] ?? '';
    const credentials = { loginId: keeper.loginId, address: member.address, password: winner };
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
    expect(outcomes.filter((outcome) => !outcome.ok && outcome.reason === 'used')).toHaveLength(19);
    expect((await signInMember(credentials, undefined, visit)).ok).toBe(true);
    expect(await completeSetup(token, INPUT, visit)).toEqual({ ok: false, reason: 'used' });
  }
});

it('S17: looking at the page uses nothing up', async () => {
  const { member, keeper, token } = await invited();

  const seen = await Promise.all(Array.from({ length: 20 }, () => readPasswordPage('password-setup', token)));

  expect(seen.every(({ ok }) => ok)).toBe(true);
  expect(seen[0]).toMatchObject({ value: { loginId: keeper.loginId, address: member.address } });
  expect((await completeSetup(token, INPUT, visit)).ok).toBe(true);
});

it('S20: its token opens no page of another purpose, and no other token opens its page', async () => {
  const { token } = await invited();
  const others = linkPurposes.filter((purpose) => purpose !== 'password-setup');

  const answers = await Promise.all(others.map((purpose) => readLink(purpose, token)));

  expect(answers).toEqual(others.map(() => ({ ok: false, reason: 'unknown' })));
  expect(await readPasswordPage('password-setup', 'x'.repeat(43))).toEqual({ ok: false, reason: 'unknown' });
});

it('after its end it sets nothing, by the database’s clock', async () => {
  const { token, member } = await invited();
  await rows(`update links set expires_at = now() where member_id = $1`, [member.id]);

  expect(await readPasswordPage('password-setup', token)).toEqual({ ok: false, reason: 'expired' });
  expect(await completeSetup(token, INPUT, visit)).toEqual({ ok: false, reason: 'expired' });
});

it('S15: no token lies in the database, and a resend derives the same one', async () => {
  const { session, token, member } = await invited();

  await resendSetup(session, member.id, visit);

  const [letters] = await rows<{ found: number }>(
    `select count(*)::int as found from letters where facts::text like '%' || $1 || '%'`,
    [token],
  );
  const mailed = await rows<{ link: string }>(
    `select facts #>> '{link,linkId}' as link from letters where recipient = $1`,
    [member.address],
  );
  expect(letters?.found).toBe(0);
  expect(new Set(mailed.map(({ link }) => link)).size).toBe(1);
});

it('a wait after guesses before there was a password is over with it', async () => {
  const { keeper, member, token } = await invited();
  const credentials = { loginId: keeper.loginId, address: member.address, password: INPUT.password };
  for (let guess = 0; guess < 6; guess += 1)
    await signInMember(credentials, undefined, buildVisit({ ip: '192.0.2.77' }));

  await completeSetup(token, INPUT, visit);

  expect((await signInMember(credentials, undefined, buildVisit({ ip: '192.0.2.78' }))).ok).toBe(true);
});
