/** ログイン: one answer, guessing slowed down, sessions renewed (security.md S01, S23, S54–S56, S79). */
import { describe, expect, it } from 'vitest';
import { rows } from '../../db/raw.ts';
import { changePassword } from '../../db/stores/password-change.ts';
import { inPasswordQueue } from '../../db/stores/passwords.ts';
import { readMemberSession } from '../../db/stores/sessions.ts';
import { signInMember, signInStaff, type MemberCredentials } from '../../db/stores/sign-in.ts';
import { countedAs, throttleKey } from '../../db/stores/throttle.ts';
import { buildChallenge, buildMember, buildMemberSession, buildStaff, buildVisit } from '../support/build.ts';
import { repeats } from '../support/runs.ts';
import { useStores } from '../support/stores.ts';

useStores();

let lastAddress = 0;
/** Of an address of its own, so that one test's failures don't slow another's down (S56). */
const elsewhere = () => buildVisit({ ip: `198.51.${lastAddress >> 8}.${(lastAddress += 1) & 255}` });

const refused = { ok: false, reason: 'refused' };
const attempt = (credentials: MemberCredentials, visit = elsewhere()) => signInMember(credentials, undefined, visit);

const keyOf = (who: { loginId: string; address: string }) => throttleKey('member', who.loginId, who.address);

const failuresOf = (who: { loginId: string; address: string }) =>
  rows<{ failures: number; wait: number | null }>(
    `select failures, round(extract(epoch from wait_until - last_failure_at))::float8 as wait from sign_in_throttles where key = $1`,
    [keyOf(who)],
  );

const endWait = (who: { loginId: string; address: string }) =>
  rows(`update sign_in_throttles set wait_until = now() where key = $1`, [keyOf(who)]);

describe('the one answer', () => {
  it('every wrong combination is refused alike', async () => {
    const member = await buildMember();
    const invited = await buildMember({ password: null });
    const deleted = await buildMember({ deletedAt: new Date() });
    const other = await buildMember();

    const answers = [
      await attempt({ ...member, password: 'Wrong-2026' }),
      await attempt({ ...member, loginId: 'nobody-here' }),
      await attempt({ ...member, address: other.address }),
      await attempt({ ...member, address: 'no address' }),
      await attempt({ ...invited, password: '' }),
      await attempt(deleted),
    ];

    expect(answers).toEqual(answers.map(() => refused));
  });

  it('login ID and address are known in any case and width', async () => {
    const member = await buildMember();

    const outcome = await attempt({
      ...member,
      loginId: ` ${member.loginId.toUpperCase().replace('L', 'Ｌ')} `,
      address: member.address.replace('example', 'ＥＸＡＭＰＬＥ'),
    });

    expect(outcome.ok).toBe(true);
  });

  it('a sign-in without code writes one session, one notice letter to that member and one audit line', async () => {
    const member = await buildMember();

    const outcome = await attempt(member);

    const letters = await rows(`select kind, recipient from letters where subject_id = $1`, [member.id]);
    const audited = await rows(`select event from audit where actor_id = $1`, [member.id]);
    expect(outcome).toMatchObject({ ok: true, value: { stage: 'full' } });
    expect(letters).toEqual([{ kind: 'sign-in-notice', recipient: member.address }]);
    expect(audited).toEqual([{ event: 'sign-in-completed' }]);
  });

  it('a member with a second factor and every staff person get a code stage first', async () => {
    const member = await buildMember({ mfa: true });
    const staff = await buildStaff();

    expect(await attempt(member)).toMatchObject({ ok: true, value: { stage: 'code' } });
    expect(await signInStaff(staff, undefined, elsewhere())).toMatchObject({ ok: true, value: { stage: 'code' } });
  });

  it('the session a browser had before is ended, not taken over', async () => {
    const before = await buildMemberSession(await buildMember());
    const challenge = await buildChallenge(await buildMember({ mfa: true }));
    const member = await buildMember();

    const first = await signInMember(member, before.secret, elsewhere());
    const second = await signInMember(member, challenge.secret, elsewhere());

    expect(first.ok && first.value.secret).not.toBe(before.secret);
    expect(second.ok).toBe(true);
    expect(await readMemberSession(before.secret)).toBeUndefined();
    expect(await readMemberSession(challenge.secret)).toBeUndefined();
  });

  it('a sign-in whose password is changed while it is judged leaves no session behind', async () => {
    for (let round = 0; round < repeats(4, 60); round += 1) {
      const member = await buildMember();
      const { session } = await buildMemberSession(member);

      const [changed, signedIn] = await Promise.all([
        changePassword(session, { current: member.password, next: 'Atarashi-27' }, elsewhere()),
        attempt(member),
      ]);

      const living = await rows(`select from sessions where member_id = $1 and ended_at is null`, [member.id]);
      expect(changed.ok).toBe(true);
      expect(living).toHaveLength(1);
      if (signedIn.ok) expect(await readMemberSession(signedIn.value.secret)).toBeUndefined();
    }
  });
});

describe('guessing', () => {
  it('a hundred wrong passwords at once count five failures and compare no more', async () => {
    const member = await buildMember();
    const visit = elsewhere();

    // As they come from the web: more than the queue holds are told so, and neither compared nor counted (S59).
    const outcomes = await Promise.allSettled(
      Array.from({ length: 100 }, () => inPasswordQueue(() => attempt({ ...member, password: 'Wrong-2026' }, visit))),
    );

    const answered = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
    const errors = outcomes.flatMap((outcome) =>
      outcome.status === 'rejected' ? [(outcome.reason as Error).name] : [],
    );
    const audited = await rows<{ n: number }>(
      `select count(*)::int as n from audit where account_id = $1 and event = 'sign-in-refused'`,
      [member.accountId],
    );
    expect(answered).toEqual(answered.map(() => refused));
    expect(errors.filter((name) => name !== 'PasswordQueueFull')).toEqual([]);
    expect(await failuresOf(member)).toEqual([{ failures: 5, wait: 30 }]);
    expect(audited).toEqual([{ n: 5 }]);
  });

  it('the waits double from thirty seconds up to a quarter of an hour', async () => {
    const member = await buildMember();
    for (let wrong = 0; wrong < 4; wrong += 1) await attempt({ ...member, password: 'Wrong-2026' });
    expect(await failuresOf(member)).toEqual([{ failures: 4, wait: null }]);

    const waits = [];
    for (let wrong = 5; wrong <= 11; wrong += 1) {
      await attempt({ ...member, password: 'Wrong-2026' });
      waits.push(...(await failuresOf(member)));
      await endWait(member);
    }

    expect(waits.map(({ wait }) => wait)).toEqual([30, 60, 120, 240, 480, 900, 900]);
  });

  it('during the wait the right password is refused and nothing is counted', async () => {
    const member = await buildMember();
    for (let wrong = 0; wrong < 5; wrong += 1) await attempt({ ...member, password: 'Wrong-2026' });

    const during = await attempt(member);
    const counted = await failuresOf(member);
    await endWait(member);
    const after = await attempt(member);

    expect(during).toEqual(refused);
    expect(counted).toEqual([{ failures: 5, wait: 30 }]);
    expect(after.ok).toBe(true);
    expect(await failuresOf(member)).toEqual([]);
  });

  it('at a hundred failures in a row no wait ends any more', async () => {
    const member = await buildMember();
    await attempt({ ...member, password: 'Wrong-2026' });
    await rows(`update sign_in_throttles set failures = 99 where key = $1`, [keyOf(member)]);

    await attempt({ ...member, password: 'Wrong-2026' });

    const found = await rows(`select wait_until = 'infinity' as forever from sign_in_throttles where key = $1`, [
      keyOf(member),
    ]);
    expect(found).toEqual([{ forever: true }]);
    expect(await attempt(member)).toEqual(refused);
  });

  it('failures are forgotten half a day after the last', async () => {
    const member = await buildMember();
    for (let wrong = 0; wrong < 4; wrong += 1) await attempt({ ...member, password: 'Wrong-2026' });
    await rows(`update sign_in_throttles set last_failure_at = now() - interval '12 hours 1 second' where key = $1`, [
      keyOf(member),
    ]);

    await attempt({ ...member, password: 'Wrong-2026' });

    expect(await failuresOf(member)).toEqual([{ failures: 1, wait: null }]);
  });

  it('ten right sign-ins at once are all let in', async () => {
    const member = await buildMember();

    const outcomes = await Promise.all(Array.from({ length: 10 }, () => attempt(member)));

    expect(outcomes.filter((outcome) => outcome.ok)).toHaveLength(10);
  });

  it('another spelling counts on the same row', async () => {
    const member = await buildMember();

    await attempt({ ...member, password: 'Wrong-2026' });
    await attempt({ ...member, loginId: member.loginId.toUpperCase(), password: 'Wrong-2026' });
    await attempt({ ...member, address: member.address.toUpperCase(), password: 'Wrong-2026' });

    expect(await failuresOf(member)).toEqual([{ failures: 3, wait: null }]);
  });

  it('a client address that failed too often is refused with the right password too, another one is not', async () => {
    const noisy = elsewhere();
    for (let wrong = 0; wrong < 30; wrong += 1)
      await attempt({ loginId: `nobody-${wrong}`, address: 'a@example.jp', password: 'x' }, noisy);
    const member = await buildMember();

    expect(await attempt(member, noisy)).toEqual(refused);
    expect((await attempt(member)).ok).toBe(true);
  });

  it('an IPv6 client is counted by its /64, a mapped IPv4 one by itself', () => {
    const counted = [
      '2001:db8:0:1::1',
      '2001:0db8:0000:0001:ffff::2',
      '2001:db8:0:2::1',
      '::ffff:192.0.2.7',
      '192.0.2.7',
    ].map(countedAs);

    expect(counted[0]).toBe(counted[1]);
    expect(counted[0]).not.toBe(counted[2]);
    expect(counted.slice(3)).toEqual(['192.0.2.7', '192.0.2.7']);
  });
});
