/**
 * `npm run staff:create <address>`: adds a 管理者, the way into /staff of a new site. Asks for name and password; without a terminal
 * it reads them as the first two lines of its input. Works on DATABASE_URL, or on the site that `npm start` runs in DATA_DIR.
 */
import { join } from 'node:path';
import { closeDatabase, connectDatabase } from '../db/connect.ts';
import { createStaff, type NewStaff } from '../db/stores/staff.ts';
import { guessableBy } from '../domain/guessable-passwords.ts';
import { parseMailAddress } from '../domain/mail-address.ts';
import { brokenPasswordRules, passwordLengths, type PasswordRule } from '../domain/password-policy.ts';
import { judgeText, tidyText } from '../domain/text.ts';
import { brand } from '../runtime/brand.ts';
import { config } from '../runtime/config.ts';
import { readRun } from './start/run-file.ts';
import { questioner } from './tools/questioner.ts';

/** Told in one line to whoever runs this. */
class Wrong extends Error {}

const LONGEST_NAME = 60;

const wordsOf = ({ least, most }: { least: number; most: number }): Record<PasswordRule, string> => ({
  length: `${least} to ${most} characters`,
  symbols: 'only letters, digits and . - _ = +',
  classes: 'at least one upper-case letter, one lower-case letter and one digit',
  'not-current': 'not the current one',
  'no-login-id': 'without the login ID',
});

/** Where the database is, and the site whose it is. */
function whereTo(): { database: string; web: string } {
  const { given, databaseUrl, publicOrigin, dataDir } = config();
  if (given.database) return { database: databaseUrl, web: publicOrigin };
  const { database, web } = readRun(join(dataDir, 'run.json'))?.urls ?? {};
  if (database === undefined || web === undefined) {
    throw new Wrong('No database: set DATABASE_URL, or run npm start in another terminal.');
  }
  return { database, web };
}

async function askFor(typedAddress: string | undefined): Promise<NewStaff> {
  const address = parseMailAddress(typedAddress ?? '');
  if (address === undefined) throw new Wrong('Usage: npm run staff:create <mail address>');
  const { ask, askHidden, close } = questioner();
  try {
    const name = tidyText(await ask('Name: '));
    if (name === '' || judgeText(name, LONGEST_NAME, 'one') !== undefined) {
      throw new Wrong(`The name must have 1 to ${LONGEST_NAME} characters, in one line.`);
    }
    const password = await askHidden('Password: ');
    const profile = config().passwordPolicy;
    const broken = brokenPasswordRules(password, { loginId: undefined, current: undefined }, profile);
    const words = wordsOf(passwordLengths[profile]);
    if (broken.length > 0) throw new Wrong(`The password must have ${broken.map((rule) => words[rule]).join('; ')}.`);
    const [mailbox = ''] = address.canonical.split('@');
    if (guessableBy(password, [brand.shortName, brand.companyName, mailbox]) !== undefined)
      throw new Wrong(
        'The password is one that others try first: choose one that is no common one and names neither company nor address.',
      );
    return { address, name, role: 'administrator', password };
  } finally {
    close();
  }
}

try {
  const { database, web } = whereTo();
  const staff = await askFor(process.argv[2]);
  connectDatabase(database, 1);
  const outcome = await createStaff(staff);
  if (!outcome.ok) throw new Wrong(`${staff.address.entered} is a staff person already.`);
  process.stdout.write(`${staff.address.entered} can sign in at ${web}/staff.\n`);
} catch (error) {
  const said = error instanceof Error ? error.message : String(error);
  process.stderr.write(`${error instanceof Wrong ? said : `The staff person could not be added: ${said}`}\n`);
  process.exitCode = 1;
} finally {
  await closeDatabase();
}
