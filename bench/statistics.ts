/** Medians and their spread. */

export interface Spread {
  median: number;
  /** The smallest and the largest of the rounds. */
  low: number;
  high: number;
}

export function spreadOf(values: readonly number[]): Spread {
  return { median: middle(values), low: Math.min(...values), high: Math.max(...values) };
}

/** `12.3 (11.9–12.8)` */
export const shown = ({ median, low, high }: Spread, digits: number): string =>
  `${median.toFixed(digits)} (${low.toFixed(digits)}–${high.toFixed(digits)})`;

/** Of an even number of values, the mean of the two in the middle. */
function middle(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length / 2;
  return Number.isInteger(half)
    ? ((sorted[half - 1] ?? NaN) + (sorted[half] ?? NaN)) / 2
    : (sorted[Math.floor(half)] ?? NaN);
}
