/** The processes of the site itself, and its worker killed as a crash would end it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Run } from '../../../scripts/start/run-file.ts';
import { waitFor } from '../../../scripts/start/wait.ts';
import type { World } from '../attack.ts';
import type { Database } from './database.ts';

/** @throws Error while the part is down */
export function partPid(dataDir: string, part: 'web' | 'worker'): number {
  const { parts } = JSON.parse(readFileSync(join(dataDir, 'run.json'), 'utf8')) as Run;
  const pid = parts[part]?.pid;
  if (pid === undefined) throw new Error(`${part} is down`);
  return pid;
}

/** The ids of workers that were there lately: each start of one has an id of its own. */
export const beatingWorkers = async (database: Database): Promise<string[]> =>
  (await database.rows<{ id: string }>('select worker_id as id from worker_beats')).map(({ id }) => id);

/** Resolves once a worker beats that is none of the `known`. @throws Error when none begins */
export async function untilAnotherBeats(database: Database, known: readonly string[]): Promise<void> {
  const look = async () => {
    if ((await beatingWorkers(database)).every((id) => known.includes(id))) throw new Error('no other worker begins');
  };
  await waitFor(look, { withinMs: 60_000 });
}

/** Kill -9. @returns what resolves once the worker that the site starts in its place is there */
export async function killWorker({ dataDir, database }: World): Promise<() => Promise<void>> {
  const known = await beatingWorkers(database);
  process.kill(partPid(dataDir, 'worker'), 'SIGKILL');
  return () => untilAnotherBeats(database, known);
}
