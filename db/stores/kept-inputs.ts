/** What was typed into a form whose session had ended: sealed, 30 minutes, given back only to the same member (S30). */
import { limits } from '../../runtime/limits.ts';
import type { Tx } from '../connect.ts';
import { firstRow, rows } from '../raw.ts';
import { seal, unseal } from './secrets.ts';

/**
 * Keeps the fields of a form posted to `path`; the caller has taken the secrets out. Nothing of a deleted member: the lock makes a
 * deletion at the same moment come before or after.
 */
export async function keepInput(memberId: string, path: string, fields: [string, string][]): Promise<void> {
  await rows(
    `with living as (select id from members where id = $1 and deleted_at is null for share)
     insert into kept_inputs (id, member_id, path, sealed, expires_at)
     select gen_random_uuid(), id, $2, $3, now() + make_interval(secs => $4) from living
     on conflict (member_id, path) do update set sealed = excluded.sealed, created_at = now(), expires_at = excluded.expires_at`,
    [memberId, path, seal(JSON.stringify(fields)), limits().keptInputSeconds],
  );
}

/** The fields kept for this member and path, or undefined. They stay until their time is over, so that a reload shows them again. */
export async function readKeptInput(memberId: string, path: string): Promise<[string, string][] | undefined> {
  const row = await firstRow<{ sealed: Buffer }>(
    `select sealed from kept_inputs where member_id = $1 and path = $2 and expires_at > now()`,
    [memberId, path],
  );
  return row === undefined ? undefined : (JSON.parse(unseal(row.sealed)) as [string, string][]);
}

/** The form was sent: what was kept for it is not needed any more. */
export async function dropKeptInput(memberId: string, path: string): Promise<void> {
  await rows(`delete from kept_inputs where member_id = $1 and path = $2`, [memberId, path]);
}

/** The member is deleted: nothing that was typed stays. */
export async function forgetKeptInputs(tx: Tx, memberId: string): Promise<void> {
  await rows(`delete from kept_inputs where member_id = $1`, [memberId], tx);
}
