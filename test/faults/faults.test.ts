/**
 * Every fault of this instrument, one run a test, in an order drawn from the seed, on one site. After each run the checker looks at
 * everything; going on takes at most 30 s. `npm run faults -- --full` runs the long counts and writes docs/proofs.
 */
import { mkdirSync } from 'node:fs';
import { afterAll, beforeAll, describe, test } from 'vitest';
import { startRig, type Rig } from './rig.ts';
import { table, writeProof, type Measured } from './report.ts';
import { killPostgres, killTemporal } from './runs/kill-services.ts';
import { killWebInSubmission } from './runs/kill-web.ts';
import { killWorkerAtBoundaries, killWorkerAtRandom } from './runs/kill-worker.ts';
import { loseTheAnswer, submitAgain } from './runs/repeats.ts';
import { full, type FaultRun } from './runs/run.ts';
import { runRandom } from './seed.ts';

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const random = runRandom(say);

/** FAULTS=F01,F06 runs these alone. */
const wanted = process.env['FAULTS']?.split(',');

const runs: FaultRun[] = random
  .shuffle([
    ...killWorkerAtBoundaries(random),
    ...killWorkerAtRandom(),
    ...killWebInSubmission(),
    ...killTemporal(),
    ...killPostgres(),
    ...submitAgain(),
    ...loseTheAnswer(),
  ])
  .filter(({ fault }) => wanted?.includes(fault) ?? true);

/** '%s' shows a title in full, '$name' would cut it. */
const titled = runs.map((run): [string, FaultRun] => [`${run.fault} ${run.name}`, run]);

const GOES_ON_WITHIN_MS = 30_000;

describe('the site keeps its promise under faults', () => {
  let rig: Rig;
  const measured: Measured[] = [];
  const begun = Date.now();

  beforeAll(async () => {
    rig = await startRig();
  });

  afterAll(async () => {
    say(`\nseed ${random.seed}\n${table(measured)}`);
    if (full && wanted === undefined) {
      mkdirSync('docs/proofs', { recursive: true });
      writeProof(measured, random.seed, (Date.now() - begun) / 60_000);
    }
    await rig.stop();
  });

  test.each(titled)('%s', async (_title, { fault, name, counts, strike }) => {
    const result: Measured = { fault, name, counts, failure: 'did not end', recoveriesMs: [] };
    measured.push(result);
    try {
      await rig.proveFresh();
      result.recoveriesMs = await strike(rig, random);
      const story = rig.waitedFor.join('\n');
      await rig.goneOn(Date.now());
      const found = await rig.check();
      if (found.length > 0) throw new Error(found.map(({ invariant, what }) => `${invariant} ${what}`).join('; '));
      const late = result.recoveriesMs.filter((ms) => ms > GOES_ON_WITHIN_MS);
      if (late.length > 0) throw new Error(`went on only after ${late.map((ms) => ms / 1000).join(', ')} s\n${story}`);
      result.failure = undefined;
      const recovered = result.recoveriesMs.map((ms) => `, gone on after ${(ms / 1000).toFixed(1)} s`).join('');
      say(`  ${fault} ${name}: held${recovered}`);
    } catch (error) {
      result.failure = String(error).split('\n')[0];
      throw error;
    }
  });
});
