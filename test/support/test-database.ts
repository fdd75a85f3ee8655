import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrate } from '../../db/migrate.ts';
import { provision } from '../../db/provision.ts';
import { freePort } from '../../scripts/start/ports.ts';
import { prepareCluster, serverCommand } from '../../scripts/start/postgres/cluster.ts';
import { waitFor } from '../../scripts/start/wait.ts';

export interface TestDatabase {
  port: number;
  superuserUrl: string;
  stop: () => Promise<void>;
}

/** Only reachable from this machine, and gone after the run. */
export const TEST_PASSWORDS = { postgres: 'postgres', owner: 'owner', site: 'site' };

/** The database of provision() after the migrations: what is cloned. */
export const TEMPLATE = 'site';

/** What a crash would lose is thrown away anyhow: without waiting for the disk, tests are several times faster. */
const CARELESS = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off', 'max_connections=300'];

/** Runs a command until its standard input ends, which it does however this process ends: no run leaves a server behind. */
const WHILE_WE_LIVE = '"$@" < /dev/null & server=$!; cat > /dev/null; kill -QUIT $server; wait $server';

export async function startTestDatabase(): Promise<TestDatabase> {
  const folder = await mkdtemp(join(tmpdir(), 'site-test-postgres-'));
  await chmod(folder, 0o755);
  const cluster = join(folder, 'data');
  await prepareCluster(cluster, TEST_PASSWORDS.postgres);
  const port = await freePort();
  const { command, args, ...options } = await serverCommand(cluster, port, CARELESS);
  const server = spawn('sh', ['-c', WHILE_WE_LIVE, 'sh', command, ...args], {
    ...options,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  const ended = once(server, 'exit');
  const superuserUrl = databaseUrl('postgres', port, 'postgres');
  await waitFor(() => provision(superuserUrl, TEST_PASSWORDS), { withinMs: 30_000 });
  await migrate(databaseUrl('owner', port, TEMPLATE));
  return {
    port,
    superuserUrl,
    stop: async () => {
      server.stdin.end();
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

export function databaseUrl(role: keyof typeof TEST_PASSWORDS, port: number, database: string): string {
  return `postgres://${role}:${TEST_PASSWORDS[role]}@127.0.0.1:${port}/${database}`;
}
