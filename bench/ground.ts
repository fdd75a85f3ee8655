/**
 * The site under measure: `npm start`'s own parts from the production build, on free ports. Each measure of `npm run bench` gets a fresh one,
 * so that none is measured on what another left; the CI run lends its site to all.
 */
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { closeDatabase, connectDatabase } from '../db/connect.ts';
import { readRun } from '../scripts/start/run-file.ts';
import { startSite, type PartName, type Site } from '../test/support/site.ts';
import type { Pids } from './processes.ts';

export type Ground = Pick<Site, 'dataDir' | 'urls' | 'ports'>;

let lent: Ground | undefined;
let own: Site | undefined;

/** The running site, started by the first who asks. The stores of this process are its own: same database, same keys. */
export async function ground(): Promise<Ground> {
  const site = lent ?? (own ??= await startBenchSite());
  useStoresOf(site);
  return site;
}

/** Measures on a site that runs already. */
export function lendGround(site: Ground): void {
  lent = site;
}

/**
 * A site whose callers come from many addresses, as behind a proxy that is trusted. Its limits are those of life: who measures has as many
 * members and addresses as that takes.
 */
export function startBenchSite(wish: Parameters<typeof startSite>[0] = {}): Promise<Site> {
  return startSite({ ...wish, env: { ...keysOfThisProcess(), TRUSTED_PROXIES: '127.0.0.1', ...wish.env } });
}

/** Ends what was started here. */
export async function leaveGround(): Promise<void> {
  await closeDatabase();
  const site = own;
  own = undefined;
  await site?.stop();
}

/** Builders and stores write into this site's database, with its keys. */
export function useStoresOf({ urls }: Ground): void {
  keysOfThisProcess();
  connectDatabase(urls['database']);
}

type Keys = Record<'SESSION_KEYS' | 'SECRET_KEYS' | 'PEPPER_KEYS', string>;

let keys: Keys | undefined;

/** A process reads its keys once: the same for every site that it brings up, or those of the one that it was lent. */
function keysOfThisProcess(): Keys {
  keys ??= lent === undefined ? freshKeys() : keysOf(lent);
  Object.assign(process.env, keys);
  return keys;
}

function freshKeys(): Keys {
  const make = () => `k1:${randomBytes(32).toString('base64')}`;
  return { SESSION_KEYS: make(), SECRET_KEYS: make(), PEPPER_KEYS: make() };
}

function keysOf({ dataDir }: Ground): Keys {
  const text = readFileSync(join(dataDir, 'keys.json'), 'utf8');
  const { session, secret, pepper } = JSON.parse(text) as Record<'session' | 'secret' | 'pepper', string>;
  return { SESSION_KEYS: session, SECRET_KEYS: secret, PEPPER_KEYS: pepper };
}

/** The pids of a site's parts. @throws Error while one of them is down */
export function pidsOf({ dataDir }: Ground, parts: readonly PartName[] = PARTS): Pids {
  const running = readRun(join(dataDir, 'run.json'))?.parts ?? {};
  return Object.fromEntries(
    parts.map((part) => {
      const pid = running[part]?.pid;
      if (pid === undefined) throw new Error(`${part} is down`);
      return [part, pid];
    }),
  );
}

const PARTS: readonly PartName[] = ['web', 'worker', 'postgres', 'temporal', 'mail'];
