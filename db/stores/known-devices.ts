/**
 * Browsers in which somebody has signed in completely. Their failures are counted apart, so that whoever fails elsewhere, however often, never
 * keeps them waiting (S55, S07). The cookie holds a random id and opens nothing; its digest is stored for each person.
 */
import { limits } from '../../runtime/limits.ts';
import type { Tx } from '../connect.ts';
import { firstRow, rows } from '../raw.ts';
import { digestOf } from './secrets.ts';
import { forgetFailures, throttleKey } from './throttle.ts';
import type { Visit } from './visit.ts';

/** What a person's known device is counted by. */
const deviceKey = (personId: string, digest: Buffer): Buffer =>
  throttleKey('device', personId, digest.toString('base64url'));

/** The sign-in was completed, or the mailbox proved by a reset: from now on this browser is known, for as long as it comes back. */
export async function rememberDevice(tx: Tx, personId: string, visit: Visit): Promise<void> {
  await rows(
    `insert into known_devices (person_id, digest) values ($1, $2)
     on conflict (person_id, digest) do update set seen_at = now()`,
    [personId, digestOf(visit.device)],
    tx,
  );
}

/** The digest of this browser's device where the person knows it, else null. */
export async function knownDevice(tx: Tx, personId: string, visit: Visit): Promise<Buffer | null> {
  const row = await firstRow<{ digest: Buffer }>(
    `select digest from known_devices where person_id = $1 and digest = $2 and seen_at > now() - make_interval(days => $3)`,
    [personId, digestOf(visit.device), limits().deviceDays],
    tx,
  );
  return row?.digest ?? null;
}

/** What the failures of a typed pair are counted by when it comes from a known device of that member; undefined from any other. */
export async function memberDeviceKey(loginId: string, address: string, visit: Visit): Promise<Buffer | undefined> {
  const digest = digestOf(visit.device);
  const row = await firstRow<{ id: string }>(
    `select member.id from known_devices device join members member on member.id = device.person_id
       join accounts account on account.id = member.account_id
     where device.digest = $1 and device.seen_at > now() - make_interval(days => $2)
       and account.login_id = $3 and member.address_canonical = $4 and member.deleted_at is null`,
    [digest, limits().deviceDays, loginId, address],
  );
  return row === undefined ? undefined : deviceKey(row.id, digest);
}

/** Like {@link memberDeviceKey}, for staff. */
export async function staffDeviceKey(address: string, visit: Visit): Promise<Buffer | undefined> {
  const digest = digestOf(visit.device);
  const row = await firstRow<{ id: string }>(
    `select person.id from known_devices device join staff person on person.id = device.person_id
     where device.digest = $1 and device.seen_at > now() - make_interval(days => $2)
       and person.address_canonical = $3 and person.deleted_at is null`,
    [digest, limits().deviceDays, address],
  );
  return row === undefined ? undefined : deviceKey(row.id, digest);
}

/** What the known devices of these people are counted by. */
export async function deviceKeysOf(
  personIds: readonly string[],
  tx?: Tx,
): Promise<{ personId: string; key: Buffer }[]> {
  const known = await rows<{ personId: string; digest: Buffer }>(
    `select person_id as "personId", digest from known_devices where person_id = any($1::uuid[])`,
    [personIds],
    tx,
  );
  return known.map(({ personId, digest }) => ({ personId, key: deviceKey(personId, digest) }));
}

/** A reset was completed, or staff ended the waits: those of all known devices are over too (S54). */
export async function forgetDeviceFailures(tx: Tx, personId: string): Promise<void> {
  for (const { key } of await deviceKeysOf([personId], tx)) await forgetFailures(tx, key);
}

/** No browser is known any more: a sign-in was reported as somebody else's, or the member was deleted. */
export async function forgetDevices(tx: Tx, personId: string): Promise<void> {
  await forgetDeviceFailures(tx, personId);
  await rows(`delete from known_devices where person_id = $1`, [personId], tx);
}
