/** What one run of a fault is. */
import type { Rig } from '../rig.ts';
import type { Random } from '../seed.ts';

export interface FaultRun {
  /** The row of the fault table. */
  fault: string;
  name: string;
  /** How many of the table's runs it counts for. */
  counts: number;
  /**
   * Breaks something and waits until the site has gone on.
   * @returns for each kill, milliseconds from the death until all that was begun had gone on
   * @throws Error when the fault did not hit, or the site did not go on
   */
  strike: (rig: Rig, random: Random) => Promise<number[]>;
  /** How soon it must have gone on, where that isn't 30 s. */
  goesOnWithinMs?: number;
}

/** Counts of the fault table: each CI run, or the long run. */
export const full = process.env['FULL'] === '1';
export const times = (ci: number, long: number): number => (full ? long : ci);

export const repeat = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index));

/** How long something lasts in the run of this index: the first of all long runs waits in earnest; elsewhere long durations are divided by 20. */
export const lasting = (ms: number, index: number): number => (full && index === 0 ? ms : ms / 20);
