/**
 * `npm run audit:check`: walks the audit trail's chain and names every line that was changed, taken away or put in afterwards; ends with 1 when
 * there is one. Works on DATABASE_URL and SECRET_KEYS, or on the site that `npm start` runs in DATA_DIR.
 */
import { join } from 'node:path';
import { closeDatabase, connectDatabase } from '../db/connect.ts';
import { checkAudit } from '../db/stores/audit-seals.ts';
import { config } from '../runtime/config.ts';
import { readRun } from './start/run-file.ts';

try {
  const { given, databaseUrl, dataDir } = config();
  const running = given.database ? databaseUrl : readRun(join(dataDir, 'run.json'))?.urls['database'];
  if (running === undefined) throw new Error('No database: set DATABASE_URL, or run npm start in another terminal.');
  connectDatabase(running, 1);
  const { lastId, sealed, faults } = await checkAudit();
  for (const { id, fault } of faults) process.stdout.write(`line ${id}: ${fault}\n`);
  process.stdout.write(`${sealed} lines sealed, the last is ${lastId}; ${faults.length} faults\n`);
  if (faults.length > 0) process.exitCode = 1;
} catch (error) {
  process.stderr.write(`The audit trail was not checked: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
} finally {
  await closeDatabase();
}
