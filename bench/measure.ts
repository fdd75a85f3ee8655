/**
 * How anything is measured here: contenders take turns within one run, after a warm-up, so that both share the machine's mood; what counts
 * is the ratio within a round, its median over the rounds and its spread.
 */
import { quantile } from '../test/attacks/tools/statistics.ts';
import { spreadOf, type Spread } from './statistics.ts';

/** `ci`: tiny, only to see that it works. `full`: what a proof is written from. */
export type Scale = 'ci' | 'full';

/** What one contender did in one round. */
export interface Sample {
  operations: number;
  /** By the wall clock, for all operations together. */
  seconds: number;
  /** Of every process that took part, beside the one that asks. Undefined where the system doesn't tell. */
  cpuSeconds: number | undefined;
  /** The same by part, e.g. `{ web: 1.2, postgres: 0.4 }`. */
  cpuSecondsOf?: Record<string, number>;
  latenciesMs?: number[];
}

export interface Contender {
  name: string;
  run: () => Promise<Sample>;
}

/** A contender over all rounds. */
export interface Result {
  name: string;
  /** Operations a second. */
  rate: Spread;
  cpuMsPerOperation: Spread | undefined;
  /** The median round's CPU ms an operation, by part. */
  cpuMsOf: Record<string, number>;
  /** Over the operations of all rounds. */
  p50Ms: number | undefined;
  p95Ms: number | undefined;
  samples: Sample[];
}

/** What `npm run bench` prints and writes of one measure. */
export interface Report {
  /** A table; the first row is its head. */
  rows: string[][];
  /** Whether every aim of the measure was met. */
  met: boolean;
  /** Sentences for the proof: what was counted, what a missed aim is due to. */
  remarks: string[];
  /** The numbers that the aims are about, by name; each finite, or the measure is broken. */
  numbers: Record<string, number>;
}

export interface Measure {
  name: string;
  /** What is hoped for, in a sentence. */
  aim: string;
  /** @throws Error when what was to be measured did not happen, e.g. a sign-in without a session */
  run: (scale: Scale) => Promise<Report>;
}

interface Interleaved {
  rounds: number;
  /** Runs of each contender that don't count. */
  warmups: number;
  contenders: Contender[];
}

/** Runs the contenders in turn, in the other order every second round. @returns their results in the order given */
export async function interleave({ rounds, warmups, contenders }: Interleaved): Promise<Result[]> {
  for (let warmup = 0; warmup < warmups; warmup += 1) for (const { run } of contenders) await run();
  const samples = contenders.map((): Sample[] => []);
  for (let round = 0; round < rounds; round += 1) {
    const order = contenders.map(({ run }, index) => ({ run, into: samples[index] }));
    for (const { run, into } of round % 2 === 0 ? order : order.reverse()) into?.push(await run());
  }
  return contenders.map(({ name }, index) => resultOf(name, samples[index] ?? []));
}

/** `of`'s rate as a part of `by`'s, round by round: 0.8 means that `of` did four where `by` did five. */
export function ratio(of: Result, by: Result): Spread {
  return spreadOf(of.samples.map((sample, round) => rateOf(sample) / rateOf(by.samples[round])));
}

const rateOf = (sample: Sample | undefined): number =>
  sample === undefined ? NaN : sample.operations / sample.seconds;

function resultOf(name: string, samples: Sample[]): Result {
  const latencies = samples.flatMap(({ latenciesMs = [] }) => latenciesMs);
  const cpu = samples.flatMap(({ cpuSeconds, operations }) =>
    cpuSeconds === undefined ? [] : [(1000 * cpuSeconds) / operations],
  );
  const parts = [...new Set(samples.flatMap(({ cpuSecondsOf = {} }) => Object.keys(cpuSecondsOf)))];
  const cpuOf = (part: string): number =>
    spreadOf(samples.map(({ cpuSecondsOf = {}, operations }) => (1000 * (cpuSecondsOf[part] ?? 0)) / operations))
      .median;
  return {
    name,
    rate: spreadOf(samples.map(rateOf)),
    cpuMsPerOperation: cpu.length === 0 ? undefined : spreadOf(cpu),
    cpuMsOf: Object.fromEntries(parts.map((part) => [part, cpuOf(part)])),
    p50Ms: latencies.length === 0 ? undefined : quantile(latencies, 0.5),
    p95Ms: latencies.length === 0 ? undefined : quantile(latencies, 0.95),
    samples,
  };
}
