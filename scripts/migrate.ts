/** Brings the database to the newest schema, as the owner of its tables (MIGRATION_DATABASE_URL). Safe to run again. */
import { migrate } from '../db/migrate.ts';
import { config } from '../runtime/config.ts';

try {
  await migrate(config().migrationDatabaseUrl);
} catch (error) {
  process.stderr.write(`The migrations failed: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
