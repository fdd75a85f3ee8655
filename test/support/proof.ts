/** The head that every proof in docs/proofs shares, so that a number is never read without its machine and its commit. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, totalmem } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** On what and of what a run was made: one Markdown line. */
const machineAndCommit = (): string =>
  `Machine: ${availableParallelism()} cores (${cpus()[0]?.model.trim() ?? 'unknown'}), ${Math.round(totalmem() / 2 ** 30)} GiB; ` +
  `Node ${process.versions.node}. Commit: ${commit()}.`;

/**
 * Writes `<name>-<date>.md`.
 * @param lines what stands below the title and the machine
 * @returns its path, from here
 */
export function writeProofFile(
  { name, title, lines }: { name: string; title: string; lines: string[] },
  folder = join(ROOT, 'docs', 'proofs'),
): string {
  const date = new Date().toISOString().slice(0, 10);
  const path = join(folder, `${name}-${date}.md`);
  mkdirSync(folder, { recursive: true });
  writeFileSync(path, `${[`# ${title}, ${date}`, '', machineAndCommit(), ...lines].join('\n')}\n`);
  return relative(process.cwd(), path);
}

function commit(): string {
  const git = (...args: string[]) => execFileSync('git', args, { cwd: ROOT, encoding: 'utf8', stdio: 'pipe' }).trim();
  try {
    return `${git('rev-parse', '--short', 'HEAD')}${git('status', '--porcelain') === '' ? '' : ', with changes'}`;
  } catch {
    return 'none yet';
  }
}
