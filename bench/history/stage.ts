/** A filled database beside the site's own, on the same PostgreSQL with the same settings, and a web process that serves it. */
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { closeDatabase, connectDatabase } from '../../db/connect.ts';
import { migrate } from '../../db/migrate.ts';
import { embeddedPasswords } from '../../scripts/start/postgres/passwords.ts';
import type { Browser } from '../../test/attacks/tools/browser.ts';
import { holding } from '../../test/attacks/tools/sign-in.ts';
import { startWeb } from '../../test/attacks/tools/weakened.ts';
import { pidsOf, type Ground } from '../ground.ts';
import type { Pids } from '../processes.ts';
import { fillApplications, type Filled, type Filling, type Holder } from './fill.ts';

export interface Stage {
  filled: Filled;
  /** As web and worker sign in. */
  databaseUrl: string;
  /** Of its web process and of PostgreSQL. */
  pids: Pids;
  /** A browser in which the account's member is signed in. */
  browserOf: (holder: Holder) => Promise<Browser>;
  close: () => Promise<void>;
}

const BUILD = fileURLToPath(new URL('../../build', import.meta.url));

/** Constant, as names can't be bound. */
const DATABASES = {
  small: { drop: 'drop database if exists bench_small with (force)', make: 'create database bench_small owner owner' },
  large: { drop: 'drop database if exists bench_large with (force)', make: 'create database bench_large owner owner' },
};

export type StageName = keyof typeof DATABASES;

/** Makes, migrates and fills the database `bench_<name>`, then serves it. */
export async function openStage(site: Ground, name: StageName, filling: Filling): Promise<Stage> {
  const urlOf = (role: 'postgres' | 'owner' | 'site', database: string): string => {
    const url = new URL(site.urls['migrationDatabase'] ?? '');
    Object.assign(url, { username: role, password: embeddedPasswords(site.dataDir)[role], pathname: `/${database}` });
    return url.href;
  };
  const { drop, make } = DATABASES[name];
  const superuserUrl = urlOf('postgres', 'postgres');
  await run(superuserUrl, [drop, make]);
  const ownerUrl = urlOf('owner', `bench_${name}`);
  await migrate(ownerUrl);
  const filled = await fillApplications(ownerUrl, filling);
  const databaseUrl = urlOf('site', `bench_${name}`);
  const web = await startWeb({ ...site, urls: { ...site.urls, database: databaseUrl } }, BUILD);
  return {
    filled,
    databaseUrl,
    pids: { web: web.pid, ...pidsOf(site, ['postgres']) },
    browserOf: async ({ memberId }) => {
      await useDatabase(databaseUrl);
      return holding(web, { kind: 'member', id: memberId });
    },
    close: async () => {
      await closeDatabase();
      await web.stop();
      await run(superuserUrl, [drop]);
    },
  };
}

/** Lets the stores of this process read another database, by one connection. */
export async function useDatabase(url: string): Promise<void> {
  await closeDatabase();
  connectDatabase(url, 1);
}

async function run(url: string, statements: string[]): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}
