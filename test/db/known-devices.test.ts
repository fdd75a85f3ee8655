/** A browser that was signed in before counts apart: its owner is never locked out by somebody else's failures (security.md S54–S56, S07). */
import { describe, expect, it } from 'vitest';
import { rows } from '../../db/raw.ts';
import { openChallenge } from '../../db/stores/challenges.ts';
import { inTransaction } from '../../db/connect.ts';
import { forgetDevices } from '../../db/stores/known-devices.ts';
import { inPasswordQueue } from '../../db/stores/passwords.ts';
import { signInMember, signInStaff } from '../../db/stores/sign-in.ts';
import { tryCode } from '../../db/stores/code-tries.ts';
import { digestOf, newBrowserSecret } from '../../db/stores/secrets.ts';
import { countAddressFailure, throttleKey } from '../../db/stores/throttle.ts';
import type { Visit } from '../../db/stores/visit.ts';
import { buildChallenge, buildMember, buildStaff, buildVisit, type BuiltMember } from '../support/build.ts';
import { repeats } from '../support/runs.ts';
import { useStores } from '../support/stores.ts';

useStores();

let lastAddress = 0;
const elsewhere = (device = newBrowserSecret()): Visit =>
  buildVisit({ ip: `203.0.${lastAddress >> 8}.${(lastAddress += 1) & 255}`, device });

const refused = { ok: false, reason: 'refused' };
const signIn = (member: BuiltMember, visit: Visit) => signInMember(member, undefined, visit);
const fail = (member: BuiltMember, visit = elsewhere()) =>
  signInMember({ ...member, password: 'Wrong-2026' }, undefined, visit);

/** The browser of a member who has signed in there once. */
async function knownTo(member: BuiltMember): Promise<Visit> {
  const visit = elsewhere();
  expect((await signIn(member, visit)).ok).toBe(true);
  return elsewhere(visit.device);
}

describe('a known device', () => {
  it('signs in at the first try while others fail with the same pair, as many at once as may', async () => {
    const member = await buildMember();
    const home = await knownTo(member);

    const attackers = Array.from({ length: repeats(10, 400) }, () => inPasswordQueue(() => fail(member)));
    const during = await signIn(member, home);
    await Promise.allSettled(attackers);
    const after = await signIn(member, home);

    expect([during.ok, after.ok]).toEqual([true, true]);
    expect(await signIn(member, elsewhere())).toEqual(refused);
  });

  it('signs in although its address failed too often', async () => {
    const member = await buildMember();
    const home = await knownTo(member);
    for (let wrong = 0; wrong < 30; wrong += 1) await countAddressFailure(home.ip);

    expect(await signIn(member, { ...elsewhere(), ip: home.ip })).toEqual(refused);
    expect((await signIn(member, home)).ok).toBe(true);
  });

  it('has failures of its own, exactly counted under parallel tries, and leaves those of other browsers alone', async () => {
    const member = await buildMember();
    const home = await knownTo(member);

    await Promise.all(Array.from({ length: 12 }, () => fail(member, home)));

    const counted = await rows(`select failures from sign_in_throttles where key = $1`, [
      throttleKey('device', member.id, digestOf(home.device).toString('base64url')),
    ]);
    expect(counted).toEqual([{ failures: 5 }]);
    expect(await signIn(member, home)).toEqual(refused);
    expect((await signIn(member, elsewhere())).ok).toBe(true);
  });

  it('is one of that member only', async () => {
    const home = await knownTo(await buildMember());
    const victim = await buildMember();
    for (let wrong = 0; wrong < 5; wrong += 1) await fail(victim);

    expect(await signIn(victim, home)).toEqual(refused);
  });

  it('is forgotten half a year after it was last seen, and when a sign-in is reported', async () => {
    const [aged, reported] = [await buildMember(), await buildMember()];
    const [old, stolen] = [await knownTo(aged), await knownTo(reported)];
    for (let wrong = 0; wrong < 5; wrong += 1) await Promise.all([fail(aged), fail(reported)]);

    await rows(`update known_devices set seen_at = now() - interval '180 days 1 second' where person_id = $1`, [
      aged.id,
    ]);
    await inTransaction((tx) => forgetDevices(tx, reported.id));

    expect(await signIn(aged, old)).toEqual(refused);
    expect(await signIn(reported, stolen)).toEqual(refused);
  });

  it('is known before the code only once the code was right', async () => {
    const member = await buildMember({ mfa: true });
    const visit = elsewhere();
    await signIn(member, visit);
    expect(await rows(`select from known_devices where person_id = $1`, [member.id])).toHaveLength(0);

    const challenge = await buildChallenge(member);
    await tryCode(challenge.challengeId, challenge.secret, challenge.code, visit);

    expect(await rows(`select from known_devices where person_id = $1`, [member.id])).toHaveLength(1);
  });

  it('of staff counts apart likewise', async () => {
    const staff = await buildStaff();
    const challenge = await buildChallenge(staff);
    const visit = elsewhere();
    await tryCode(challenge.challengeId, challenge.secret, challenge.code, visit);
    for (let wrong = 0; wrong < 5; wrong += 1)
      await signInStaff({ ...staff, password: 'Wrong-2026' }, undefined, elsewhere());

    expect(await signInStaff(staff, undefined, elsewhere())).toEqual(refused);
    expect((await signInStaff(staff, undefined, elsewhere(visit.device))).ok).toBe(true);
  });
});

describe('one-time codes', () => {
  it('twenty wrong ones from elsewhere leave a known device its own twenty', async () => {
    const member = await buildMember({ mfa: true });
    const visit = elsewhere();
    const first = await buildChallenge(member);
    await tryCode(first.challengeId, first.secret, first.code, visit);
    await rows(`update challenges set created_at = now() - interval '2 hours', mailed_at = now() - interval '2 hours'`);
    await rows(
      `insert into challenges (member_id, purpose, key_id, reference, state, tries, mailed_at, expires_at, ended_at)
       select $1, 'sign-in', 'k1', 'x', 'exhausted', 5, now() - interval '2 hours', now(), now() from generate_series(1, 4)`,
      [member.id],
    );

    const open = (from: Visit) => inTransaction((tx) => openChallenge(tx, member, 'sign-in', from));
    const [theirs, own] = [await open(elsewhere()), await open(elsewhere(visit.device))];

    expect(theirs).toMatchObject({ ok: false, reason: 'code-locked' });
    expect(own.ok).toBe(true);
    expect(await rows(`select from audit where event = 'code-locked' and actor_id = $1`, [member.id])).toHaveLength(1);
  });
});
