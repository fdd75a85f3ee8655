/** Sessions live and end by the database (security.md S23–S25, S28, S53). */
import { describe, expect, it } from 'vitest';
import { rows } from '../../db/raw.ts';
import { tryCode } from '../../db/stores/code-tries.ts';
import { changePassword } from '../../db/stores/password-change.ts';
import { digestOf } from '../../db/stores/secrets.ts';
import {
  readEndedSession,
  readMemberSession,
  readStaffSession,
  signOut,
  touchSession,
} from '../../db/stores/sessions.ts';
import { signInMember } from '../../db/stores/sign-in.ts';
import {
  buildChallenge,
  buildMember,
  buildMemberSession,
  buildStaff,
  buildStaffSession,
  buildVisit,
} from '../support/build.ts';
import { useStores } from '../support/stores.ts';

useStores();

const visit = buildVisit();
const shift = (id: string, column: 'idle_ends_at' | 'ends_at' | 'last_seen_at', seconds: number) =>
  rows(
    `update sessions set
       idle_ends_at = case when $2 = 'idle_ends_at' then now() + make_interval(secs => $3) else idle_ends_at end,
       ends_at = case when $2 = 'ends_at' then now() + make_interval(secs => $3) else ends_at end,
       last_seen_at = case when $2 = 'last_seen_at' then now() + make_interval(secs => $3) else last_seen_at end
     where id = $1`,
    [id, column, seconds],
  );

describe('secrets', () => {
  it('the database holds digests of secrets and never a secret', async () => {
    const { secret, session } = await buildMemberSession(await buildMember());

    const [stored] = await rows<{ digest: Buffer; text: string }>(
      `select secret_digest as digest, row_to_json(sessions)::text as text from sessions where id = $1`,
      [session.id],
    );

    expect(Buffer.from(secret, 'base64url')).toHaveLength(32);
    expect(stored?.digest).toEqual(digestOf(secret));
    expect(stored?.text).not.toContain(secret);
    expect(stored?.text).not.toContain(Buffer.from(secret).toString('hex'));
  });

  it('a planted secret signs nobody in and is not taken over', async () => {
    const planted = 'planted-secret';
    const member = await buildMember();

    const outcome = await signInMember(member, planted, visit);

    expect(outcome.ok && outcome.value.secret).not.toBe(planted);
    expect(await readMemberSession(planted)).toBeUndefined();
  });

  it('sign-in, code and password change each bring a new secret and end the old one', async () => {
    const member = await buildMember({ mfa: true });
    const challenge = await buildChallenge(member);

    const coded = await tryCode(challenge.challengeId, challenge.secret, challenge.code, visit);
    const full = coded.ok ? await readMemberSession(coded.value.secret) : undefined;
    if (!coded.ok || full === undefined) throw new Error('the code was refused');
    const changed = await changePassword(full, { current: member.password, next: 'Atarashi-27' }, visit);

    expect(await readMemberSession(challenge.secret)).toBeUndefined();
    expect(await readMemberSession(coded.value.secret)).toBeUndefined();
    expect(changed.ok && (await readMemberSession(changed.value.secret))).toMatchObject({
      memberId: member.id,
      stage: 'full',
    });
  });
});

describe('ends', () => {
  it('a session ends thirty minutes after it was last used, and at twelve hours in any case', async () => {
    const { session } = await buildMemberSession(await buildMember());

    const idleMinutes = (session.idleEndsAt.getTime() - Date.now()) / 60_000;
    const hours = (session.endsAt.getTime() - Date.now()) / 3_600_000;

    expect(idleMinutes).toBeCloseTo(30, 0);
    expect(hours).toBeCloseTo(12, 1);
  });

  it.each(['idle_ends_at', 'ends_at'] as const)('past its %s a session reads as ended', async (column) => {
    const { secret, session } = await buildMemberSession(await buildMember());
    await shift(session.id, column, 1);
    const before = await readMemberSession(secret);
    await shift(session.id, column, -1);

    expect(before).toBeDefined();
    expect(await readMemberSession(secret)).toBeUndefined();
    expect(await readEndedSession(session.id)).toEqual({
      stage: 'full',
      person: { kind: 'member', id: session.memberId },
    });
  });

  it('with its person a session has ended', async () => {
    const { secret, session } = await buildMemberSession(await buildMember());
    expect(await readEndedSession(session.id)).toBeUndefined();

    await rows(`update members set deleted_at = now() where id = $1`, [session.memberId]);

    expect(await readMemberSession(secret)).toBeUndefined();
    expect(await readEndedSession(session.id)).toEqual({
      stage: 'full',
      person: { kind: 'member', id: session.memberId },
    });
  });

  it('using a session moves its idle end, at most once a minute and never past its absolute end', async () => {
    const { secret, session } = await buildMemberSession(await buildMember());
    await shift(session.id, 'idle_ends_at', 60);
    await touchSession(session.id);
    const soon = await readMemberSession(secret);
    await shift(session.id, 'last_seen_at', -61);
    await shift(session.id, 'ends_at', 120);
    const later = await readMemberSession(secret);
    await touchSession(session.id);
    const touched = await readMemberSession(secret);

    expect((soon?.idleEndsAt.getTime() ?? 0) - Date.now()).toBeLessThanOrEqual(60_000);
    expect(touched?.idleEndsAt).toEqual(touched?.endsAt);
    expect([soon, later, touched].map((each) => each?.seenLately)).toEqual([true, false, true]);
  });

  it('the stage between password and code is not prolonged by use', async () => {
    const challenge = await buildChallenge(await buildMember({ mfa: true }));
    const before = await readMemberSession(challenge.secret);
    if (before === undefined) throw new Error('no session');
    await shift(before.id, 'last_seen_at', -61);

    await touchSession(before.id);

    expect((await readMemberSession(challenge.secret))?.idleEndsAt).toEqual(before.idleEndsAt);
  });

  it('signing out ends the session on the server and leaves the others alone', async () => {
    const member = await buildMember();
    const here = await buildMemberSession(member);
    const there = await buildMemberSession(member);

    await signOut(here.session, visit);

    expect(await readMemberSession(here.secret)).toBeUndefined();
    expect(await readMemberSession(there.secret)).toBeDefined();
  });

  it('a password change ends every other session of the member, the ones between password and code too, and nobody else’s', async () => {
    const member = await buildMember();
    const here = await buildMemberSession(member);
    const there = await buildMemberSession(member);
    const between = await buildChallenge(member);
    const other = await buildMemberSession(await buildMember());

    await changePassword(here.session, { current: member.password, next: 'Atarashi-27' }, visit);

    const living = await Promise.all([here, there, between, other].map(({ secret }) => readMemberSession(secret)));
    expect(living.map((session) => session?.memberId)).toEqual([
      undefined,
      undefined,
      undefined,
      other.session.memberId,
    ]);
    expect(await tryCode(between.challengeId, between.secret, between.code, visit)).toEqual({
      ok: false,
      reason: 'ended',
    });
  });

  it('a deleted member’s or staff person’s session reads as none at once', async () => {
    const member = await buildMemberSession(await buildMember());
    const staff = await buildStaffSession(await buildStaff());

    await rows(`update members set deleted_at = now() where id = $1`, [member.session.memberId]);
    await rows(`update staff set deleted_at = now() where id = $1`, [staff.session.staffId]);

    expect(await readMemberSession(member.secret)).toBeUndefined();
    expect(await readStaffSession(staff.secret)).toBeUndefined();
  });

  it('a member’s secret opens no staff page and a staff secret no member page', async () => {
    const member = await buildMemberSession(await buildMember());
    const staff = await buildStaffSession(await buildStaff());

    expect(await readStaffSession(member.secret)).toBeUndefined();
    expect(await readMemberSession(staff.secret)).toBeUndefined();
  });
});
