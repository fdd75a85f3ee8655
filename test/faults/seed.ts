/** Randomness that can be had again: every run prints its seed, and FAULT_SEED replays it. */
import { randomInt } from 'node:crypto';

export interface Random {
  /** A number from `from` to below `to`. */
  between: (from: number, to: number) => number;
  /** @throws Error when there is nothing to pick from */
  pick: <T>(from: readonly T[]) => T;
  /** In another order. */
  shuffle: <T>(items: readonly T[]) => T[];
}

/** FAULT_SEED, or a fresh seed. @throws Error when FAULT_SEED is none */
export function drawSeed(): number {
  const seed = Number(process.env['FAULT_SEED'] ?? randomInt(2 ** 31));
  if (!Number.isInteger(seed) || seed < 0) throw new Error('FAULT_SEED: a whole number from 0 on');
  return seed;
}

/** FAULTS=F01,F06 runs these alone; undefined: all. */
export const wantedFaults = (): string[] | undefined => process.env['FAULTS']?.split(',');

export function seeded(seed: number): Random {
  let state = seed >>> 0;
  /** mulberry32 */
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const between = (from: number, to: number) => from + next() * (to - from);
  const pick = <T>(from: readonly T[]): T => {
    const found = from[Math.floor(next() * from.length)];
    if (found === undefined) throw new Error('nothing to pick from');
    return found;
  };
  const shuffle = <T>(items: readonly T[]): T[] => {
    const keyed = items.map((item) => ({ item, key: next() }));
    return keyed.sort((a, b) => a.key - b.key).map(({ item }) => item);
  };
  return { between, pick, shuffle };
}
