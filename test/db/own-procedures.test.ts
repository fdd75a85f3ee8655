/** 進行中のお手続き: what a member has open, and calling a reset off. */
import { expect, it } from 'vitest';
import { inTransaction } from '../../db/connect.ts';
import { requestEmailChange } from '../../db/stores/email-change.ts';
import { cancelOwnReset, listOwnProcedures } from '../../db/stores/own-procedures.ts';
import { linesOf } from '../../db/stores/outbox.ts';
import { readPasswordPage } from '../../db/stores/password-links.ts';
import { openResetFor } from '../../db/stores/password-reset.ts';
import { buildMember, buildMemberSession, buildVisit } from '../support/build.ts';
import { mailedToken, shiftLinks } from '../support/links.ts';
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
