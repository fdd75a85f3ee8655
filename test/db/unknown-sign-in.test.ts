/** お心当たりのないログイン: the link of each ログイン通知メール stops whoever signed in (spec.md, Signing in; security.md S14, S16, S24). */
import { expect, it } from 'vitest';
import { inTransaction } from '../../db/connect.ts';
import { rows } from '../../db/raw.ts';
import { tryCode } from '../../db/stores/code-tries.ts';
import { completeReset } from '../../db/stores/password-reset.ts';
import { openProcedure } from '../../db/stores/procedures.ts';
import { readMemberSession } from '../../db/stores/sessions.ts';
import { signInMember } from '../../db/stores/sign-in.ts';
import { readNoticePage, reportSignIn } from '../../db/stores/unknown-sign-in.ts';
import { config } from '../../runtime/config.ts';
import { buildChallenge, buildMember, buildVisit, type BuiltMember } from '../support/build.ts';
import { mailedToken, shiftLinks, tokensInMails } from '../support/links.ts';
import { repeats } from '../support/runs.ts';
import { useStores } from '../support/stores.ts';

useStores();

let lastAddress = 0;
/** From an address of its own, so that one test's failures don't slow another's down (S56). */
const visit = () => buildVisit({ ip: `203.0.113.${(lastAddress += 1)}` });
const signInWith = (member: BuiltMember, password = member.password) =>
  signInMember({ ...member, password }, undefined, visit());

/** A member who has just signed in, with the token of the notice. */
async function signedIn(): Promise<{ member: BuiltMember; secret: string; token: string }> {
  const member = await buildMember();
  const outcome = await signInWith(member);
  const [token] = await tokensInMails(member.id, 'sign-in-notice');
  if (!outcome.ok || token === undefined) throw new Error('the built member did not sign in');
  return { member, secret: outcome.value.secret, token };
}

const memberRow = async ({ id }: BuiltMember) =>
  (
    await rows<{ hash: string | null; setUp: boolean; mfa: boolean }>(
      `select password_hash as hash, set_up_at is not null as "setUp", mfa from members where id = $1`,
      [id],
    )
  )[0];

it('every completed sign-in has its own link for seven days; looking at it changes nothing', async () => {
  const { member, secret, token } = await signedIn();
  await signInWith(member);

  const looks = await Promise.all(Array.from({ length: 100 }, () => readNoticePage(token)));

  const [first] = looks;
  const tokens = await tokensInMails(member.id, 'sign-in-notice');
  expect(new Set(tokens).size).toBe(2);
  expect(looks.every(({ ok }) => ok)).toBe(true);
  if (!first?.ok) throw new Error('the link is dead');
  expect(first.value.expiresAt.getTime() - first.value.signedInAt.getTime()).toBe(7 * 24 * 3_600_000);
  expect(await readMemberSession(secret)).toBeDefined();
});

it('straight after it no session lives, the old password has the answer of any wrong one, and a reset is on its way', async () => {
  const { member, secret, token } = await signedIn();
  const pending = await inTransaction((tx) =>
    openProcedure(tx, {
      kind: 'email-change',
      state: 'requested',
      memberId: member.id,
      dueSeconds: 60,
      lifetimeSeconds: 60,
    }),
  );
  const before = await memberRow(member);

  const reported = await reportSignIn(token, visit());

  const [change] = await rows(`select state from procedures where id = $1`, [pending]);
  const letters = await rows<{ kind: string; recipient: string; facts: { company: string; name: string } }>(
    `select kind, recipient, facts from letters where kind = 'sign-in-reported' and subject_id = $1`,
    [member.id],
  );
  const audited = await rows(`select from audit where event = 'sign-in-reported' and actor_id = $1`, [member.id]);
  expect(reported.ok).toBe(true);
  expect(await readMemberSession(secret)).toBeUndefined();
  expect(await signInWith(member)).toEqual(await signInWith(member, 'Wrong-2026'));
  expect(await memberRow(member)).toEqual({ ...before, hash: null });
  expect(change).toEqual({ state: 'cancelled' });
  expect(letters).toMatchObject([
    { recipient: config().contactCenterAddress, facts: { company: member.company, name: member.name } },
  ]);
  expect(audited).toHaveLength(1);
  expect(await tokensInMails(member.id, 'password-reset')).toHaveLength(1);
  const resets = await rows(
    `select facts->'stopped' as stopped from letters where kind = 'password-reset' and recipient = $1`,
    [member.address],
  );
  expect(resets).toEqual([{ stopped: true }]);
});

it('the mailed reset sets the next password, and the code is asked for as before', async () => {
  const member = await buildMember({ mfa: true });
  const token = await noticeAfterCode(member);
  await reportSignIn(token, visit());
  const [reset] = await tokensInMails(member.id, 'password-reset');

  const completed = await completeReset(reset ?? '', 'Atarashi-27', visit());

  expect(completed.ok).toBe(true);
  expect(await signInWith(member, 'Atarashi-27')).toMatchObject({ ok: true, value: { stage: 'code' } });
});

it('of fifty posts at once exactly one counts, and one reset is opened', async () => {
  for (let round = 0; round < repeats(2, 100); round += 1) {
    const { member, token } = await signedIn();

    const outcomes = await Promise.all(Array.from({ length: 50 }, () => reportSignIn(token, visit())));

    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await readNoticePage(token)).toEqual({ ok: false, reason: 'used' });
    expect(await tokensInMails(member.id, 'password-reset')).toHaveLength(1);
  }
});

it('whoever signs in at the same moment is stopped, or finds the password gone', async () => {
  for (let round = 0; round < repeats(3, 50); round += 1) {
    const { member, token } = await signedIn();

    const [reported, ...others] = await Promise.all([
      reportSignIn(token, visit()),
      signInWith(member),
      signInWith(member),
    ]);

    expect(reported.ok).toBe(true);
    for (const other of others) if (other.ok) expect(await readMemberSession(other.value.secret)).toBeUndefined();
  }
});

it('a code that was being typed is worth nothing any more', async () => {
  const member = await buildMember({ mfa: true });
  const token = await noticeAfterCode(member);
  const { challengeId, secret, code } = await buildChallenge(member);

  await reportSignIn(token, visit());

  expect(await tryCode(challengeId, secret, code, visit())).toEqual({ ok: false, reason: 'ended' });
});

it('each link stands on its own: another password, another report leave it alone; its end and deletion don’t', async () => {
  const { member, token } = await signedIn();
  await signInWith(member);
  const [, second = ''] = await tokensInMails(member.id, 'sign-in-notice');
  await reportSignIn(token, visit());
  const [reset = ''] = await tokensInMails(member.id, 'password-reset');
  await completeReset(reset, 'Atarashi-27', visit());

  expect((await readNoticePage(second)).ok).toBe(true);
  await shiftLinks(member.id, -7 * 24 * 3_600 - 1);
  expect(await reportSignIn(second, visit())).toEqual({ ok: false, reason: 'expired' });

  const deleted = await signedIn();
  await rows(`update members set deleted_at = now() where id = $1`, [deleted.member.id]);
  expect(await reportSignIn(deleted.token, visit())).toEqual({ ok: false, reason: 'cancelled' });
});

/** Signs in by the code. @returns the token of the notice */
async function noticeAfterCode(member: BuiltMember): Promise<string> {
  const { challengeId, secret, code } = await buildChallenge(member);
  await tryCode(challengeId, secret, code, visit());
  return mailedToken(member.id, 'sign-in-notice');
}
