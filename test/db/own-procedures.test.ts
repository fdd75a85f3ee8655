/** 進行中のお手続き: what a member has open; a reset is mailed again and called off (security.md S57). */
import { expect, it } from 'vitest';
import { inTransaction } from '../../db/connect.ts';
import { rows } from '../../db/raw.ts';
import { requestEmailChange } from '../../db/stores/email-change.ts';
import { cancelOwnReset, listOwnProcedures, mailOwnResetAgain } from '../../db/stores/own-procedures.ts';
import { linesOf } from '../../db/stores/outbox.ts';
import { readPasswordPage } from '../../db/stores/password-links.ts';
import { openResetFor } from '../../db/stores/password-reset.ts';
import { buildMember, buildMemberSession, buildVisit } from '../support/build.ts';
import { mailedToken, shiftLinks, tokensInMails } from '../support/links.ts';
import { useStores } from '../support/stores.ts';

useStores();

const visit = buildVisit();

async function withReset() {
  const member = await buildMember();
  const { session } = await buildMemberSession(member);
  await inTransaction((tx) => openResetFor(tx, member));
  return { member, session };
}

it('all that is open is listed with the time left, nothing of anybody else and nothing whose time is over', async () => {
  const { member, session } = await withReset();
  await requestEmailChange(session, visit);
  const other = await withReset();

  const open = await listOwnProcedures(member.id);
  await shiftLinks(member.id, -2 * 3600);
  const later = await listOwnProcedures(member.id);

  expect(open.map(({ kind, state }) => [kind, state])).toEqual([
    ['password-reset', 'open'],
    ['email-change', 'requested'],
  ]);
  expect(open[0]?.secondsLeft).toBeGreaterThan(3590);
  expect(open[0]?.secondsLeft).toBeLessThanOrEqual(3600);
  expect(later.map(({ kind }) => kind)).toEqual(['email-change']);
  expect(await listOwnProcedures(other.member.id)).toHaveLength(1);
});

it('a reset that is called off is over once, its link is dead, and its flow is told', async () => {
  const { member, session } = await withReset();
  const [reset] = await listOwnProcedures(member.id);
  const id = reset?.id ?? '';

  const outcomes = await Promise.all(Array.from({ length: 5 }, () => cancelOwnReset(session, id, visit)));

  expect(outcomes.filter(Boolean)).toHaveLength(1);
  expect(await listOwnProcedures(member.id)).toEqual([]);
  expect(await readPasswordPage('password-reset', await mailedToken(member.id, 'password-reset'))).toEqual({
    ok: false,
    reason: 'cancelled',
  });
  expect((await linesOf(id)).map(({ event }) => event)).toEqual(['start', 'calledOff']);
});

it('nobody calls off a procedure of another member', async () => {
  const { member } = await withReset();
  const { session } = await buildMemberSession(await buildMember());
  const [reset] = await listOwnProcedures(member.id);

  expect(await cancelOwnReset(session, reset?.id ?? '', visit)).toBe(false);
  expect(await listOwnProcedures(member.id)).toHaveLength(1);
});

it('a reset is mailed again with the same link and end, three times an hour in all, and the fourth is told from when on', async () => {
  const { member, session } = await withReset();
  const [reset] = await listOwnProcedures(member.id);
  const id = reset?.id ?? '';

  const outcomes = await Promise.all(Array.from({ length: 6 }, () => mailOwnResetAgain(session, id, visit)));

  const tokens = await tokensInMails(member.id, 'password-reset');
  const refusals = outcomes.filter((outcome) => !outcome.ok);
  expect(outcomes.filter(({ ok }) => ok)).toHaveLength(2);
  expect(refusals.map(({ reason }) => reason)).toEqual(Array.from({ length: 4 }, () => 'too-many'));
  expect((refusals[0]?.until?.getTime() ?? 0) - Date.now()).toBeGreaterThan(59 * 60_000);
  expect(tokens).toHaveLength(3);
  expect(new Set(tokens).size).toBe(1);
  expect((await listOwnProcedures(member.id))[0]?.expiresAt).toEqual(reset?.expiresAt);
  expect(
    await rows(`select from audit where event = 'password-reset-mailed-again' and subject_id = $1`, [id]),
  ).toHaveLength(2);
});

it('a member gets at most twenty mails of a reset a day, and then from the day after the first of them on', async () => {
  const { member, session } = await withReset();
  const [reset] = await listOwnProcedures(member.id);
  const id = reset?.id ?? '';
  await rows(
    `insert into letters (kind, subject_id, occurrence, recipient, facts, message_id, give_up_at, state, created_at)
     select kind, subject_id, 'earlier-' || n, recipient, facts, gen_random_uuid()::text, now(), 'abandoned', now() - interval '20 hours'
     from letters, generate_series(1, 19) as n where subject_id = $1`,
    [id],
  );

  const outcome = await mailOwnResetAgain(session, id, visit);

  const hours = ((outcome.until?.getTime() ?? 0) - Date.now()) / 3_600_000;
  expect(outcome).toMatchObject({ ok: false, reason: 'too-many' });
  expect(hours).toBeGreaterThan(3.9);
  expect(hours).toBeLessThan(4.1);
});

it('nothing is mailed again of a reset that is over, called off, or of another member', async () => {
  const { member, session } = await withReset();
  const [reset] = await listOwnProcedures(member.id);
  const id = reset?.id ?? '';
  const { session: stranger } = await buildMemberSession(await buildMember());

  const theirs = await mailOwnResetAgain(stranger, id, visit);
  await shiftLinks(member.id, -2 * 3600);
  const over = await mailOwnResetAgain(session, id, visit);
  await shiftLinks(member.id, 2 * 3600);
  await cancelOwnReset(session, id, visit);
  const cancelled = await mailOwnResetAgain(session, id, visit);

  for (const outcome of [theirs, over, cancelled]) expect(outcome).toEqual({ ok: false, reason: 'nothing-open' });
  expect(await tokensInMails(member.id, 'password-reset')).toHaveLength(1);
});
