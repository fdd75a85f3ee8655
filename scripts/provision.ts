/**
 * Before the first migration of a deployment: the database and its two roles, with the passwords that DATABASE_URL (web and worker) and
 * MIGRATION_DATABASE_URL (migrations) carry. Needs SUPERUSER_DATABASE_URL. Safe to run again, also to change the passwords.
 */
import { provision } from '../db/provision.ts';
import { config } from '../runtime/config.ts';

try {
  const superuserUrl = process.env['SUPERUSER_DATABASE_URL'];
  if (superuserUrl === undefined) throw new Error('SUPERUSER_DATABASE_URL is missing');
  const { databaseUrl, migrationDatabaseUrl } = config();
  await provision(superuserUrl, { owner: passwordOf(migrationDatabaseUrl), site: passwordOf(databaseUrl) });
} catch (error) {
  process.stderr.write(
    `The database could not be prepared: ${error instanceof Error ? error.message : String(error)}\n`,
  );
  process.exitCode = 1;
}

function passwordOf(url: string): string {
  return decodeURIComponent(new URL(url).password);
}
