/** What flows ask of the database besides their own row: open rows to be compared with, reminders to the contact center. */
import { expect, it } from 'vitest';
import { rows } from '../../db/raw.ts';
import { listOpenRows } from '../../db/stores/open-rows.ts';
import { writeStaffReminder } from '../../db/stores/staff-reminders.ts';
import { buildApplication } from '../support/build.ts';
import { useStores } from '../support/stores.ts';

useStores();

const remindersOf = (id: string) =>
  rows(`select occurrence, recipient from letters where kind = 'staff-reminder' and subject_id = $1`, [id]);

it('only rows that still wait for something, and not the newest, are compared with the flows', async () => {
  const open = [await buildApplication(), await buildApplication({ state: 'accepted' })];
  const ended = [
    await buildApplication({ state: 'failed' }),
    await buildApplication({ state: 'arranged' }),
    await buildApplication({ state: 'unable' }),
  ];
  await rows(`update applications set applied_at = applied_at - interval '61 seconds' where id = any($1::uuid[])`, [
    [...open, ...ended].map(({ id }) => id),
  ]);
  await buildApplication();

  const all = await listOpenRows('application', 60, 10);
  const first = await listOpenRows('application', 60, 1);
  const second = await listOpenRows('application', 60, 1, first[0]);

  expect(all.toSorted()).toEqual(open.map(({ id }) => id).toSorted());
  expect([...first, ...second]).toEqual(all);
});

it('a reminder is written once for each due time, and none for an application that was answered', async () => {
  const [waiting, answered] = [
    await buildApplication({ state: 'accepted' }),
    await buildApplication({ state: 'arranged' }),
  ];

  await Promise.all(Array.from({ length: 5 }, () => writeStaffReminder(waiting.id, '2026-01-05T04:00:00.000Z')));
  await writeStaffReminder(waiting.id, '2026-01-06T04:00:00.000Z');
  await writeStaffReminder(answered.id, '2026-01-05T04:00:00.000Z');

  expect(await remindersOf(waiting.id)).toHaveLength(2);
  expect(await remindersOf(answered.id)).toEqual([]);
});
