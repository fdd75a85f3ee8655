/** The three outputs of a build: the site for browser and server (Remix), the processes (esbuild), the workflows' bundle (Temporal). */
import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker';
import { build as bundle } from 'esbuild';

const run = promisify(execFile);

/** `build/server/index.js` and `build/client`. @throws with Vite's own words */
export async function buildSite(root: string): Promise<void> {
  const remix = join(root, 'node_modules', '@remix-run', 'dev', 'dist', 'cli.js');
  await run(process.execPath, [remix, 'vite:build', '--logLevel', 'warn'], {
    cwd: root,
    env: { ...process.env, NODE_ENV: 'production' },
    maxBuffer: 64 * 1024 * 1024,
  }).catch((error: unknown) => {
    const { stdout, stderr } = error as { stdout?: string; stderr?: string };
    throw new Error(`remix vite:build failed\n${withoutStack(`${stdout ?? ''}${stderr ?? ''}`)}`, { cause: error });
  });
}

/** What went wrong and in which file; not Rollup's stack, nor its list of every file it watches. */
function withoutStack(words: string): string {
  const lines = words.trim().split('\n');
  const stack = lines.findIndex((line) => line.startsWith('    at '));
  return lines.slice(0, stack === -1 ? undefined : stack).join('\n');
}

/** One file for each process that production runs. Packages stay outside: native ones can't be bundled. */
export async function buildProcesses(root: string): Promise<void> {
  await bundle({
    absWorkingDir: root,
    entryPoints: {
      web: 'app/main.ts',
      worker: 'worker/main.ts',
      migrate: 'scripts/migrate.ts',
      provision: 'scripts/provision.ts',
    },
    outdir: 'build',
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    target: 'node20',
    sourcemap: true,
    logLevel: 'warning',
  });
}

/** `build/workflow-bundle.js`: what the worker's sandbox runs, made ahead so that a start doesn't wait for webpack. */
export async function buildWorkflows(root: string): Promise<void> {
  const { code } = await bundleWorkflowCode({
    workflowsPath: join(root, 'workflows', 'index.ts'),
    logger: new DefaultLogger('WARN'),
  });
  await writeFile(join(root, 'build', 'workflow-bundle.js'), code);
}
