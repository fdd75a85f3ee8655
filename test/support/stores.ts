/** The stores of one test file, on a database of its own. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { closeDatabase, connectDatabase } from '../../db/connect.ts';
import { freshDatabase, type FreshDatabase } from './database.ts';

/** Enough for the races of the tests to be races. */
const CONNECTIONS = 20;

/** Call it at the top of a test file; `database()` is for what the site itself may not do. */
export function useStores(): { database: () => FreshDatabase } {
  let fresh: FreshDatabase | undefined;
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'site-test-'));
    fresh = await freshDatabase();
    process.env['DATA_DIR'] = folder;
    process.env['DATABASE_URL'] = fresh.url;
    connectDatabase(fresh.url, CONNECTIONS);
  });
  afterAll(async () => {
    await closeDatabase();
    await fresh?.drop();
    await rm(folder, { recursive: true, force: true });
  });
  return {
    database: () => {
      if (fresh === undefined) throw new Error('the database comes with beforeAll');
      return fresh;
    },
  };
}
