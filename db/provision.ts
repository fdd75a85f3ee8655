/** The roles and the empty database that a fresh PostgreSQL needs before the first migration. Safe to run again. */
import pg from 'pg';

export interface RolePasswords {
  /** Owns the database; runs migrations and nothing else. */
  owner: string;
  /** What web and worker sign in as: a member of `site_app`, which the migrations grant what it needs. */
  site: string;
}

/** Makes what is missing. @param superuserUrl of the database `postgres`. @throws when PostgreSQL doesn't accept connections yet */
export async function provision(superuserUrl: string, passwords: RolePasswords): Promise<void> {
  const client = new pg.Client({ connectionString: superuserUrl, connectionTimeoutMillis: 2000 });
  try {
    await client.connect();
    await makeRole(client, 'site_app');
    await makeLogin(client, 'owner', passwords.owner);
    await makeLogin(client, 'site', passwords.site);
    await client.query('grant site_app to site');
    const { rowCount } = await client.query("select from pg_database where datname = 'site'");
    if (rowCount === 0) await client.query('create database site owner owner');
  } finally {
    await client.end();
  }
}

async function makeRole(client: pg.Client, name: string): Promise<void> {
  const { rowCount } = await client.query('select from pg_roles where rolname = $1', [name]);
  if (rowCount === 0) await runFormatted(client, 'create role %I nologin', [name]);
}

async function makeLogin(client: pg.Client, name: string, password: string): Promise<void> {
  await makeRole(client, name);
  await runFormatted(client, 'alter role %I login password %L', [name, password]);
}

/** Roles and passwords can't be bound: PostgreSQL's own format() quotes them. */
async function runFormatted(client: pg.Client, text: string, values: string[]): Promise<void> {
  const { rows } = await client.query<{ statement: string }>('select format($1, variadic $2::text[]) as statement', [
    text,
    values,
  ]);
  const [row] = rows;
  if (row !== undefined) await client.query(row.statement);
}
