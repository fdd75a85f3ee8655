/** What is kept for a while only goes when its time is over, and not before. */
import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { inTransaction } from '../../db/connect.ts';
import { rows } from '../../db/raw.ts';
import { keepImport, readImport } from '../../db/stores/customer-imports.ts';
import { keepInput, readKeptInput } from '../../db/stores/kept-inputs.ts';
import { memberDeviceKey, rememberDevice } from '../../db/stores/known-devices.ts';
import { purgeWhatIsOver } from '../../db/stores/purge.ts';
import { startPurger } from '../../worker/purger.ts';
import { buildMember, buildStaff, buildStaffSession, buildVisit } from '../support/build.ts';
import { useStores } from '../support/stores.ts';

useStores();

const NOTHING = { devices: 0, inputs: 0, files: 0 };

/** A member with a browser that was seen last so many days ago. */
async function seenAgo(days: number) {
  const member = await buildMember();
  const visit = buildVisit();
  await inTransaction((tx) => rememberDevice(tx, member.id, visit));
  await rows(`update known_devices set seen_at = now() - make_interval(days => $2) where person_id = $1`, [
    member.id,
    days,
  ]);
  return { isKnown: async () => (await memberDeviceKey(member.loginId, member.address, visit)) !== undefined, member };
}

const devicesOf = (memberId: string) => rows(`select from known_devices where person_id = $1`, [memberId]);

it('a browser is forgotten after 180 days without a sign-in', async () => {
  await purgeWhatIsOver();
  const [young, old] = [await seenAgo(179), await seenAgo(181)];

  expect(await purgeWhatIsOver()).toEqual({ ...NOTHING, devices: 1 });

  expect(await young.isKnown()).toBe(true);
  expect(await devicesOf(young.member.id)).toHaveLength(1);
  expect(await devicesOf(old.member.id)).toEqual([]);
});

it('what was typed when a session had ended is taken away after its 30 minutes', async () => {
  await purgeWhatIsOver();
  const [member, late] = [await buildMember(), await buildMember()];
  await keepInput(member.id, '/account', [['userName', 'テスト担当者9']]);
  await keepInput(late.id, '/account', [['userName', 'テスト担当者9']]);
  await rows(`update kept_inputs set expires_at = now() where member_id = $1`, [late.id]);

  expect(await purgeWhatIsOver()).toEqual({ ...NOTHING, inputs: 1 });

  expect(await readKeptInput(member.id, '/account')).toEqual([['userName', 'テスト担当者9']]);
  expect(await rows(`select from kept_inputs where member_id = $1`, [late.id])).toEqual([]);
});

it('an uploaded file is taken away after its day; that it was uploaded stays', async () => {
  await purgeWhatIsOver();
  const { session } = await buildStaffSession(await buildStaff({ role: 'administrator' }));
  const [kept, late] = [
    await keepImport(session, { name: 'kept.csv', bytes: Buffer.from('kept') }, buildVisit()),
    await keepImport(session, { name: 'late.csv', bytes: Buffer.from('late') }, buildVisit()),
  ];
  await rows(`update customer_imports set expires_at = now() where id = $1`, [late]);

  expect(await purgeWhatIsOver()).toEqual({ ...NOTHING, files: 1 });

  expect((await readImport(kept))?.bytes).toEqual(Buffer.from('kept'));
  expect(await rows(`select file_name as name, sealed from customer_imports where id = $1`, [late])).toEqual([
    { name: 'late.csv', sealed: null },
  ]);
});

it('a heap goes in pieces', async () => {
  await purgeWhatIsOver();
  const { id } = await buildMember();
  await rows(
    `insert into known_devices (person_id, digest, seen_at)
     select $1, convert_to(n::text, 'UTF8'), now() - interval '1 year' from generate_series(1, 2500) n`,
    [id],
  );

  const both = await Promise.all([purgeWhatIsOver(), purgeWhatIsOver()]);

  expect(both.reduce((sum, { devices }) => sum + devices, 0)).toBe(2500);
  expect(await devicesOf(id)).toEqual([]);
});

it('the worker purges when it starts, and ends in order', async () => {
  const member = await buildMember();
  await keepInput(member.id, `/${randomUUID()}`, []);
  await rows(`update kept_inputs set expires_at = now() where member_id = $1`, [member.id]);

  const purger = startPurger();
  await expect.poll(() => rows(`select from kept_inputs where member_id = $1`, [member.id])).toEqual([]);

  await purger.stop();
});
