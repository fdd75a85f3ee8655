/**
 * Every fault of this instrument, one run a test, in an order drawn from the seed. Most of a run is waiting, so two sites are broken side
 * by side, each by half of the runs. After each run the checker looks at everything; going on takes at most 30 s, or what the run allows.
 */
import { appendFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import type { Measured } from './report.ts';
import { startRig, type Rig } from './rig.ts';
import { killPostgres, killTemporal } from './runs/kill-services.ts';
import { killWebAtConsumption } from './runs/kill-web-at-consumption.ts';
import { killWebInSubmission } from './runs/kill-web.ts';
import { killWorkerAtBoundaries, killWorkerAtRandom } from './runs/kill-worker.ts';
import { dawdle } from './runs/mail-slow.ts';
import { refuseForGood, refuseForNow } from './runs/mail-refusals.ts';
import { stopMail } from './runs/mail-down.ts';
import { moveClocks } from './runs/wrong-clocks.ts';
import { loseTheAnswer, submitAgain } from './runs/repeats.ts';
import type { FaultRun } from './runs/run.ts';
import { seeded, wantedFaults, type Random } from './seed.ts';

const say = (line: string): void => void process.stdout.write(`${line}\n`);

const GOES_ON_WITHIN_MS = 30_000;

/** The same for both sites, from the seed. */
function drawRuns(random: Random): FaultRun[] {
  const wanted = wantedFaults();
  return random
    .shuffle([
      ...killWorkerAtBoundaries(random),
      ...killWorkerAtRandom(),
      ...killWebInSubmission(),
      ...killWebAtConsumption(),
      ...killTemporal(),
      ...killPostgres(),
      ...stopMail(),
      ...dawdle(random),
      ...refuseForNow(),
      ...refuseForGood(),
      ...moveClocks(random),
      ...submitAgain(),
      ...loseTheAnswer(),
    ])
    .filter(({ fault }) => wanted?.includes(fault) ?? true);
}

/** Declares the tests of one of the two sites. */
export function breakSite(site: 0 | 1): void {
  const seed = inject('faultSeed');
  const runs = drawRuns(seeded(seed)).filter((_, index) => index % 2 === site);
  const random = seeded(seed + site);
  // '%s' shows a title in full, '$name' would cut it.
  const titled = runs.map((run): [string, FaultRun] => [`${run.fault} ${run.name}`, run]);

  describe('the site keeps its promise under faults', () => {
    let rig: Rig;

    beforeAll(async () => {
      rig = await startRig();
    });

    afterAll(() => rig.stop());

    test('nothing is broken before the first fault', async () => {
      await rig.proveFresh();

      expect(await rig.check()).toEqual([]);
    });

    test.each(titled)('%s', async (_title, run) => {
      const measured: Measured = { fault: run.fault, name: run.name, counts: run.counts, recoveriesMs: [] };
      try {
        measured.recoveriesMs = await strike(rig, run, random);
        const recovered = measured.recoveriesMs.map((ms) => `, gone on after ${(ms / 1000).toFixed(1)} s`).join('');
        say(`  ${run.fault} ${run.name}: held${recovered}`);
      } catch (error) {
        measured.failure = String(error).split('\n')[0] ?? '';
        throw error;
      } finally {
        appendFileSync(inject('faultRecord'), `${JSON.stringify(measured)}\n`);
      }
    });
  });
}

/** @returns the recovery times @throws Error for whatever did not hold */
async function strike(rig: Rig, run: FaultRun, random: Random): Promise<number[]> {
  await rig.proveFresh();
  const recoveriesMs = await run.strike(rig, random);
  const story = rig.waitedFor.join('\n');
  await rig.goneOn(Date.now());
  const found = await rig.check();
  if (found.length > 0) throw new Error(found.map(({ invariant, what }) => `${invariant} ${what}`).join('; '));
  const late = recoveriesMs.filter((ms) => ms > (run.goesOnWithinMs ?? GOES_ON_WITHIN_MS));
  if (late.length > 0) throw new Error(`went on only after ${late.map((ms) => ms / 1000).join(', ')} s\n${story}`);
  return recoveriesMs;
}
