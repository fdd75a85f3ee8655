/** One at a time among processes: a lock file that names its holder, so that a dead holder's lock is taken over. */
import { mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { processIdentity } from './process-identity.ts';

interface Holder {
  pid: number;
  identity: string | undefined;
}

/** Runs `work` while this process alone holds `path`; waits for a living holder as long as that works. */
export async function withLock<T>(path: string, work: () => Promise<T>): Promise<T> {
  await mkdir(dirname(path), { recursive: true });
  while (!(await take(path))) await sleep(200);
  try {
    return await work();
  } finally {
    await rm(path, { force: true });
  }
}

async function take(path: string): Promise<boolean> {
  const holder: Holder = { pid: process.pid, identity: processIdentity(process.pid) };
  try {
    await writeFile(path, JSON.stringify(holder), { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  if (!(await isHeld(path))) await bury(path);
  return false;
}

/** Takes a dead holder's lock away; of several that try, one succeeds and all start again. */
async function bury(path: string): Promise<void> {
  const grave = `${path}.${process.pid}`;
  await rename(path, grave).catch(() => undefined);
  // Somebody may have taken the lock between the look and the rename: then it goes back.
  if (await isHeld(grave)) await rename(grave, path);
  await rm(grave, { force: true });
}

async function isHeld(path: string): Promise<boolean> {
  const text = await readFile(path, 'utf8').catch(() => undefined);
  if (text === undefined) return false;
  const holder = parse(text);
  if (holder !== undefined) return processIdentity(holder.pid) === holder.identity;
  // Not written yet, or its writer died in between.
  const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: 0 }));
  return Date.now() - mtimeMs < 5000;
}

function parse(text: string): Holder | undefined {
  try {
    return JSON.parse(text) as Holder;
  } catch {
    return undefined;
  }
}
