import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { StartFailure } from './failure.ts';

const run = promisify(execFile);

/** Runs one of the project's scripts to its end. @throws StartFailure with the script's own words */
export async function runScript(
  root: string,
  script: string,
  env: NodeJS.ProcessEnv,
  signal: AbortSignal,
): Promise<void> {
  try {
    await run(process.execPath, ['--import', 'tsx', join(root, script)], {
      cwd: root,
      env,
      signal,
      maxBuffer: 64 * 1024 * 1024,
    });
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
    const words = `${stderr}${stdout}`.trim();
    throw new StartFailure(words === '' ? `${script} failed: ${String(error)}` : words, { cause: error });
  }
}
