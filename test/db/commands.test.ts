/** Acts of staff: one at a time, the second is told, applied once with its letter (style.md, "Acts are rows too"). */
import { expect, it } from 'vitest';
import { rows } from '../../db/raw.ts';
import { readApplication } from '../../db/stores/applications.ts';
import { applyCommand, giveCommand, openCommandOn, readCommandState, type StaffAct } from '../../db/stores/commands.ts';
import { linesOf } from '../../db/stores/outbox.ts';
import { buildApplication, buildStaff, buildVisit } from '../support/build.ts';
import { repeats } from '../support/runs.ts';
import { useStores } from '../support/stores.ts';

useStores();

const visit = buildVisit();
const arrange: StaffAct = { verb: 'arrange' };
const decline: StaffAct = { verb: 'decline', reason: '在庫がございません' };
const lettersOf = (id: string) =>
  rows<{ kind: string }>(`select kind from letters where subject_id = $1 order by created_at`, [id]);

it('of two staff who answer at once one is taken and the other is told', async () => {
  for (let round = 0; round < repeats(5, 100); round += 1) {
    const application = await buildApplication({ state: 'accepted' });
    const [one, two] = [await buildStaff({ name: 'テストスタッフ1' }), await buildStaff({ name: 'テストスタッフ2' })];

    const outcomes = await Promise.all([
      giveCommand(one, application.id, arrange, visit),
      giveCommand(two, application.id, decline, visit),
    ]);

    const open = await openCommandOn(application.id);
    const winner = outcomes[0].ok ? 'テストスタッフ1' : 'テストスタッフ2';
    expect(outcomes.map((outcome) => (outcome.ok ? 'given' : outcome.reason)).toSorted()).toEqual([
      'already-given',
      'given',
    ]);
    expect(open).toMatchObject({ staffName: winner });
    expect((await linesOf(application.id)).filter(({ event }) => event === 'commandGiven')).toHaveLength(1);
  }
});

it('ten runs of one act at once answer the application once, with one letter and one audit line', async () => {
  const application = await buildApplication({ state: 'accepted' });
  const given = await giveCommand(await buildStaff(), application.id, decline, visit);
  const commandId = given.ok ? given.value.commandId : '';

  const standings = await Promise.all(Array.from({ length: 10 }, () => applyCommand(commandId)));

  const answered = await readApplication(undefined, { id: application.id });
  const audited = await rows(`select from audit where event = 'application-answered' and subject_id = $1`, [
    application.id,
  ]);
  expect(standings).toEqual(standings.map(() => ({ state: 'unable', orderNumber: application.orderNumber })));
  expect(answered).toMatchObject({ confirmation: 'unable', confirmationReason: '在庫がございません' });
  expect(answered?.timeline.map(({ event }) => event)).toEqual(['received', 'intakeAccepted', 'goodsUnavailable']);
  expect((await lettersOf(application.id)).map(({ kind }) => kind)).toEqual([
    'application-accepted',
    'application-unable',
  ]);
  expect(audited).toHaveLength(1);
  expect(await readCommandState(commandId)).toBe('applied');
  expect(await openCommandOn(application.id)).toBeUndefined();
});

it.each(['received', 'failed', 'arranged', 'unable'] as const)(
  'an application that is %s takes no act',
  async (state) => {
    const application = await buildApplication({ state });

    const outcome = await giveCommand(await buildStaff(), application.id, arrange, visit);

    expect(outcome).toEqual({ ok: false, reason: 'not-waiting' });
  },
);

it('an act on an application that does not exist is refused', async () => {
  const outcome = await giveCommand(await buildStaff(), '00000000-0000-4000-8000-000000000000', arrange, visit);

  expect(outcome).toEqual({ ok: false, reason: 'unknown-application' });
});

it('an act that comes too late is refused by the row and writes nothing', async () => {
  const application = await buildApplication({ state: 'accepted' });
  const given = await giveCommand(await buildStaff(), application.id, arrange, visit);
  const commandId = given.ok ? given.value.commandId : '';
  await rows(
    `update applications set confirmation = 'unable', confirmation_at = now(), confirmation_reason = '別の手続き' where id = $1`,
    [application.id],
  );

  const standing = await applyCommand(commandId);

  expect(standing.state).toBe('unable');
  expect(await readCommandState(commandId)).toBe('refused');
  expect((await lettersOf(application.id)).map(({ kind }) => kind)).toEqual(['application-accepted']);
});
