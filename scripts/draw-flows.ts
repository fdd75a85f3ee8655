/** `npm run flows:draw`: writes docs/flows from the state tables. A test finds a drawing that is out of date. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { drawings } from './draw-flows/drawings.ts';

const folder = fileURLToPath(new URL('../docs/flows', import.meta.url));
await mkdir(folder, { recursive: true });
for (const [file, text] of Object.entries(drawings())) await writeFile(join(folder, file), text);
