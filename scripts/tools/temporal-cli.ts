/** The `temporal` executable, which holds the Temporal Service of the embedded default. */
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { cacheFolder } from './cache.ts';
import { fromVariable, isExecutable, onPath } from './executable.ts';
import { fetchFromSdk } from './fetch-from-sdk.ts';
import { withLock } from './lock.ts';
import { TEMPORAL_CLI_VERSION } from './versions.ts';

const run = promisify(execFile);

/**
 * TEMPORAL_CLI_PATH; `temporal` on PATH; the user's cache; the SDK's own download; `go install`.
 * @throws saying what to install where none of them works
 */
export async function findTemporalCli(report: (line: string) => void): Promise<string> {
  const there = fromVariable('TEMPORAL_CLI_PATH') ?? onPath('temporal');
  if (there !== undefined) return there;
  const cached = join(cacheFolder(`temporal-cli-${TEMPORAL_CLI_VERSION}`), 'temporal');
  if (isExecutable(cached)) return cached;
  return withLock(`${dirname(cached)}.lock`, async () => {
    // Another start may have fetched it while this one waited.
    if (isExecutable(cached)) return cached;
    if (await fetchFromSdk('dev-server', cached)) return cached;
    const go = onPath('go');
    if (go !== undefined && (await installWithGo(go, cached, report))) return cached;
    throw new Error(
      `The Temporal CLI can't be had here: install it (docs.temporal.io/cli) so that "temporal" is on PATH, or set TEMPORAL_CLI_PATH, ` +
        `or install Go so that it can be built, or set TEMPORAL_ADDRESS to a Temporal Service of yours.`,
    );
  });
}

async function installWithGo(go: string, target: string, report: (line: string) => void): Promise<boolean> {
  report(`  The Temporal CLI ${TEMPORAL_CLI_VERSION} is built with Go: about 4 minutes, this once.`);
  await mkdir(dirname(target), { recursive: true });
  const folder = await mkdtemp(join(dirname(target), 'go-'));
  const module = `github.com/temporalio/cli/cmd/temporal@v${TEMPORAL_CLI_VERSION}`;
  try {
    await run(go, ['install', '-ldflags=-s -w', module], {
      env: { ...process.env, GOFLAGS: '', GOBIN: folder },
      maxBuffer: 64 * 1024 * 1024,
    });
    await rename(join(folder, 'temporal'), target);
    return true;
  } catch (error) {
    const words = (error as { stderr?: string }).stderr ?? String(error);
    report(`  go install failed: ${words.trim().split('\n').at(-1) ?? ''}`);
    return false;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
