/** Where what was once fetched or built waits for the next start: in the user's cache, so that a fresh clone finds it as well. */
import { homedir, platform } from 'node:os';
import { join } from 'node:path';

const PROJECT = 'member-ordering-site';

/** A folder of this project in the user's cache, as this operating system has it. */
export function cacheFolder(name: string): string {
  return join(userCache(), PROJECT, name);
}

function userCache(): string {
  const { XDG_CACHE_HOME, LOCALAPPDATA } = process.env;
  if (XDG_CACHE_HOME !== undefined && XDG_CACHE_HOME !== '') return XDG_CACHE_HOME;
  if (platform() === 'darwin') return join(homedir(), 'Library', 'Caches');
  if (platform() === 'win32') return LOCALAPPDATA ?? join(homedir(), 'AppData', 'Local');
  return join(homedir(), '.cache');
}
