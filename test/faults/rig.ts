/** A site to break: started once for many faults, with everything that looks at it. */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Client, Connection } from '@temporalio/client';
import { closeDatabase, connectDatabase } from '../../db/connect.ts';
import { Database } from '../attacks/tools/database.ts';
import { MailCatcher } from '../attacks/tools/mail-catcher.ts';
import { buildMember, buildProduct, type BuiltMember } from '../support/build.ts';
import { startSite, type Site } from '../support/site.ts';
import { Clocks } from '../support/wrong-clock.ts';
import { compareOpenFlows } from './checker/flows.ts';
import { createChecker } from './checker.ts';
import type { Ask, Evidence, Violation } from './checker/evidence.ts';
import { Clients } from './clients.ts';
import { CrashPoints, crashPoints } from './crashing.ts';

export interface Rig {
  site: Site;
  /** Where its web process answers. */
  target: { origin: string; port: number };
  database: Database;
  mail: MailCatcher;
  temporal: Client;
  evidence: Evidence;
  clients: Clients;
  crash: CrashPoints;
  /** Of the web and the worker process; PostgreSQL, Temporal and this process go right. */
  clocks: Clocks;
  /** A code of the catalogue. */
  product: string;
  /** A member nobody else uses: throttles count each apart. */
  member: (wish?: { mfa?: boolean }) => Promise<BuiltMember>;
  /** Waits until all that was begun has gone on: rows, flows, /readyz. @returns milliseconds since `from` @throws Error after `withinMs` */
  goneOn: (from: number, withinMs?: number) => Promise<number>;
  /** What the last goneOn waited for, step by step. */
  waitedFor: string[];
  /** What the invariant checker finds and had not found before: one broken row is one failed run, not all that follow. */
  check: () => Promise<Violation[]>;
  /** Writes a nonce into the database and reads it back from the site's first page: nobody talks to a stale server. */
  proveFresh: () => Promise<void>;
  stop: () => Promise<void>;
}

/** Codes that end within a run; everything else as in life. */
const LIMITS = { codeLifetimeSeconds: 30, codeMailsPerHour: 1000, submissionsPerMinute: 1000 };

const BUNDLE = fileURLToPath(new URL('../../build/workflow-bundle.js', import.meta.url));

export async function startRig(): Promise<Rig> {
  const flags = mkdtempSync(join(tmpdir(), 'site-test-crash-'));
  const crash = new CrashPoints(flags);
  const clocks = new Clocks(join(flags, 'clocks'));
  const site = await startSite({
    env: {
      TRUSTED_PROXIES: '127.0.0.1',
      LIMITS: JSON.stringify(LIMITS),
      CRASH: crashPoints.join(','),
      CRASH_FLAG_DIR: flags,
      NODE_OPTIONS: clocks.nodeOptions,
    },
  });
  // The builders hash passwords with the site's own pepper and write into its database.
  process.env['DATA_DIR'] = site.dataDir;
  connectDatabase(site.urls['database']);
  const database = new Database(site.urls['database'] ?? '');
  const mail = new MailCatcher(site.urls['mail'] ?? '');
  const connection = Connection.lazy({ address: site.urls['temporal'] ?? '' });
  const temporal = new Client({ connection });
  const ask: Ask = (sql, values = []) => database.rows(sql, values);
  const { since } = await database.row<{ since: Date }>('select now() as since');
  const evidence: Evidence = {
    ask,
    mails: () => mail.mails(),
    temporal,
    logDir: join(site.dataDir, 'logs'),
    bundlePath: BUNDLE,
    since,
  };
  const { code: product } = await buildProduct();
  const clients = new Clients(site.urls['web'] ?? '', product);
  const checker = createChecker(evidence);
  const known = new Set<string>();
  const rig: Rig = {
    site,
    target: { origin: site.urls['web'] ?? '', port: site.ports['web'] ?? 0 },
    database,
    mail,
    temporal,
    evidence,
    clients,
    crash,
    clocks,
    product,
    member: (wish = {}) => buildMember(wish),
    goneOn: (from, withinMs = 90_000) => goneOn(rig, from, withinMs),
    waitedFor: [],
    check: async () => {
      const fresh = (await checker.check(clients.seen)).filter(({ what }) => !known.has(what));
      for (const { what } of fresh) known.add(what);
      clients.seen.answers = [];
      clients.seen.passwordChanges = [];
      clients.seen.crashesAfterData = 0;
      return fresh;
    },
    proveFresh: () => proveFresh(rig),
    stop: async () => {
      await database.close();
      await closeDatabase();
      await connection.close();
      await site.stop();
      rmSync(flags, { recursive: true, force: true });
    },
  };
  await untilItRests(rig);
  return rig;
}

/** The demo data's flows remind staff as they begin: a check in the middle of that would see letters whose mails it has not read. */
async function untilItRests(rig: Rig): Promise<void> {
  for (let before = -1; ;) {
    await rig.goneOn(Date.now());
    const { n } = await rig.database.row<{ n: number }>('select count(*)::int as n from letters');
    if (n === before) return;
    before = n;
    await sleep(3000);
  }
}

const WORK_LEFT = `select ((select count(*) from outbox where delivered_at is null) + (select count(*) from letters where state = 'pending')
    + (select count(*) from commands where state = 'open') + (select count(*) from applications where intake = 'received'))::int as n`;

async function goneOn(rig: Rig, from: number, withinMs: number): Promise<number> {
  rig.waitedFor = [];
  for (;;) {
    const why = await workLeft(rig).catch((error: unknown) => String(error));
    const ms = Date.now() - from;
    if (why === '') return ms;
    // What held it up, should it be late: a line for each change.
    if (!(rig.waitedFor.at(-1)?.endsWith(why) ?? false)) rig.waitedFor.push(`${(ms / 1000).toFixed(1)} s: ${why}`);
    if (ms > withinMs) throw new Error(`not gone on: ${rig.waitedFor.join('\n')}\n${rig.site.output()}`);
    await sleep(100);
  }
}

/** What still has to go on; '' for nothing. @throws Error while database, web or Temporal don't answer */
async function workLeft({ database, site, evidence, temporal }: Rig): Promise<string> {
  const [{ n } = { n: -1 }] = await database.rows<{ n: number }>(WORK_LEFT);
  if (n !== 0) return `${n} rows wait`;
  const ready = await fetch(`${site.urls['web'] ?? ''}/readyz`, { signal: AbortSignal.timeout(5000) });
  if (ready.status !== 200) return `/readyz says ${ready.status}`;
  return (await compareOpenFlows(evidence.ask, temporal)).map(({ what }) => what).join('; ');
}

async function proveFresh({ database, site }: Rig): Promise<void> {
  const nonce = randomUUID();
  await database.rows(`insert into notices (title, body, published_at) values ($1, '', now())`, [nonce]);
  const page = await fetch(site.urls['web'] ?? '', { redirect: 'manual' });
  await database.rows('delete from notices where title = $1', [nonce]);
  if (!(await page.text()).includes(nonce)) throw new Error('the page was drawn from another database');
}
