/** The code that turns 多要素認証 on: bound to purpose and browser, judged like a sign-in's (security.md S06, S08, S11, S12, S23, S24). */
import { expect, it } from 'vitest';
import { rows } from '../../db/raw.ts';
import { resendCode } from '../../db/stores/challenges.ts';
import { tryCode } from '../../db/stores/code-tries.ts';
import { confirmMfa, readMfaChallenge } from '../../db/stores/mfa.ts';
import { linesOf } from '../../db/stores/outbox.ts';
import { readRegistration } from '../../db/stores/registration.ts';
import { deriveCode, currentSecretKeyId } from '../../db/stores/secrets.ts';
import { readMemberSession, signOut } from '../../db/stores/sessions.ts';
import { buildChallenge, buildMember, buildMemberSession, buildVisit } from '../support/build.ts';
import { askToTurnMfaOn, type AskedForCode } from '../support/mfa.ts';
import { useStores } from '../support/stores.ts';

useStores();

const visit = buildVisit();
const attempt = ({ session, secret }: AskedForCode, typed: string) => confirmMfa(session, secret, typed, visit);
const wrongCode = ({ code }: AskedForCode): string => (code === '000000' ? '000001' : '000000');

it('the right code turns it on, ends all other sessions, gives this browser a new one and tells the member', async () => {
  const member = await buildMember();
  const asked = await askToTurnMfaOn(member);
  const other = await buildMemberSession(member);

  const outcome = await attempt(asked, asked.code);

  const renewed = outcome.ok ? outcome.value.secret : '';
  const notices = await rows<{ changes: string[] }>(
    `select facts->'changes' as changes from letters where kind = 'registration-changed' and subject_id = $1`,
    [member.id],
  );
  expect((await readRegistration(member.id)).mfa).toBe(true);
  expect(await readMemberSession(renewed)).toMatchObject({ memberId: member.id, stage: 'full', challengeId: null });
  expect(await readMemberSession(asked.secret)).toBeUndefined();
  expect(await readMemberSession(other.secret)).toBeUndefined();
  expect(notices).toEqual([{ changes: ['mfa-on'] }]);
  expect((await linesOf(asked.session.challengeId)).map(({ event }) => event)).toEqual(['start', 'codeAccepted']);
});

it('of fifty right codes at once exactly one is accepted (S08)', async () => {
  const asked = await askToTurnMfaOn(await buildMember());

  const outcomes = await Promise.all(Array.from({ length: 50 }, () => attempt(asked, asked.code)));

  expect(outcomes.filter((outcome) => outcome.ok)).toHaveLength(1);
});

it('the fifth wrong code ends it, and the right one comes too late (S06)', async () => {
  const member = await buildMember();
  const asked = await askToTurnMfaOn(member);

  for (let wrong = 0; wrong < 5; wrong += 1) await attempt(asked, wrongCode(asked));
  const late = await attempt(asked, asked.code);

  expect(late).toEqual({ ok: false, reason: 'tries-exhausted' });
  expect((await readRegistration(member.id)).mfa).toBe(false);
});

it('its code is worth nothing in another browser of the same member, and costs no try there (S11)', async () => {
  const member = await buildMember();
  const asked = await askToTurnMfaOn(member);
  const other = await buildMemberSession(member);

  const stolen = await attempt({ ...asked, secret: other.secret }, asked.code);

  expect(stolen).toEqual({ ok: false, reason: 'ended' });
  expect((await attempt(asked, asked.code)).ok).toBe(true);
});

it('two browsers that ask have a code each', async () => {
  const member = await buildMember();
  const [first, second] = [await askToTurnMfaOn(member), await askToTurnMfaOn(member)];

  const crossed = await attempt(second, first.code);

  expect(first.session.challengeId).not.toBe(second.session.challengeId);
  expect(crossed.ok).toBe(first.code === second.code);
});

it('a code of one purpose never works for the other (S12)', async () => {
  const member = await buildMember();
  const asked = await askToTurnMfaOn(member);
  const signingIn = await buildChallenge(member);
  const before = await readMemberSession(signingIn.secret);
  if (before === undefined) throw new Error('no session');

  const asSignIn = await tryCode(asked.session.challengeId, asked.secret, asked.code, visit);
  const asMfa = await confirmMfa(
    { ...before, challengeId: signingIn.challengeId },
    signingIn.secret,
    signingIn.code,
    visit,
  );

  const { challengeId } = asked.session;
  expect(asSignIn).toEqual({ ok: false, reason: 'ended' });
  expect(asMfa).toEqual({ ok: false, reason: 'ended' });
  expect(await readMfaChallenge({ ...before, challengeId: signingIn.challengeId })).toBeUndefined();
  expect(deriveCode('sign-in', 'member', challengeId, currentSecretKeyId())).not.toBe(asked.code);
  expect((await readRegistration(member.id)).mfa).toBe(false);
});

it('asking again while a code is open mails none and keeps the tries that are left', async () => {
  const member = await buildMember();
  const asked = await askToTurnMfaOn(member);
  await attempt(asked, wrongCode(asked));

  const again = await askToTurnMfaOn(member, asked);

  const mails = await rows(`select from letters where kind = 'one-time-password' and subject_id = $1`, [
    asked.session.challengeId,
  ]);
  expect(again.session.challengeId).toBe(asked.session.challengeId);
  expect(mails).toHaveLength(1);
});

it('asking again after its time is over mails a new one', async () => {
  const member = await buildMember();
  const asked = await askToTurnMfaOn(member);
  await rows(`update challenges set expires_at = now() where id = $1`, [asked.session.challengeId]);

  const late = await attempt(asked, asked.code);
  const again = await askToTurnMfaOn(member, asked);

  expect(late).toEqual({ ok: false, reason: 'expired' });
  expect(again.session.challengeId).not.toBe(asked.session.challengeId);
  expect((await attempt(again, again.code)).ok).toBe(true);
});

it('a resend mails the same code again, for the same purpose', async () => {
  const member = await buildMember();
  const { session } = await askToTurnMfaOn(member);
  await rows(`update challenges set mailed_at = mailed_at - interval '61 seconds' where id = $1`, [
    session.challengeId,
  ]);

  expect((await resendCode(session.challengeId, member, visit)).ok).toBe(true);

  const mails = await rows<{ facts: { purpose: string } }>(
    `select facts from letters where subject_id = $1 order by created_at`,
    [session.challengeId],
  );
  expect(mails).toHaveLength(2);
  expect(mails[1]).toEqual(mails[0]);
  expect(mails[0]?.facts.purpose).toBe('mfa-on');
});

it('signing out cancels the code and tells its flow', async () => {
  const asked = await askToTurnMfaOn(await buildMember());

  await signOut(asked.session, visit);

  expect(await attempt(asked, asked.code)).toEqual({ ok: false, reason: 'ended' });
  expect((await linesOf(asked.session.challengeId)).map(({ event }) => event)).toEqual(['start', 'signInLeft']);
});
