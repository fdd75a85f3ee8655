/** How often races and properties are tried: `few` times in CI, `full` times with FULL=1. */
export const repeats = (few: number, full: number): number => (process.env['FULL'] === '1' ? full : few);

/** The same for a property. A failing run prints its seed; SEED=… repeats it. */
export function runs(few: number, full: number): { numRuns: number; seed?: number } {
  const seed = process.env['SEED'];
  return { numRuns: repeats(few, full), ...(seed === undefined ? {} : { seed: Number(seed) }) };
}
