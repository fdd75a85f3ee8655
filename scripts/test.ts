/**
 * `npm test`: every test at its CI count. `npm test fast`: unit and flow tests only; `attacks`, `faults`, `journeys`, `bench`: those alone.
 * `-- --full` (or `--long`) runs the full counts; what else follows `--` goes to vitest, e.g. a file name.
 * Ends with the plain line `N passed, N failed`.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { closingLine, failedLines, total, type Counts } from './test/counts.ts';

/** Runs one after the other: what starts whole sites and measures times can't share two cores with anything else. */
const QUICK = ['unit', 'store', 'flows', 'ground', 'web'];
const RUNS: Record<string, string[][]> = {
  all: [QUICK, ['journeys'], ['attacks'], ['faults'], ['bench']],
  fast: [['unit', 'flows']],
  journeys: [['journeys']],
  attacks: [['attacks']],
  faults: [['faults']],
  bench: [['bench']],
};

const [first = '', ...others] = process.argv.slice(2);
const selected = RUNS[first];
const rest = selected === undefined && first !== '' ? [first, ...others] : others;
const runs = selected ?? RUNS['all'] ?? [];
const FULL = ['--full', '--long'];
const full = rest.some((word) => FULL.includes(word));
const forVitest = rest.filter((word) => !FULL.includes(word));

const counts: Counts[] = [];
for (const projects of runs) counts.push(await run(projects));

// A run narrowed to some files leaves whole projects empty on purpose.
const result = total(counts, forVitest.length > 0 ? [] : runs.flat());
for (const line of failedLines(counts, result)) process.stdout.write(`${line}\n`);
process.stdout.write(`\n${closingLine(result)}\n`);
process.exitCode = result.failed > 0 || result.passed === 0 ? 1 : 0;

async function run(projects: string[]): Promise<Counts> {
  const folder = mkdtempSync(join(tmpdir(), 'site-test-counts-'));
  const file = join(folder, 'counts.json');
  const vitest = join('node_modules', 'vitest', 'vitest.mjs');
  const args = ['run', '--reporter=default', '--reporter=./test/support/counts-reporter.ts'];
  const child = spawn(
    process.execPath,
    [vitest, ...args, ...projects.flatMap((name) => ['--project', name]), ...forVitest],
    {
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, TEST_COUNTS_FILE: file, ...(full ? { FULL: '1' } : {}) },
    },
  );
  const [code] = (await once(child, 'exit')) as [number | null];
  try {
    const found = JSON.parse(readFileSync(file, 'utf8')) as Counts;
    const failures = Object.values(found.projects).reduce((sum, project) => sum + project.failed, found.otherFailures);
    // vitest fails for reasons that are no test's, e.g. a global setup.
    const unnamed = `vitest ended with ${code}, no test failed: ${projects.join(', ')}`;
    return code !== 0 && failures === 0
      ? { ...found, otherFailures: 1, failures: [...found.failures, unnamed] }
      : found;
  } catch {
    return { projects: {}, otherFailures: 1, failures: [`vitest told nothing about ${projects.join(', ')}`] };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
