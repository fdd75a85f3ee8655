/** Staff: the queue and the answer to an application; the second of two is told (spec.md, Staff; security.md S52). */
import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { action as answer, loader as show } from '../../app/routes/staff.applications.$applicationId.tsx';
import { loader as showQueue } from '../../app/routes/staff._index.tsx';
import { rows } from '../../db/raw.ts';
import { applyCommand } from '../../db/stores/commands.ts';
import { buildApplication } from '../support/build.ts';
import { useStores } from '../support/stores.ts';
import { answerOf, asked, signedInMember, staffContext, withoutTemporal } from '../support/web.ts';

useStores();
withoutTemporal();

type Context = Awaited<ReturnType<typeof staffContext>>;

const shown = (context: Context, applicationId: string) =>
  show(asked(context, `/staff/applications/${applicationId}`, { applicationId }));

const press = (context: Context, applicationId: string, posted: [string, string][]) =>
  answerOf(answer(asked(context, `/staff/applications/${applicationId}`, { applicationId }, posted)));

async function flowAppliesCommands(applicationId: string): Promise<void> {
  const open = await rows<{ id: string }>(`select id from commands where application_id = $1 and state = 'open'`, [
    applicationId,
  ]);
  for (const { id } of open) await applyCommand(id);
}

it('the queue holds what waits, oldest first, and marks what is overdue or under way', async () => {
  const context = await staffContext();
  const old = await buildApplication({ state: 'accepted', appliedAt: new Date('2022-04-13T05:48:00Z') });
  await rows(`update applications set intake_at = '2022-04-13T05:48:01Z' where id = $1`, [old.id]);
  const fresh = await buildApplication({ state: 'accepted' });
  await buildApplication({ state: 'arranged' });
  await press(context, fresh.id, [['verb', 'arrange']]);

  const { total, found } = await showQueue(asked(context, '/staff', {}));

  expect(total).toBe(2);
  expect(found).toMatchObject([
    { id: old.id, overdue: true, working: false, customerNumber: old.customerNumber, appliedAt: '2022/04/13 14:48' },
    { id: fresh.id, overdue: false, working: true },
  ]);
});

it('手配済にする is under way until the flow has judged it, then the application is 手配済', async () => {
  const context = await staffContext('テストスタッフ7');
  const { id } = await buildApplication({ state: 'accepted' });

  expect(await press(context, id, [['verb', 'arrange']])).toMatchObject({
    status: 303,
    location: `/staff/applications/${id}?answered=1`,
  });
  expect(await shown(context, id)).toMatchObject({
    waiting: true,
    working: { act: 'arrange', name: 'テストスタッフ7' },
  });

  await flowAppliesCommands(id);
  expect(await shown(context, id)).toMatchObject({
    waiting: false,
    working: undefined,
    facts: { confirmation: 'arranged' },
  });
});

it('of two acts at once one counts, and the other is told', async () => {
  const { id } = await buildApplication({ state: 'accepted' });
  const [one, other] = [await staffContext(), await staffContext()];

  const answers = await Promise.all([press(one, id, [['verb', 'arrange']]), press(other, id, [['verb', 'arrange']])]);

  expect(answers.map(({ status }) => status).sort()).toEqual([303, 409]);
  expect(answers.find(({ status }) => status === 409)?.data).toMatchObject({ refused: 'already-given' });
  await flowAppliesCommands(id);
  expect((await press(one, id, [['verb', 'arrange']])).data).toMatchObject({ refused: 'not-waiting' });
});

it('手配不可 needs a reason; what was typed is kept', async () => {
  const context = await staffContext();
  const { id } = await buildApplication({ state: 'accepted' });

  expect(
    await press(context, id, [
      ['verb', 'decline'],
      ['reason', ' \n '],
    ]),
  ).toMatchObject({ status: 422, data: { reason: ' \n ' } });
  const long = 'あ'.repeat(501);
  expect(
    await press(context, id, [
      ['verb', 'decline'],
      ['reason', long],
    ]),
  ).toMatchObject({ status: 422, data: { reason: long } });
  expect(
    await press(context, id, [
      ['verb', 'decline'],
      ['reason', '在庫がございません'],
    ]),
  ).toMatchObject({ status: 303 });

  await flowAppliesCommands(id);
  expect(await shown(context, id)).toMatchObject({ facts: { confirmation: 'unable', reason: '在庫がございません' } });
});

it.each([[['verb', 'accept']], [['verb', 'toString']], []] as [string, string][][])(
  '%j is no act: 400',
  async (...posted) => {
    const context = await staffContext();
    const { id } = await buildApplication({ state: 'accepted' });

    expect(await press(context, id, posted)).toMatchObject({ status: 400 });
  },
);

it('what doesn’t exist is 404, and a member has no way in', async () => {
  const context = await staffContext();
  const { context: member } = await signedInMember();
  const { id } = await buildApplication({ state: 'accepted' });

  expect(await answerOf(shown(context, randomUUID()))).toMatchObject({ status: 404 });
  expect(await press(context, 'x', [['verb', 'arrange']])).toMatchObject({ status: 404 });
  expect((await answerOf(shown(member, id))).location).toMatch(/^\/staff\/login/);
  expect((await press(member, id, [['verb', 'arrange']])).location).toMatch(/^\/staff\/login/);
});
