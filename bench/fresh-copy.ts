/** A checkout as it is after `npm ci`: the sources without what was built of them, and the same packages. */
import { cpSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../', import.meta.url));
const LEFT_OUT = ['node_modules', 'build', '.git', '.data', '.cache'];

export function copyWithoutBuild(): { root: string; remove: () => void } {
  const root = mkdtempSync(join(tmpdir(), 'site-bench-copy-'));
  for (const name of readdirSync(ROOT).filter((each) => !LEFT_OUT.includes(each)))
    cpSync(join(ROOT, name), join(root, name), { recursive: true });
  symlinkSync(join(ROOT, 'node_modules'), join(root, 'node_modules'), 'junction');
  return { root, remove: () => rmSync(root, { recursive: true, force: true }) };
}
