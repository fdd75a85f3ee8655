/** The table at the end of a run: what each row asked, what was measured, whether its planted weakness was caught. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Row } from '../attack.ts';
import { seed } from './random.ts';

export interface RowResult {
  held?: boolean;
  said?: string;
  plantsCaught: number;
}

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

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

/** Writes the dated proof of a full run. @returns its path in the project */
export function writeProof(table: string): string {
  const date = new Date().toISOString().slice(0, 10);
  const path = join('docs', 'proofs', `attacks-${date}.md`);
  const facts = [
    `Run ${new Date().toISOString()} at full counts (\`npm run attacks -- --full\`).`,
    `Machine: ${availableParallelism()} cores (${cpus()[0]?.model.trim() ?? 'unknown'}), ${Math.round(totalmem() / 1024 ** 3)} GiB; Node ${process.version}.`,
    `Commit: ${commit()}. Seed: ${seed}.`,
  ];
  mkdirSync(join(ROOT, 'docs', 'proofs'), { recursive: true });
  writeFileSync(join(ROOT, path), `# What attackers tried, ${date}\n\n${facts.join('\n')}\n\n${table}\n`);
  return path;
}

function commit(): string {
  const git = (...args: string[]) => execFileSync('git', args, { cwd: ROOT, encoding: 'utf8', stdio: 'pipe' }).trim();
  try {
    return `${git('rev-parse', 'HEAD')}${git('status', '--porcelain') === '' ? '' : ', with changes'}`;
  } catch {
    return 'none yet';
  }
}
