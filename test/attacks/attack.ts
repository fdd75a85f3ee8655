/** What a row of the security table is: what it asks, how it is attacked, and the planted weakness that the attack must find. */
import type { Database } from './tools/database.ts';
import type { Fixture } from './tools/fixture.ts';
import type { Histories } from './tools/histories.ts';
import type { MailCatcher } from './tools/mail-catcher.ts';
import type { SiteRoute } from './tools/routes.ts';

/** A web process under attack. */
export interface Target {
  /** The origin it believes in, which every request names unless an attack says otherwise. */
  origin: string;
  port: number;
  pid: number;
  /** The folder with its `server/index.js`. */
  build: string;
  /** What a process started beside the site has said last; undefined for the site's own, whose logs are files. */
  said?: () => string;
}

/** Everything an attack can reach: the web process, and behind it the same database, mails and histories for all targets. */
export interface World {
  target: Target;
  /** The origin of the site itself: what its worker writes into mails, whichever web process is under attack. */
  siteOrigin: string;
  database: Database;
  mail: MailCatcher;
  histories: Histories;
  fixture: Fixture;
  routes: readonly SiteRoute[];
  chromiumPath: string;
  dataDir: string;
  /** Starts a web process of the same build, weaknesses included, with other settings; it ends with the run. */
  startWeb: (settings: WebSettings) => Promise<Target>;
}

export interface WebSettings {
  publicOrigin?: string;
  /** How far the process believes the time to be ahead. */
  clockAheadHours?: number;
  passwordPolicy?: 'seed' | 'modern';
}

/** How often: enough to find a planted weakness, at each run of the tests, or the table's own figures. */
export type Scale = 'planted' | 'ci' | 'full';

/** The count of a scale. */
export const times = (scale: Scale, counts: Record<Scale, number>): number => counts[scale];

export interface Measured {
  /** What broke the requirement, a line each; empty when it held. */
  found: string[];
  /** The figures, for the table. */
  said: string;
}

export interface Mutation {
  file: 'server/index.js' | 'worker.js';
  /** Must be in the file, or the plant is out of date. Every occurrence is replaced. */
  find: string | RegExp;
  replace: string;
}

export interface Plant {
  /** The weakness in words. */
  what: string;
  /** Weaknesses of one name share a process; those that would hide others have one of their own. */
  process: string;
  mutations: Mutation[];
  /** A line of `found` by which this weakness, and no other, shows. */
  shows: RegExp;
}

export interface Row {
  /** As in the security table, `S06`. */
  id: string;
  /** The requirement in short. */
  requires: string;
  /** The figure that is asked for at full counts. */
  asked: string;
  attack: (world: World, scale: Scale) => Promise<Measured>;
  plants: Plant[];
  /** What of the row waits for parts of the site that don't exist yet. */
  notCovered?: string;
}
