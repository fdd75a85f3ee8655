/** `npm run build`: everything production runs, below build/. Does nothing when the sources are those of the last build. */
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sourcesFingerprint } from './bundle/fingerprint.ts';
import { withLock } from './tools/lock.ts';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const stamp = join(root, 'build', '.sources');

async function main(): Promise<void> {
  const sources = await sourcesFingerprint(root);
  if ((await readFile(stamp, 'utf8').catch(() => '')) === sources) return;
  // Loaded only when there is something to do: the bundlers take longer to load than the look at the sources.
  const { buildProcesses, buildSite, buildWorkflows } = await import('./bundle/steps.ts');
  await mkdir(join(root, 'build'), { recursive: true });
  await rm(stamp, { force: true });
  await buildSite(root);
  await buildProcesses(root);
  await buildWorkflows(root);
  await writeFile(stamp, sources);
}

try {
  // Two starts from one checkout must not write into each other's build.
  await withLock(join(root, 'node_modules', '.cache', 'build.lock'), main);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
