/**
 * Key rings. `2026a:BASE64,2025b:BASE64`: the first key is used for what is new, the others still verify what is old (S69).
 * In the embedded default the keys are made once and kept in DATA_DIR/keys.json; production must bring its own (S73).
 */
import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { config, ConfigurationError } from './config.ts';

export interface KeyRing {
  /** The id of the key for new values. */
  currentId: string;
  /** Of every key that is given, the newest first. */
  ids: readonly string[];
  /** @throws ConfigurationError when a stored value names a key that is no longer given: it must not be dropped silently. */
  key: (id: string) => Buffer;
}

const rings = new Map<KeyPurpose, KeyRing>();

/** `session`: form tokens and cookies. `secret`: codes and links. `pepper`: passwords. */
export type KeyPurpose = 'session' | 'secret' | 'pepper';

/** The key ring of one purpose. @throws ConfigurationError when it is missing or weak. */
export function keyRing(purpose: KeyPurpose): KeyRing {
  const known = rings.get(purpose);
  if (known !== undefined) return known;
  const settings = config();
  const text = settings.keys[purpose] ?? embeddedKeys(settings.dataDir)[purpose];
  const ring = parseKeyRing(`${purpose.toUpperCase()}_KEYS`, text);
  rings.set(purpose, ring);
  return ring;
}

/** Parses `id:base64,…`; every key has at least 32 bytes. @throws ConfigurationError */
export function parseKeyRing(variable: string, text: string): KeyRing {
  const keys = new Map<string, Buffer>();
  for (const entry of text.split(',')) {
    const [id, encoded] = entry.trim().split(':');
    const bytes = Buffer.from(encoded ?? '', 'base64');
    if (id === undefined || !/^[a-z0-9]{1,16}$/.test(id) || bytes.length < 32 || new Set(bytes).size < 8) {
      throw new ConfigurationError(
        `${variable}: each entry is id:base64 of at least 32 random bytes (openssl rand -base64 32)`,
      );
    }
    if (keys.has(id)) throw new ConfigurationError(`${variable}: key "${id}" is given twice`);
    keys.set(id, bytes);
  }
  const [currentId] = keys.keys();
  if (currentId === undefined) throw new ConfigurationError(`${variable}: no key given`);
  return {
    currentId,
    ids: [...keys.keys()],
    key: (id) => {
      const found = keys.get(id);
      if (found === undefined) throw new ConfigurationError(`${variable}: key "${id}" is in use but not given`);
      return found;
    },
  };
}

function embeddedKeys(dataDir: string): Record<KeyPurpose, string> {
  const file = join(dataDir, 'keys.json');
  mkdirSync(dataDir, { recursive: true });
  const make = () => `k1:${randomBytes(32).toString('base64')}`;
  try {
    // `wx`: of two processes that start at once, one makes the keys and both read the same.
    writeFileSync(file, JSON.stringify({ session: make(), secret: make(), pepper: make() }), {
      flag: 'wx',
      mode: 0o600,
    });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  return JSON.parse(readFileSync(file, 'utf8')) as Record<KeyPurpose, string>;
}
