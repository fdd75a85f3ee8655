/** Password hashes of older parameters, and those that came with a migrated customer: made anew at the next right sign-in (S61). */
import { createHmac } from 'node:crypto';
import argon2, { type HashOptions } from 'argon2';
import { describe, expect, it } from 'vitest';
import { rows } from '../../db/raw.ts';
import { signInMember, signInStaff } from '../../db/stores/sign-in.ts';
import { keyRing } from '../../runtime/keys.ts';
import { buildMember, buildStaff, buildVisit } from '../support/build.ts';
import { useStores } from '../support/stores.ts';

useStores();

const PARAMETERS: HashOptions = { type: argon2.argon2id, memoryCost: 19_456, timeCost: 2, parallelism: 1 };
const TODAYS = /^[a-z0-9]{1,16}\$argon2id\$v=19\$m=19456,(?:t=2,p=1|p=1,t=2)\$/;

let lastAddress = 0;
/** Of an address of its own, so that one test's failures don't slow another's down (S56). */
const elsewhere = () => buildVisit({ ip: `198.51.100.${(lastAddress += 1)}` });

/** As this site stored it, with the parameters of that time. */
async function ownHash(password: string, parameters: HashOptions): Promise<string> {
  const { currentId, key } = keyRing('pepper');
  const peppered = createHmac('sha256', key(currentId)).update(password).digest('base64');
  return `${currentId}${await argon2.hash(peppered, parameters)}`;
}

type Table = 'members' | 'staff';

const storeHash = (table: Table, id: string, hash: string) =>
  rows(`update ${table} set password_hash = $2 where id = $1`, [id, hash]);

async function storedHash(table: Table, id: string): Promise<string> {
  const [row] = await rows<{ hash: string }>(`select password_hash as hash from ${table} where id = $1`, [id]);
  return row?.hash ?? '';
}

const older: { what: string; hash: (password: string) => Promise<string> }[] = [
  { what: 'less memory', hash: (password) => ownHash(password, { ...PARAMETERS, memoryCost: 8192 }) },
  { what: 'fewer passes', hash: (password) => ownHash(password, { ...PARAMETERS, memoryCost: 32_768, timeCost: 1 }) },
  { what: 'another kind of argon2', hash: (password) => ownHash(password, { ...PARAMETERS, type: argon2.argon2i }) },
  { what: 'no pepper, from another site', hash: (password) => argon2.hash(password, PARAMETERS) },
];

describe.each(older)('a hash with $what', ({ hash }) => {
  it('is made anew at the right sign-in, and the same password goes on signing in', async () => {
    const member = await buildMember();
    await storeHash('members', member.id, await hash(member.password));

    const first = await signInMember(member, undefined, elsewhere());
    const renewed = await storedHash('members', member.id);
    const second = await signInMember(member, undefined, elsewhere());

    expect([first.ok, second.ok]).toEqual([true, true]);
    expect(renewed).toMatch(TODAYS);
    expect(await storedHash('members', member.id)).toBe(renewed);
  });

  it('stays as it was after a wrong password', async () => {
    const member = await buildMember();
    const stored = await hash(member.password);
    await storeHash('members', member.id, stored);

    const outcome = await signInMember({ ...member, password: 'Wrong-2026' }, undefined, elsewhere());

    expect(outcome).toEqual({ ok: false, reason: 'refused' });
    expect(await storedHash('members', member.id)).toBe(stored);
  });
});

it('before the code it is made anew too, for members and for staff', async () => {
  const member = await buildMember({ mfa: true });
  const staff = await buildStaff();
  await storeHash('members', member.id, await ownHash(member.password, { ...PARAMETERS, memoryCost: 8192 }));
  await storeHash('staff', staff.id, await ownHash(staff.password, { ...PARAMETERS, memoryCost: 8192 }));

  const ofMember = await signInMember(member, undefined, elsewhere());
  const ofStaff = await signInStaff(staff, undefined, elsewhere());

  expect(ofMember).toMatchObject({ ok: true, value: { stage: 'code' } });
  expect(ofStaff).toMatchObject({ ok: true, value: { stage: 'code' } });
  expect(await storedHash('members', member.id)).toMatch(TODAYS);
  expect(await storedHash('staff', staff.id)).toMatch(TODAYS);
});

it('five right sign-ins at once are all let in while it is made anew', async () => {
  const member = await buildMember();
  await storeHash('members', member.id, await ownHash(member.password, { ...PARAMETERS, memoryCost: 8192 }));

  const outcomes = await Promise.all(Array.from({ length: 5 }, () => signInMember(member, undefined, elsewhere())));

  expect(outcomes.map(({ ok }) => ok)).toEqual([true, true, true, true, true]);
  expect(await storedHash('members', member.id)).toMatch(TODAYS);
});

it('today’s hash is left alone', async () => {
  const member = await buildMember();
  const before = await storedHash('members', member.id);

  await signInMember(member, undefined, elsewhere());

  expect(await storedHash('members', member.id)).toBe(before);
});
