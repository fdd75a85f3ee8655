/** What README and CONTRIBUTING name must be there: a stranger follows them file by file. */
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** Paths in backticks with an ending, and the targets of links and pictures inside the repository. */
function namedFiles(document: string): string[] {
  const text = readFileSync(root + document, 'utf8');
  const inBackticks = [...text.matchAll(/`([\w./$-]+\/[\w.$-]+\.(?:tsx?|md|cjs|yml))`/g)];
  const linked = [...text.matchAll(/\]\((?!https?:|#)([^)#]+)\)/g), ...text.matchAll(/src="([^"]+)"/g)];
  return [...inBackticks, ...linked].map((match) => match[1] ?? '').filter((path) => !path.includes('NNNN'));
}

test.each(['README.md', 'CONTRIBUTING.md'])('every file that %s names is there', (document) => {
  const named = namedFiles(document);

  expect(named.length).toBeGreaterThan(5);
  expect(named.filter((path) => !existsSync(root + path))).toEqual([]);
});
