/** An import plans first and inserts then: no customer may appear in between. Nobody waits for the lock; who doesn't get it is told. */
import type { Tx } from '../connect.ts';
import { firstRow } from '../raw.ts';

/** For the import itself: alone until the transaction ends. @returns false where another one runs, or a customer is being registered */
export async function lockImports(tx: Tx): Promise<boolean> {
  const row = await firstRow<{ mine: boolean }>(
    `select pg_try_advisory_xact_lock(hashtext('customer-import')) as mine`,
    [],
    tx,
  );
  return row?.mine === true;
}

/** For whoever registers a single customer; any number may at once. @returns false where an import runs */
export async function noImportRuns(tx: Tx): Promise<boolean> {
  const row = await firstRow<{ ours: boolean }>(
    `select pg_try_advisory_xact_lock_shared(hashtext('customer-import')) as ours`,
    [],
    tx,
  );
  return row?.ours === true;
}
