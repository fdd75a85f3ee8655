/** The parts of the site: how each is started, when it counts as ready, how it is stopped. */
import { join } from 'node:path';
import { provision } from '../../db/provision.ts';
import type { Plan } from './plan.ts';
import { clearStaleLock, serverCommand } from './postgres/cluster.ts';
import type { Part } from './supervisor.ts';
import { temporalCommand, temporalReady } from './temporal.ts';
import { expectOk } from './wait.ts';

/** In the order of starting: what stands first is needed by what follows, and stops last. */
export const PART_ORDER = ['postgres', 'mail', 'temporal', 'worker', 'web'] as const;

const TSX = ['--import', 'tsx'];

/** PostgreSQL, with its roles and the empty database. */
export async function postgresPart(plan: Plan, own: NonNullable<Plan['postgres']>): Promise<Part> {
  const directory = join(plan.dataDir, 'postgres');
  return {
    name: 'postgres',
    ...(await serverCommand(directory, own.port)),
    prepare: () => clearStaleLock(directory),
    ready: () => provision(own.superuserUrl, own.passwords),
    readyWithinMs: 60_000,
    // SIGTERM would wait for every client to leave by itself; SIGINT is the fast shutdown.
    stopSignal: 'SIGINT',
    graceMs: 20_000,
  };
}

export function temporalPart(plan: Plan, own: NonNullable<Plan['temporal']>, cli: string): Part {
  const server = { cli, databaseFile: join(plan.dataDir, 'temporal.db'), ...own };
  return {
    name: 'temporal',
    ...temporalCommand(server),
    ready: () => temporalReady(server),
    readyWithinMs: 60_000,
    stopSignal: 'SIGTERM',
    graceMs: 10_000,
  };
}

export function mailPart(root: string, plan: Plan, own: NonNullable<Plan['mail']>): Part {
  return {
    name: 'mail',
    command: process.execPath,
    args: [...TSX, join(root, 'scripts', 'mail-catcher.ts')],
    cwd: root,
    env: {
      ...process.env,
      DATA_DIR: plan.dataDir,
      MAIL_SMTP_PORT: String(own.smtpPort),
      MAIL_UI_PORT: String(own.uiPort),
    },
    ready: () => expectOk(`http://127.0.0.1:${own.uiPort}/api/messages`),
    readyWithinMs: 30_000,
    stopSignal: 'SIGTERM',
    graceMs: 3000,
  };
}

const WATCH = [join('node_modules', 'tsx', 'dist', 'cli.mjs'), 'watch', '--clear-screen=false'];

/**
 * Started again when a file that the process imported changes, or one of those that are named here: workflows are bundled, and the
 * server before the pages is loaded by Vite, which by itself reloads only pages.
 */
const FROM_SOURCES = {
  worker: [...WATCH, '--include', 'workflows/**/*', 'worker/main.ts'],
  web: [...WATCH, '--include', 'app/server/**/*', '--include', 'app/entry.server.tsx', 'app/main.ts'],
};

/** `worker` or `web`: both count as ready once the site says so of all its parts. */
export function sitePart(name: 'worker' | 'web', root: string, plan: Plan, watch: boolean): Part {
  const built = ['--enable-source-maps', join(root, 'build', `${name}.js`)];
  const host = ['0.0.0.0', '::'].includes(plan.web.host) ? '127.0.0.1' : plan.web.host;
  return {
    name,
    command: process.execPath,
    args: watch ? FROM_SOURCES[name] : built,
    cwd: root,
    env: siteEnvironment(plan, watch),
    ready: () => expectOk(`http://${host}:${plan.web.port}/readyz`),
    readyWithinMs: 60_000,
    stopSignal: 'SIGTERM',
    // The worker lets running activities end for 20 s and gives the rest back by 30 s.
    graceMs: name === 'worker' ? 35_000 : 20_000,
  };
}

/** What worker, web and the one-off scripts are told: every address and port as settled. */
export function siteEnvironment(plan: Plan, watch = false): NodeJS.ProcessEnv {
  return {
    // Hashing a password takes a thread of the pool; the default of 4 would let sign-ins hold up file and name look-ups.
    UV_THREADPOOL_SIZE: '8',
    ...process.env,
    NODE_ENV: watch ? 'development' : 'production',
    WATCH: watch ? '1' : '0',
    DATA_DIR: plan.dataDir,
    HOST: plan.web.host,
    PORT: String(plan.web.port),
    PUBLIC_ORIGIN: plan.origin,
    DATABASE_URL: plan.databaseUrl,
    TEMPORAL_ADDRESS: plan.temporalAddress,
    SMTP_URL: plan.smtpUrl,
  };
}
