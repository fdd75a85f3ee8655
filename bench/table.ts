/** Tables as Markdown, and the columns that every comparison has. */
import type { Result } from './measure.ts';
import { shown } from './statistics.ts';

/** @param rows the first is the head */
export function markdown(rows: readonly (readonly string[])[]): string {
  const [head = [], ...lines] = rows;
  return [head, head.map(() => '---'), ...lines].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

export const comparisonHead = ['contender', 'rate /s', 'CPU ms each', 'by part', 'p50 ms', 'p95 ms'];

/** One line of a comparison. */
export function comparisonLine(result: Result): string[] {
  const { name, rate, cpuMsPerOperation, cpuMsOf, p50Ms, p95Ms } = result;
  const parts = Object.entries(cpuMsOf).map(([part, ms]) => `${part} ${ms.toFixed(1)}`);
  return [
    name,
    shown(rate, 1),
    cpuMsPerOperation === undefined ? '–' : shown(cpuMsPerOperation, 1),
    parts.join(', ') || '–',
    p50Ms?.toFixed(1) ?? '–',
    p95Ms?.toFixed(1) ?? '–',
  ];
}
