/** Before journeys, attacks and faults: the production build that their sites run. Skipped when it is up to date. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

export default async function setup(): Promise<void> {
  await promisify(execFile)(process.execPath, ['--import', 'tsx', 'scripts/build.ts']);
}
