/** A PostgreSQL cluster below DATA_DIR: made once, then started as a child of ours (its pid is the postmaster's). */
import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { StartFailure } from '../failure.ts';
import type { Command } from '../supervisor.ts';
import { postgresBinaries } from './binaries.ts';
import { databaseUser, giveTo, runAs } from './run-as.ts';

const run = promisify(execFile);

/** Makes the cluster in `directory` unless it is there. @throws StartFailure with initdb's own words */
export async function prepareCluster(directory: string, superuserPassword: string): Promise<void> {
  if (existsSync(join(directory, 'PG_VERSION'))) return;
  const { initdb } = await postgresBinaries();
  const user = databaseUser();
  // Made beside and renamed: an initdb that was killed half-way leaves nothing that looks like a cluster.
  const unfinished = `${directory}.unfinished`;
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished, { recursive: true, mode: 0o700 });
  giveTo(user, unfinished);
  const secrets = mkdtempSync(join(tmpdir(), 'initdb-'));
  const passwordFile = join(secrets, 'password');
  writeFileSync(passwordFile, `${superuserPassword}\n`, { mode: 0o600 });
  giveTo(user, secrets);
  giveTo(user, passwordFile);
  const flags = [
    `--pgdata=${unfinished}`,
    '--username=postgres',
    '--auth=scram-sha-256',
    `--pwfile=${passwordFile}`,
    '--encoding=UTF8',
    '--locale=C.UTF-8',
  ];
  try {
    const { command, args, ...options } = runAs(user, { command: initdb, args: flags }, [unfinished]);
    await run(command, args, { ...options, cwd: '/' });
  } catch (error) {
    if (error instanceof StartFailure) throw error;
    const words = (error as { stderr?: string }).stderr ?? String(error);
    throw new StartFailure(`PostgreSQL's initdb failed: ${words.trim()}`, { cause: error });
  } finally {
    rmSync(secrets, { recursive: true, force: true });
  }
  renameSync(unfinished, directory);
}

/** The command that runs the cluster on 127.0.0.1, with `settings` such as `max_connections=200`. */
export async function serverCommand(directory: string, port: number, settings: string[] = []): Promise<Command> {
  const { postgres } = await postgresBinaries();
  const all = [
    'listen_addresses=127.0.0.1',
    'unix_socket_directories=',
    'timezone=UTC',
    'log_timezone=UTC',
    ...settings,
  ];
  const args = ['-D', directory, '-p', String(port), ...all.flatMap((setting) => ['-c', setting])];
  // Anybody may enter "/"; the folder npm start was typed in, perhaps not.
  return runAs(databaseUser(), { command: postgres, args, cwd: '/' }, [directory]);
}

/**
 * After kill -9 the lock file still names the dead postmaster. PostgreSQL sees through that unless the pid belongs to somebody else by
 * now (after a reboot, in a container): then it would refuse to start for ever.
 */
export function clearStaleLock(directory: string): void {
  const lock = join(directory, 'postmaster.pid');
  if (!existsSync(lock)) return;
  const pid = Number(readFileSync(lock, 'utf8').split('\n')[0]);
  if (!isPostgres(pid)) rmSync(lock, { force: true });
}

function isPostgres(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return process.platform !== 'linux' || readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('postgres');
  } catch {
    return false;
  }
}
