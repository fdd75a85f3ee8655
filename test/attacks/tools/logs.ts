/** What the site's own processes wrote into their logs. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** By file. */
async function logsOf(dataDir: string): Promise<Record<string, string>> {
  const folder = join(dataDir, 'logs');
  const files = await readdir(folder);
  const texts = await Promise.all(
    files.map(async (file) => [file, await readFile(join(folder, file), 'utf8')] as const),
  );
  return Object.fromEntries(texts);
}

/** All log files of a site, one after the other. */
export const readLogs = async (dataDir: string): Promise<string> => Object.values(await logsOf(dataDir)).join('\n');

/** Without PostgreSQL's own, which quotes what its client asked for: it belongs to whoever has the database. */
export async function readSiteLogs(dataDir: string): Promise<Record<string, string>> {
  const logs = Object.entries(await logsOf(dataDir));
  return Object.fromEntries(logs.filter(([file]) => !file.startsWith('postgres')));
}
