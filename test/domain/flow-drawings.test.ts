import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { drawings } from '../../scripts/draw-flows/drawings.ts';

const folder = fileURLToPath(new URL('../../docs/flows', import.meta.url));

test('docs/flows shows the state tables as they are (npm run flows:draw)', () => {
  const committed = readdirSync(folder).map((file) => [file, readFileSync(join(folder, file), 'utf8')] as const);

  expect(Object.fromEntries(committed)).toEqual(drawings());
});
