/** An import that runs as long as a page is looked at: its lock is held by a connection of its own. */
import pg from 'pg';
import { inject } from 'vitest';
import type { Opening } from './page-state.ts';

export async function whileAnImportRuns(opening: Opening): Promise<Opening> {
  const other = new pg.Client({ connectionString: inject('site').urls['migrationDatabase'] });
  await other.connect();
  await other.query(`select pg_advisory_lock(hashtext('customer-import'))`);
  return { ...opening, afterwards: () => other.end() };
}
