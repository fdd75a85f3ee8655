/** ワンタイムパスワード: PostgreSQL judges tries and time (security.md S06–S12). */
import { describe, expect, it } from 'vitest';
import { rows } from '../../db/raw.ts';
import { expireChallenge, readChallenge, resendCode } from '../../db/stores/challenges.ts';
import { tryCode } from '../../db/stores/code-tries.ts';
import { linesOf } from '../../db/stores/outbox.ts';
import { deriveCode } from '../../db/stores/secrets.ts';
import { readLapsedChallenge, readMemberSession, readStaffSession, signOut } from '../../db/stores/sessions.ts';
import { signInMember } from '../../db/stores/sign-in.ts';
import { buildChallenge, buildMember, buildStaff, buildVisit, type BuiltChallenge } from '../support/build.ts';
import { repeats } from '../support/runs.ts';
import { useStores } from '../support/stores.ts';

useStores();

const visit = buildVisit();
const wrongCode = ({ code }: BuiltChallenge): string => (code === '000000' ? '000001' : '000000');
const attempt = (challenge: BuiltChallenge, typed: string) =>
  tryCode(challenge.challengeId, challenge.secret, typed, visit);

const shiftChallenge = (id: string, seconds: number) =>
  rows(
    `update challenges set expires_at = expires_at + make_interval(secs => $2), mailed_at = mailed_at + make_interval(secs => $2),
       created_at = created_at + make_interval(secs => $2) where id = $1`,
    [id, seconds],
  );

async function comparedTries(challengeIds: string[]): Promise<number> {
  const found = await rows(
    `select from audit where event in ('code-refused', 'code-accepted') and subject_id = any($1::uuid[])`,
    [challengeIds],
  );
  return found.length;
}

const codeMails = (id: string) =>
  rows<{ occurrence: string; facts: { keyId: string } }>(
    `select occurrence, facts from letters where subject_id = $1 order by created_at`,
    [id],
  );

const reasonsOf = (outcomes: { ok: boolean; reason?: string }[]) =>
  outcomes.map((outcome) => (outcome.ok ? 'ok' : (outcome.reason ?? '')));

describe('tries', () => {
  it('fifty wrong codes at once are compared at most five times, and then the right one is refused', async () => {
    for (let round = 0; round < repeats(3, 100); round += 1) {
      const challenge = await buildChallenge(await buildMember({ mfa: true }));

      const outcomes = await Promise.all(Array.from({ length: 50 }, () => attempt(challenge, wrongCode(challenge))));
      const afterwards = await attempt(challenge, challenge.code);

      expect(outcomes.filter((outcome) => outcome.ok)).toEqual([]);
      expect(await comparedTries([challenge.challengeId])).toBe(5);
      expect(afterwards).toEqual({ ok: false, reason: 'tries-exhausted' });
    }
  });

  it('fifty right codes at once sign in exactly once', async () => {
    for (let round = 0; round < repeats(3, 100); round += 1) {
      const challenge = await buildChallenge(await buildMember({ mfa: true }));

      const outcomes = await Promise.all(Array.from({ length: 50 }, () => attempt(challenge, challenge.code)));

      const reasons = reasonsOf(outcomes);
      expect(reasons.filter((reason) => reason === 'ok')).toHaveLength(1);
      expect(reasons.filter((reason) => !['ok', 'ended', 'tries-exhausted'].includes(reason))).toEqual([]);
    }
  });

  it('the right code after four wrong ones signs in, and never again', async () => {
    const challenge = await buildChallenge(await buildMember({ mfa: true }));
    for (let wrong = 0; wrong < 4; wrong += 1) await attempt(challenge, wrongCode(challenge));

    const first = await attempt(challenge, challenge.code);
    const second = await attempt(challenge, challenge.code);

    expect(first.ok).toBe(true);
    expect(second).toEqual({ ok: false, reason: 'ended' });
  });

  it('the fifth wrong code ends the challenge and tells its flow', async () => {
    const challenge = await buildChallenge(await buildMember({ mfa: true }));

    const outcomes = [];
    for (let wrong = 0; wrong < 5; wrong += 1) outcomes.push(await attempt(challenge, wrongCode(challenge)));

    expect(reasonsOf(outcomes)).toEqual(['code-wrong', 'code-wrong', 'code-wrong', 'code-wrong', 'tries-exhausted']);
    expect((await linesOf(challenge.challengeId)).map(({ event }) => event)).toEqual(['start', 'triesExhausted']);
    expect(await readChallenge(challenge.challengeId)).toMatchObject({ state: 'exhausted', triesLeft: 0 });
  });

  it('twenty wrong codes in a day are compared, spread over any number of challenges at once', async () => {
    const member = await buildMember({ mfa: true });
    const challenges = await Promise.all(Array.from({ length: 6 }, () => buildChallenge(member)));

    await Promise.all(
      challenges.flatMap((challenge) => Array.from({ length: 5 }, () => attempt(challenge, wrongCode(challenge)))),
    );

    expect(await comparedTries(challenges.map(({ challengeId }) => challengeId))).toBe(20);
  });

  it('after twenty wrong codes a right password gets no code until a day after the first', async () => {
    const member = await buildMember({ mfa: true });
    const challenges = await Promise.all(Array.from({ length: 4 }, () => buildChallenge(member)));
    for (const challenge of challenges)
      for (let wrong = 0; wrong < 5; wrong += 1) await attempt(challenge, wrongCode(challenge));

    const locked = await signInMember(member, undefined, visit);
    for (const { challengeId } of challenges) await shiftChallenge(challengeId, -24 * 3600);
    const nextDay = await signInMember(member, undefined, visit);

    const hours = ((locked.until?.getTime() ?? 0) - Date.now()) / 3_600_000;
    expect(locked).toMatchObject({ ok: false, reason: 'code-locked' });
    expect(hours).toBeGreaterThan(23.9);
    expect(hours).toBeLessThanOrEqual(24);
    expect(nextDay).toMatchObject({ ok: true, value: { stage: 'code' } });
  });
});

describe('time', () => {
  it('a code is accepted one second before its end and refused one second after it', async () => {
    const inTime = await buildChallenge(await buildMember({ mfa: true }));
    const late = await buildChallenge(await buildMember({ mfa: true }));
    await shiftChallenge(inTime.challengeId, -599);
    await shiftChallenge(late.challengeId, -601);

    const accepted = await attempt(inTime, inTime.code);
    const refused = await attempt(late, late.code);

    expect(accepted.ok).toBe(true);
    expect(refused).toEqual({ ok: false, reason: 'expired' });
  });

  it('a challenge whose time is over reads as expired before its flow has noted it', async () => {
    const challenge = await buildChallenge(await buildMember({ mfa: true }));
    await shiftChallenge(challenge.challengeId, -601);

    expect((await readChallenge(challenge.challengeId)).state).toBe('expired');
  });

  it('the flow expires a challenge only once its time is over by the clock of the database', async () => {
    const challenge = await buildChallenge(await buildMember({ mfa: true }));

    const early = await expireChallenge(challenge.challengeId);
    await shiftChallenge(challenge.challengeId, -601);
    const inTime = await expireChallenge(challenge.challengeId);
    const again = await expireChallenge(challenge.challengeId);

    expect(early.state).toBe('open');
    expect(early.millisecondsLeft).toBeGreaterThan(590_000);
    expect(inTime).toMatchObject({ state: 'expired', millisecondsLeft: 0 });
    expect(again).toEqual(inTime);
  });

  it('a browser whose time between password and code is over sees only the expired page', async () => {
    const challenge = await buildChallenge(await buildMember({ mfa: true }));
    const before = await readLapsedChallenge(challenge.secret, 'member');
    await rows(`update sessions set ends_at = now(), idle_ends_at = now() where challenge_id = $1`, [
      challenge.challengeId,
    ]);

    expect(before).toBeUndefined();
    expect(await readMemberSession(challenge.secret)).toBeUndefined();
    expect(await readLapsedChallenge(challenge.secret, 'member')).toBe(challenge.challengeId);
  });
});

describe('a person who is deleted while the code is asked for', () => {
  it.each([
    {
      table: 'members',
      build: () => buildMember({ mfa: true }),
      remove: `update members set deleted_at = now() where id = $1`,
    },
    { table: 'staff', build: () => buildStaff(), remove: `update staff set deleted_at = now() where id = $1` },
  ])('of $table: neither signs in, nor counts, nor is mailed', async ({ build, remove }) => {
    const person = await build();
    const challenge = await buildChallenge(person);
    await shiftChallenge(challenge.challengeId, -61);
    await rows(remove, [person.id]);

    const outcomes = [
      await attempt(challenge, wrongCode(challenge)),
      await attempt(challenge, challenge.code),
      await resendCode(challenge.challengeId, person, visit),
    ];

    expect(reasonsOf(outcomes)).toEqual(['ended', 'ended', 'ended']);
    expect(await comparedTries([challenge.challengeId])).toBe(0);
    expect(await codeMails(challenge.challengeId)).toHaveLength(1);
  });

  it('signs in or is gone, and has no session in the end, whichever comes first', async () => {
    for (let round = 0; round < repeats(5, 50); round += 1) {
      const member = await buildMember({ mfa: true });
      const challenge = await buildChallenge(member);

      const [outcome] = await Promise.all([
        attempt(challenge, challenge.code),
        rows(`update members set deleted_at = now() where id = $1`, [member.id]),
      ]);

      expect(['ok', 'ended']).toContain(reasonsOf([outcome])[0]);
      if (outcome.ok) expect(await readMemberSession(outcome.value.secret)).toBeUndefined();
    }
  });
});

describe('mailing again', () => {
  it('a resend within a minute is refused', async () => {
    const member = await buildMember({ mfa: true });
    const challenge = await buildChallenge(member);

    expect(await resendCode(challenge.challengeId, member, visit)).toEqual({ ok: false, reason: 'too-soon' });
  });

  it('a hundred resends at once mail one, with the same code, tries and end', async () => {
    const member = await buildMember({ mfa: true });
    const challenge = await buildChallenge(member);
    await attempt(challenge, wrongCode(challenge));
    await rows(`update challenges set mailed_at = mailed_at - interval '61 seconds' where id = $1`, [
      challenge.challengeId,
    ]);
    const before = await readChallenge(challenge.challengeId);

    const outcomes = await Promise.all(
      Array.from({ length: 100 }, () => resendCode(challenge.challengeId, member, visit)),
    );

    const after = await readChallenge(challenge.challengeId);
    const mails = await codeMails(challenge.challengeId);
    expect(reasonsOf(outcomes).filter((reason) => reason === 'ok')).toHaveLength(1);
    expect(mails.map(({ occurrence }) => occurrence)).toEqual(['first', 'resend-1']);
    expect(mails[1]?.facts).toEqual(mails[0]?.facts);
    expect(after).toMatchObject({
      expiresAt: before.expiresAt,
      triesLeft: before.triesLeft,
      reference: before.reference,
    });
    expect((await attempt(challenge, challenge.code)).ok).toBe(true);
  });

  it('the fourth resend of a challenge is refused', async () => {
    const member = await buildMember({ mfa: true });
    const challenge = await buildChallenge(member);

    const outcomes = [];
    for (let resend = 0; resend < 4; resend += 1) {
      await rows(`update challenges set mailed_at = now() - interval '61 seconds' where id = $1`, [
        challenge.challengeId,
      ]);
      outcomes.push(await resendCode(challenge.challengeId, member, visit));
    }

    expect(reasonsOf(outcomes)).toEqual(['ok', 'ok', 'ok', 'no-resends-left']);
  });

  it('at most ten codes an hour are mailed to one member, whichever way they are asked for', async () => {
    const member = await buildMember({ mfa: true });
    const challenges = await Promise.all(Array.from({ length: 9 }, () => buildChallenge(member)));
    await rows(`update challenges set mailed_at = mailed_at - interval '61 seconds' where member_id = $1`, [member.id]);

    const outcomes = await Promise.all(challenges.map(({ challengeId }) => resendCode(challengeId, member, visit)));
    const signIn = await signInMember(member, undefined, visit);

    const mailed = await rows(`select from letters where subject_id = any($1::uuid[])`, [
      challenges.map(({ challengeId }) => challengeId),
    ]);
    expect(reasonsOf(outcomes).toSorted()).toEqual([...Array.from({ length: 8 }, () => 'code-locked'), 'ok']);
    expect(signIn).toMatchObject({ ok: false, reason: 'code-locked' });
    expect(mailed).toHaveLength(10);
  });

  it('an expired challenge mails nothing any more', async () => {
    const member = await buildMember({ mfa: true });
    const challenge = await buildChallenge(member);
    await shiftChallenge(challenge.challengeId, -601);

    expect(await resendCode(challenge.challengeId, member, visit)).toEqual({ ok: false, reason: 'expired' });
  });
});

describe('binding', () => {
  it('the right code typed in another browser is worth nothing and costs no try', async () => {
    const member = await buildMember({ mfa: true });
    const mine = await buildChallenge(member);
    const other = await buildChallenge(member);

    const stolen = await tryCode(mine.challengeId, other.secret, mine.code, visit);
    const otherChallenge = await attempt(other, mine.code);

    expect(stolen).toEqual({ ok: false, reason: 'ended' });
    expect((await readChallenge(mine.challengeId)).triesLeft).toBe(5);
    expect(otherChallenge.ok).toBe(mine.code === other.code);
  });

  it('a code belongs to its purpose, challenge and kind of person', () => {
    const codes = [
      deriveCode('sign-in', 'member', 'one', 'k1'),
      deriveCode('sign-in', 'staff', 'one', 'k1'),
      deriveCode('sign-in', 'member', 'two', 'k1'),
    ];

    expect(new Set(codes).size).toBe(3);
    expect(deriveCode('sign-in', 'member', 'one', 'k1')).toBe(codes[0]);
  });

  it('codes are six digits, evenly spread', () => {
    const draws = repeats(20_000, 100_000);
    const counts = Array.from({ length: 100 }, () => 0);
    const odd: string[] = [];

    for (let id = 0; id < draws; id += 1) {
      const code = deriveCode('sign-in', 'member', String(id), 'k1');
      if (!/^\d{6}$/.test(code)) odd.push(code);
      const bucket = Number(code.slice(0, 2));
      counts[bucket] = (counts[bucket] ?? 0) + 1;
    }

    const expected = draws / 100;
    const chiSquare = counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
    expect(odd).toEqual([]);
    // 99 degrees of freedom: above 160 comes about once in ten thousand fair runs.
    expect(chiSquare).toBeLessThan(160);
  });

  it('a staff session comes of a staff code, and no member session', async () => {
    const challenge = await buildChallenge(await buildStaff());

    const outcome = await attempt(challenge, challenge.code);

    const secret = outcome.ok ? outcome.value.secret : '';
    expect(await readStaffSession(secret)).toMatchObject({ stage: 'full' });
    expect(await readMemberSession(secret)).toBeUndefined();
  });

  it('signing out before the code was typed cancels the challenge and tells its flow', async () => {
    const challenge = await buildChallenge(await buildMember({ mfa: true }));
    const session = await readMemberSession(challenge.secret);
    if (session === undefined) throw new Error('no session');

    await signOut(session, visit);

    expect(await attempt(challenge, challenge.code)).toEqual({ ok: false, reason: 'ended' });
    expect((await linesOf(challenge.challengeId)).map(({ event }) => event)).toEqual(['start', 'signInLeft']);
  });

  it('an accepted code leaves one outbox line, one notice letter and no code in the database', async () => {
    const member = await buildMember({ mfa: true });
    const challenge = await buildChallenge(member);

    await attempt(challenge, challenge.code);

    const stored = await rows<{ text: string }>(
      `select row_to_json(challenges)::text as text from challenges where id = $1
       union all select row_to_json(letters)::text from letters where subject_id = $1
       union all select row_to_json(outbox)::text from outbox where row_id = $1
       union all select row_to_json(audit)::text from audit where subject_id = $1`,
      [challenge.challengeId],
    );
    const notices = await rows(`select from letters where kind = 'sign-in-notice' and subject_id = $1`, [member.id]);
    expect((await linesOf(challenge.challengeId)).map(({ event }) => event)).toEqual(['start', 'codeAccepted']);
    expect(notices).toHaveLength(1);
    expect(stored.filter(({ text }) => text.includes(`"${challenge.code}"`))).toEqual([]);
  });
});
