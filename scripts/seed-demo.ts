/** Demo data for the embedded default. Safe to run again. */
import { closeDatabase } from '../db/connect.ts';
import { seedDemoData } from '../db/demo/seed.ts';

try {
  await seedDemoData();
} catch (error) {
  process.stderr.write(
    `The demo data could not be written: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
  );
  process.exitCode = 1;
} finally {
  await closeDatabase();
}
