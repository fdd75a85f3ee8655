/** The few figures that timing and randomness are judged by. */

/**
 * The area under the curve of "time tells the class": 0.5 when it tells nothing, 1 or 0 when it tells all.
 * The share of pairs in which the second class took longer, ties counting half.
 */
export function areaUnderCurve(first: readonly number[], second: readonly number[]): number {
  const longer = first.reduce(
    (sum, a) => sum + second.reduce((inner, b) => inner + (b > a ? 1 : b === a ? 0.5 : 0), 0),
    0,
  );
  return longer / (first.length * second.length);
}

/** The value that `share` (0 to 1) of the others don't exceed. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
}

export const median = (values: readonly number[]): number => quantile(values, 0.5);

/** Pearson's statistic of counts that should all be equal. */
export function chiSquare(counts: readonly number[]): number {
  const expected = counts.reduce((sum, count) => sum + count, 0) / counts.length;
  return counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
}
