/** A database of its own for one test file: a clone of the migrated template, in some 50 ms. */
import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';
import { databaseUrl, TEMPLATE } from './test-database.ts';

export interface FreshDatabase {
  /** As web and worker sign in. */
  url: string;
  /** As the migrations do: for what the site may not do itself. */
  ownerUrl: string;
  drop: () => Promise<void>;
}

/** Clones the template. Call it in beforeAll and `drop` in afterAll. */
export async function freshDatabase(): Promise<FreshDatabase> {
  const { port } = inject('database');
  const name = `test_${randomBytes(6).toString('hex')}`;
  await asSuperuser('create database %I template %I owner owner strategy wal_log', [name, TEMPLATE]);
  return {
    url: databaseUrl('site', port, name),
    ownerUrl: databaseUrl('owner', port, name),
    drop: () => asSuperuser('drop database %I with (force)', [name]),
  };
}

async function asSuperuser(text: string, values: string[]): Promise<void> {
  const client = new pg.Client({ connectionString: inject('database').superuserUrl });
  await client.connect();
  try {
    const { rows } = await client.query<{ statement: string }>('select format($1, variadic $2::text[]) as statement', [
      text,
      values,
    ]);
    // Two test files may clone at the same moment; a template with a connection on it can't be cloned, ours never has one.
    for (const { statement } of rows) await client.query(statement);
  } finally {
    await client.end();
  }
}
