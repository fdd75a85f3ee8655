/** What the site's own processes wrote into their logs. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** All log files of a site, one after the other. */
export async function readLogs(dataDir: string): Promise<string> {
  const folder = join(dataDir, 'logs');
  const files = await readdir(folder);
  return (await Promise.all(files.map((file) => readFile(join(folder, file), 'utf8')))).join('\n');
}
