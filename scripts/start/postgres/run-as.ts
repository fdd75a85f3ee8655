/** PostgreSQL refuses to run as root: there it runs as the system's user `postgres`, made if missing. */
import { execFileSync, spawnSync } from 'node:child_process';
import { chownSync } from 'node:fs';
import { StartFailure } from '../failure.ts';
import type { Command } from '../supervisor.ts';

interface User {
  uid: number;
  gid: number;
}

/** Who PostgreSQL runs as; undefined means as whoever runs this. */
export function databaseUser(): User | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const known = lookUp();
  if (known !== undefined) return known;
  try {
    execFileSync('groupadd', ['--force', '--system', 'postgres'], { stdio: 'pipe' });
    execFileSync('useradd', ['--system', '--no-create-home', '--gid', 'postgres', 'postgres'], { stdio: 'pipe' });
  } catch (error) {
    throw new StartFailure(
      'PostgreSQL refuses to run as root and the user "postgres" could not be made: run npm start as another user, or set DATABASE_URL.',
      { cause: error },
    );
  }
  return lookUp();
}

function lookUp(): User | undefined {
  const ask = (flag: string) => spawnSync('id', [flag, 'postgres'], { encoding: 'utf8' });
  const [uid, gid] = [ask('-u'), ask('-g')];
  if (uid.status !== 0 || gid.status !== 0) return undefined;
  return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
}

export function giveTo(user: User | undefined, path: string): void {
  if (user !== undefined) chownSync(path, user.uid, user.gid);
}

/**
 * The command, run as `user`. A checkout below a folder that only root may enter (/root, a private temporary folder) is out of that
 * user's reach; there setpriv lets the process through folders, and through nothing else that matters: it still isn't root.
 * @throws StartFailure where `folders` can't be reached at all
 */
export function runAs(user: User | undefined, { command, args, ...rest }: Command, folders: string[]): Command {
  if (user === undefined) return { command, args, ...rest };
  if (canReach(user, [command, ...folders])) return { command, args, ...rest, ...user };
  const through = [`--reuid=${user.uid}`, `--regid=${user.gid}`, '--clear-groups', ...PASS_FOLDERS];
  if (spawnSync('setpriv', [...through, command, '--version']).status === 0) {
    return { command: 'setpriv', args: [...through, command, ...args], ...rest };
  }
  throw new StartFailure(
    `PostgreSQL runs as the user "postgres", who may not enter ${folders.join(' or ')} or this checkout: move both to a folder that ` +
      'everybody may enter, or run npm start as another user than root.',
  );
}

const PASS_FOLDERS = ['--inh-caps=+dac_override', '--ambient-caps=+dac_override'];

function canReach(user: User, paths: string[]): boolean {
  return paths.every((path) => spawnSync('test', ['-x', path], user).status === 0);
}
