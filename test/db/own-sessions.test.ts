/** A member's own sessions: seen, ended, and how long they still live (security.md S25, S29). */
import { expect, it } from 'vitest';
import { rows } from '../../db/raw.ts';
import { endOwnSessions, listOwnSessions, readSessionTime } from '../../db/stores/own-sessions.ts';
import { readMemberSession, touchSession } from '../../db/stores/sessions.ts';
import { buildChallenge, buildMember, buildMemberSession, buildVisit } from '../support/build.ts';
import { useStores } from '../support/stores.ts';

useStores();

const visit = buildVisit();

it('the list names this browser first and leaves out what has ended, waits for a code, or is another member’s', async () => {
  const member = await buildMember();
  const [own, other, idle] = [
    await buildMemberSession(member),
    await buildMemberSession(member),
    await buildMemberSession(member),
  ];
  await rows(`update sessions set idle_ends_at = now() where id = $1`, [idle.session.id]);
  await buildChallenge(member);
  await buildMemberSession(await buildMember());

  const listed = await listOwnSessions(own.session);

  expect(listed.map(({ id, own: isOwn }) => [id, isOwn])).toEqual([
    [own.session.id, true],
    [other.session.id, false],
  ]);
  expect(listed[0]).toMatchObject({ ip: visit.ip, userAgent: visit.userAgent });
});

it('one of the others is ended with the current password, the rest lives on, and it is audited', async () => {
  const member = await buildMember();
  const [own, other, third] = [
    await buildMemberSession(member),
    await buildMemberSession(member),
    await buildMemberSession(member),
  ];

  const outcome = await endOwnSessions(own.session, { id: other.session.id }, member.password, visit);

  const audited = await rows<{ subject: string }>(
    `select subject_id as subject from audit where event = 'other-session-ended' and actor_id = $1`,
    [member.id],
  );
  expect(outcome).toEqual({ ok: true, value: { ended: 1 } });
  expect(await readMemberSession(other.secret)).toBeUndefined();
  expect(await readMemberSession(own.secret)).toBeDefined();
  expect(await readMemberSession(third.secret)).toBeDefined();
  expect(audited).toEqual([{ subject: other.session.id }]);
});

it('all others are ended at once, also one that waits for its code', async () => {
  const member = await buildMember({ mfa: true });
  const own = await buildMemberSession(member);
  const other = await buildMemberSession(member);
  const waiting = await buildChallenge(member);

  const outcome = await endOwnSessions(own.session, 'all', member.password, visit);

  expect(outcome).toEqual({ ok: true, value: { ended: 2 } });
  expect(await readMemberSession(other.secret)).toBeUndefined();
  expect(await readMemberSession(waiting.secret)).toBeUndefined();
  expect(await readMemberSession(own.secret)).toBeDefined();
});

it('neither the own session nor one of another member can be named, and a wrong password ends none', async () => {
  const member = await buildMember();
  const own = await buildMemberSession(member);
  const other = await buildMemberSession(member);
  const foreign = await buildMemberSession(await buildMember());

  const end = (id: string, password: string) => endOwnSessions(own.session, { id }, password, visit);
  const outcomes = [
    await end(own.session.id, member.password),
    await end(foreign.session.id, member.password),
    await end(other.session.id, 'Chigau-2026'),
  ];

  expect(outcomes).toEqual([
    { ok: true, value: { ended: 0 } },
    { ok: true, value: { ended: 0 } },
    { ok: false, reason: 'current-password-wrong' },
  ]);
  for (const { secret } of [own, other, foreign]) expect(await readMemberSession(secret)).toBeDefined();
});

it('the time that is left is told by the database, and use moves it on unless the twelve hours are ending', async () => {
  const { session } = await buildMemberSession(await buildMember());
  const idleFor = (seconds: number, endsIn: number) =>
    rows(
      `update sessions set last_seen_at = now() - make_interval(secs => $2), ends_at = now() + make_interval(secs => $3),
         idle_ends_at = now() + least(make_interval(secs => 1800 - $2), make_interval(secs => $3)) where id = $1`,
      [session.id, seconds, endsIn],
    );

  await idleFor(1600, 7200);
  const near = await readSessionTime(session.id);
  await touchSession(session.id);
  const afterUse = await readSessionTime(session.id);
  await idleFor(1600, 100);
  await touchSession(session.id);
  const lastMinutes = await readSessionTime(session.id);
  await rows(`update sessions set ended_at = now() where id = $1`, [session.id]);

  expect(near.secondsLeft).toBeGreaterThan(195);
  expect(near.secondsLeft).toBeLessThanOrEqual(200);
  expect(near.canContinue).toBe(true);
  expect(afterUse.secondsLeft).toBeGreaterThan(1790);
  expect(lastMinutes.secondsLeft).toBeLessThanOrEqual(100);
  expect(lastMinutes.canContinue).toBe(false);
  expect(await readSessionTime(session.id)).toEqual({ secondsLeft: 0, canContinue: false });
});
