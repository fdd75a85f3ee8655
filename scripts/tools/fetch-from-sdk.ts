import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { isExecutable } from './executable.ts';

const run = promisify(execFile);
const LONGEST_MS = 5 * 60_000;

/**
 * Has the Temporal SDK download its own executable, and moves it to `target`: in the SDK's own cache it would be deleted after a day.
 * @returns whether that worked
 */
export async function fetchFromSdk(kind: 'dev-server' | 'time-skipping', target: string): Promise<boolean> {
  await mkdir(dirname(target), { recursive: true });
  // Beside the target, so that the move is one rename.
  const folder = await mkdtemp(join(dirname(target), 'sdk-'));
  try {
    const script = fileURLToPath(new URL('sdk-download.ts', import.meta.url));
    await run(process.execPath, ['--import', 'tsx', script, kind, folder], { timeout: LONGEST_MS });
    const files = await readdir(folder, { recursive: true });
    const executable = files.map((file) => join(folder, file)).find(isExecutable);
    if (executable === undefined) return false;
    await rename(executable, target);
    return true;
  } catch {
    return false;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
