/** The operator's way into /staff of a new site: `npm run staff:create`. */
import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { rows } from '../../db/raw.ts';
import { signInStaff } from '../../db/stores/sign-in.ts';
import { createStaff, type NewStaff } from '../../db/stores/staff.ts';
import { buildVisit } from '../support/build.ts';
import { mailAddress } from '../support/mail-address.ts';
import { useStores } from '../support/stores.ts';

useStores();

const newStaff = (typed = `staff-${randomUUID().slice(0, 8)}@example.jp`): NewStaff => ({
  address: mailAddress(typed),
  name: 'テストスタッフ1',
  role: 'administrator',
  password: 'Atarashi-27',
});

const staffWith = (canonical: string) =>
  rows<{ id: string }>(`select id from staff where address_canonical = $1 and deleted_at is null`, [canonical]);

it('a staff person who was added signs in with that password, up to the code; one line of audit names the operator', async () => {
  const staff = newStaff();

  const outcome = await createStaff(staff);
  const signedIn = await signInStaff(
    { address: staff.address.entered, password: staff.password },
    undefined,
    buildVisit(),
  );

  if (!outcome.ok) throw new Error('the staff person was refused');
  expect(signedIn).toMatchObject({ ok: true, value: { stage: 'code' } });
  expect(
    await rows(`select event, actor_kind as actor, detail from audit where subject_id = $1`, [outcome.value.id]),
  ).toEqual([{ event: 'staff-created', actor: 'operator', detail: { role: 'administrator' } }]);
});

it('an address is taken in any spelling, also when many ask at once', async () => {
  const staff = newStaff();
  const spellings = [staff.address.entered, staff.address.entered.toUpperCase(), ` ${staff.address.entered}`];

  const outcomes = await Promise.all(
    Array.from({ length: 9 }, (_, n) => createStaff(newStaff(spellings[n % spellings.length]))),
  );

  expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
  expect(outcomes.filter(({ ok }) => !ok)).toEqual(Array(8).fill({ ok: false, reason: 'address-taken' }));
  expect(await staffWith(staff.address.canonical)).toHaveLength(1);
});

it('the address of a deleted staff person is free again', async () => {
  const staff = newStaff();
  await createStaff(staff);
  await rows(`update staff set deleted_at = now() where address_canonical = $1`, [staff.address.canonical]);

  expect((await createStaff(staff)).ok).toBe(true);
  expect(await staffWith(staff.address.canonical)).toHaveLength(1);
});
