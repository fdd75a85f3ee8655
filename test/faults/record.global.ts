/**
 * Around a run of the faults: draws the seed, gathers what both sites measured, prints the table; `npm run faults -- --full` writes it
 * into docs/proofs.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { table, writeProof, type Measured } from './report.ts';
import { full } from './runs/run.ts';
import { drawSeed, wantedFaults } from './seed.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    faultSeed: number;
    /** A file to which each run adds a line of JSON. */
    faultRecord: string;
  }
}

const say = (line: string): void => void process.stdout.write(`${line}\n`);

export default function setup(project: TestProject): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'site-test-faults-'));
  const record = join(folder, 'record');
  const seed = drawSeed();
  const begun = Date.now();
  say(`seed ${seed} (again with FAULT_SEED=${seed})`);
  project.provide('faultSeed', seed);
  project.provide('faultRecord', record);
  return () => {
    const lines = existsSync(record) ? readFileSync(record, 'utf8').trim().split('\n') : [];
    const measured = lines.map((line) => JSON.parse(line) as Measured);
    say(`\nseed ${seed}\n${table(measured)}`);
    if (full && measured.length > 0 && wantedFaults() === undefined)
      say(`Written to ${writeProof(measured, seed, (Date.now() - begun) / 60_000)}`);
    rmSync(folder, { recursive: true });
  };
}
