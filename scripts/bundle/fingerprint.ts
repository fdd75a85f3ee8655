/** One hash over everything a build is made of, so that a restart with nothing changed builds nothing. */
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

const SOURCES = [
  'app',
  'workflows',
  'activities',
  'worker',
  'db',
  'domain',
  'temporal',
  'runtime',
  'public',
  'scripts/bundle',
];
const FILES = [
  'vite.config.ts',
  'tsconfig.json',
  'package.json',
  'package-lock.json',
  'scripts/build.ts',
  'scripts/migrate.ts',
  'scripts/provision.ts',
];

/** The same text for the same sources, dependencies and Node version. */
export async function sourcesFingerprint(root: string): Promise<string> {
  const hash = createHash('sha256').update(process.version);
  const found = await Promise.all(SOURCES.map((folder) => filesBelow(root, folder)));
  for (const file of [...FILES, ...found.flat()].sort()) {
    hash.update(`\0${file}\0`).update(await readFile(join(root, file)));
  }
  return hash.digest('hex');
}

async function filesBelow(root: string, folder: string): Promise<string[]> {
  const entries = await readdir(join(root, folder), { recursive: true, withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1));
}
