/** Brings the whole site up, keeps it up, and stops it on Ctrl-C. */
import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { config, ConfigurationError, type Config } from '../../runtime/config.ts';
import { keyRing } from '../../runtime/keys.ts';
import { bringUp } from './bring-up.ts';
import { StartFailure } from './failure.ts';
import { PART_ORDER } from './parts.ts';
import { makePlan } from './plan.ts';
import { consoleProgress, type Progress } from './progress.ts';
import { RunFile } from './run-file.ts';
import { runPorts, runUrls } from './run-addresses.ts';
import { stopOnSignal } from './stop-on-signal.ts';
import { Supervisor } from './supervisor.ts';
import { welcome } from './welcome.ts';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** Returns once the site is up; from then on signals end it. Ends the process with exit code 1 where it can't come up. */
export async function startSite({ watch }: { watch: boolean }): Promise<void> {
  // A console that goes away must not end the site.
  process.stdout.on('error', () => undefined);
  const progress = consoleProgress((text) => process.stdout.write(text));
  try {
    const settings = config();
    const file = await RunFile.claim(settings.dataDir, progress.say);
    makeKeys();
    await runSite(settings, file, progress, watch).catch((error: unknown) => {
      file.remove();
      throw error;
    });
  } catch (error) {
    if (!isForThePerson(error)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  }
}

async function runSite(settings: Config, file: RunFile, progress: Progress, watch: boolean): Promise<void> {
  const plan = await makePlan(settings);
  const logDir = join(plan.dataDir, 'logs');
  mkdirSync(logDir, { recursive: true });
  const supervisor = new Supervisor({
    logDir,
    report: progress.say,
    changed: (parts) => file.update({ parts }),
    order: PART_ORDER,
  });
  const stop = stopOnSignal({
    stop: () => supervisor.stopAll(),
    kill: () => supervisor.killAll(),
    finish: () => file.remove(),
    say: progress.say,
  });
  file.update({ ports: runPorts(plan), urls: runUrls(plan) });
  const withDemoData = settings.mode === 'embedded' && plan.postgres !== undefined;
  try {
    await bringUp({ root, plan, progress, supervisor, watch, withDemoData, stop });
  } catch (error) {
    // Whoever pressed Ctrl-C wants no reason; the handler ends this process.
    if (stop.aborted) return;
    await supervisor.stopAll();
    throw error;
  }
  file.update({ ready: true });
  progress.say(welcome(plan, withDemoData));
}

/** Made before any child starts; a key that was given but can't be used is said here. */
function makeKeys(): void {
  for (const purpose of ['session', 'secret', 'pepper'] as const) keyRing(purpose);
}

function isForThePerson(error: unknown): error is Error {
  return error instanceof StartFailure || error instanceof ConfigurationError;
}
