/**
 * `npm run histories:record [-- DATA_DIR]`: writes test/replay/histories anew: waits of more than a minute from the time-skipping server, all
 * others from a running site, the one of DATA_DIR or one that is started for it. Run it after a change of a flow, and read the difference:
 * where a committed history no longer replays, flows that run in production would break as well.
 */
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { recordFromSite } from './record-histories/running-site.ts';
import type { Save } from './record-histories/save.ts';
import { recordWithSkippedTime } from './record-histories/time-skipping.ts';

const folder = fileURLToPath(new URL('../test/replay/histories', import.meta.url));

await mkdir(folder, { recursive: true });
const written = new Set<string>();
const save: Save = async (name, history) => {
  written.add(`${name}.json`);
  await writeFile(join(folder, `${name}.json`), `${history}\n`);
  process.stdout.write(`${name}\n`);
};
await recordWithSkippedTime(save);
await recordFromSite(save, process.argv[2]);
for (const file of await readdir(folder)) if (!written.has(file)) await rm(join(folder, file));
process.exit();
