/** The Temporal Service of the embedded default: the CLI's dev server, its history in a file below DATA_DIR. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Command } from './supervisor.ts';

const run = promisify(execFile);

interface Server {
  cli: string;
  databaseFile: string;
  port: number;
  uiPort: number | 'off';
  namespace: string;
}

/** WAL, and a commit is on disk before it counts: an acknowledged step survives a power cut. */
const PRAGMAS = ['journal_mode=WAL', 'synchronous=FULL'];

/** A stock dev server adds 50 ms to every task; measured with these: a flow with one activity from 150 to 44 ms. */
const SETTINGS = [
  'system.enableActivityEagerExecution=true',
  'history.transferProcessorMaxPollRPS=2000',
  'history.timerProcessorMaxPollRPS=2000',
  'history.visibilityProcessorMaxPollRPS=2000',
];

/** Histories are kept 90 days: as long as the reuse policy of workflow ids must guard against a second start. */
const RETENTION = '2160h';

export function temporalCommand({ cli, databaseFile, port, uiPort, namespace }: Server): Command {
  const args = ['server', 'start-dev', '--ip', '127.0.0.1', '--port', String(port), '--db-filename', databaseFile];
  args.push(...(uiPort === 'off' ? ['--headless'] : ['--ui-port', String(uiPort)]));
  args.push('--namespace', namespace, '--log-level', 'warn');
  args.push(...PRAGMAS.flatMap((pragma) => ['--sqlite-pragma', pragma]));
  args.push(...SETTINGS.flatMap((setting) => ['--dynamic-config-value', setting]));
  return { command: cli, args: [...args, ...OWN_SETTINGS_ONLY], env: withoutTemporalVariables() };
}

/** @throws until the service is up and its namespace keeps histories long enough */
export async function temporalReady({ cli, port, namespace }: Server): Promise<void> {
  const ask = async (...args: string[]) =>
    run(cli, ['operator', ...args, '--address', `127.0.0.1:${port}`, '--command-timeout', '3s', ...OWN_SETTINGS_ONLY], {
      env: withoutTemporalVariables(),
    });
  await ask('cluster', 'health');
  await ask('namespace', 'update', '--namespace', namespace, '--retention', RETENTION);
}

/** The CLI reads settings of its own from files and TEMPORAL_… variables; ours mean the site's client. */
const OWN_SETTINGS_ONLY = ['--disable-config-file', '--disable-config-env'];

function withoutTemporalVariables(): NodeJS.ProcessEnv {
  const env = { ...process.env };
  for (const name of Object.keys(env)) if (name.startsWith('TEMPORAL_')) Reflect.deleteProperty(env, name);
  return env;
}
