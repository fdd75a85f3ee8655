/** Repeatable chance: the seed is printed with the table, and `ATTACK_SEED` runs the same draw again. */
import { createHash } from 'node:crypto';

export const seed = process.env['ATTACK_SEED'] ?? String(Date.now());

/** A number from 0 to below `most` for this seed, name and count. */
function draw(name: string, count: number, most: number): number {
  return createHash('sha256').update(`${seed}|${name}|${count}`).digest().readUInt32BE(0) % most;
}

/** The list in another order, the same for the same seed and name. */
export function shuffled<T>(name: string, list: readonly T[]): T[] {
  const mixed = [...list];
  for (let index = mixed.length - 1; index > 0; index -= 1) {
    const other = draw(name, index, index + 1);
    const here = mixed[index];
    const there = mixed[other];
    if (here === undefined || there === undefined) continue;
    mixed[index] = there;
    mixed[other] = here;
  }
  return mixed;
}
