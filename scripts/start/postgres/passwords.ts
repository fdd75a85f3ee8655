import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Passwords {
  postgres: string;
  owner: string;
  site: string;
}

/** The passwords of the embedded database's roles: drawn once, kept in DATA_DIR. */
export function embeddedPasswords(dataDir: string): Passwords {
  const file = join(dataDir, 'postgres.json');
  if (!existsSync(file)) {
    const draw = () => randomBytes(24).toString('base64url');
    const passwords: Passwords = { postgres: draw(), owner: draw(), site: draw() };
    writeFileSync(file, JSON.stringify(passwords), { mode: 0o600 });
  }
  return JSON.parse(readFileSync(file, 'utf8')) as Passwords;
}
