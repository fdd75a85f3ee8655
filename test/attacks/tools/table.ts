/** The table at the end of a run: what each row asked, what was measured, whether its planted weakness was caught. */
import { writeProofFile } from '../../support/proof.ts';
import type { Row } from '../attack.ts';
import { seed } from './random.ts';

export interface RowResult {
  held?: boolean;
  said?: string;
  plantsCaught: number;
}

/** Markdown, so that a full run's table is committed as it was printed. */
export function resultTable(rows: readonly Row[], results: ReadonlyMap<string, RowResult>): string {
  const lines = rows.map((row) => {
    const { held, said = 'not run', plantsCaught } = results.get(row.id) ?? { plantsCaught: 0 };
    const verdict = held === true ? said : held === false ? `NOT HELD: ${said}` : said;
    return [row.id, row.requires, row.asked, verdict, `${plantsCaught} of ${row.plants.length}`, row.notCovered ?? '–'];
  });
  const header = ['row', 'requires', 'asked at full counts', 'measured', 'planted, caught', 'not covered yet'];
  return [header, header.map(() => '---'), ...lines]
    .map((cells) => `| ${cells.map((cell) => cell.replaceAll('|', '/').replaceAll('\n', ' ')).join(' | ')} |`)
    .join('\n');
}

/** Writes the dated proof of a full run. @returns its path */
export const writeProof = (table: string): string =>
  writeProofFile({
    name: 'attacks',
    title: 'What attackers tried',
    lines: [
      `Run ${new Date().toISOString()} at full counts (\`npm run attacks -- --full\`). Seed: ${seed}.`,
      '',
      table,
    ],
  });
