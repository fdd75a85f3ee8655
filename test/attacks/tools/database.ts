/** The site's database as its owner sees it: what was really written, and what a thief of a dump would read. */
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';

/** A row as JSON text; bytea stands in it as `\x…`. */
export interface DumpedRow {
  table: string;
  text: string;
}

/** Every row, as a bag for each table. */
export type Fingerprint = ReadonlyMap<string, readonly string[]>;

/** That somebody was denied, and that the trail was sealed meanwhile: neither is a change of what the site keeps (S70). */
const TRAIL = [/^audit: .*"event": "access-denied"/, /^audit_seals: /];

/** Seeing a page moves these on, and nothing else does (S32). */
const MOVED_BY_LOOKING = ['last_seen_at', 'idle_ends_at'];

/** Goes on whatever anybody asks. */
const WRITTEN_UNASKED = [
  // The worker's sign of life.
  /^worker_beats\b/,
  // Counters an hour after their window, kept inputs at each hour and at each start of a worker.
  /^(rate_limits|kept_inputs) without /,
  // What earlier rows have left open comes to its end by the clock: a code after 10 minutes, a reset after an hour, with letter and link.
  /^(challenges|procedures): .*"state": "expired"/,
  /^audit: .*"event": "(code|procedure)-expired"/,
  /^letters: .*"state": "lapsed"/,
  // By a person it is told from its procedure, which is then cancelled or replaced.
  /^links: .*"state": "cancelled"/,
];

/** What a row is known by, as long as it is there. */
const idIn = (text: string): string | undefined => /"id": ("[^"]+"|\d+)/.exec(text)?.[1];

export class Database {
  readonly #pool: pg.Pool;

  constructor(url: string) {
    this.#pool = new pg.Pool({ connectionString: url, max: 4 });
    // The site is stopped before the last idle connection is closed.
    this.#pool.on('error', () => undefined);
  }

  async rows<Row extends object>(text: string, values: unknown[] = []): Promise<Row[]> {
    return (await this.#pool.query<Row>(text, values)).rows;
  }

  /** The one row of a statement. @throws Error when there is none */
  async row<Row extends object>(text: string, values: unknown[] = []): Promise<Row> {
    const [first] = await this.rows<Row>(text, values);
    if (first === undefined) throw new Error(`no row: ${text}`);
    return first;
  }

  /** Waits until what runs in the background has done its work. @throws Error when it doesn't come to rest */
  async quiet(withinMs = 30_000): Promise<void> {
    const end = Date.now() + withinMs;
    for (;;) {
      const busy = await this.row<{ n: number }>(
        `select ((select count(*) from outbox where delivered_at is null) + (select count(*) from letters where state = 'pending')
           + (select count(*) from commands where state = 'open')
           + (select count(*) from applications where intake = 'received'))::int as n`,
      );
      if (busy.n === 0) return;
      if (Date.now() > end) throw new Error(`${busy.n} rows still wait for the worker`);
      await sleep(100);
    }
  }

  /** Everything that is stored, a row each. */
  async dump(): Promise<DumpedRow[]> {
    const tables = await this.#tables();
    const dumped = await Promise.all(
      tables.map(async (table) => {
        const rows = await this.rows<{ text: string }>(
          `select (to_jsonb(t) - $1::text[])::text as text from "${table}" t`,
          [MOVED_BY_LOOKING],
        );
        return rows.map(({ text }) => ({ table, text }));
      }),
    );
    return dumped.flat();
  }

  async fingerprint(): Promise<Fingerprint> {
    const bags = new Map<string, string[]>();
    for (const { table, text } of await this.dump()) bags.set(table, [...(bags.get(table) ?? []), text]);
    return bags;
  }

  /** What was added or changed between two fingerprints by whoever asked: the rows as they are now, by table, and those that are gone. */
  async changesSince(before: Fingerprint): Promise<string[]> {
    const after = await this.fingerprint();
    const changes: string[] = [];
    for (const table of new Set([...before.keys(), ...after.keys()])) {
      const old = new Set(before.get(table));
      const now = new Set(after.get(table));
      const there = new Set([...now].map(idIn));
      for (const text of now) if (!old.has(text)) changes.push(`${table}: ${text}`);
      for (const text of old) {
        const id = idIn(text);
        const isChanged = id !== undefined && there.has(id);
        if (!now.has(text) && !isChanged) changes.push(`${table} without ${text}`);
      }
    }
    return changes.filter((change) => ![...TRAIL, ...WRITTEN_UNASKED].some((known) => known.test(change)));
  }

  async close(): Promise<void> {
    await this.#pool.end();
  }

  async #tables(): Promise<string[]> {
    const found = await this.rows<{ name: string }>(
      `select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'`,
    );
    return found.map(({ name }) => name);
  }
}
