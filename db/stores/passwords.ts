/** The only door to argon2. Hashing keeps a core busy, so whoever brings a password stands in a bounded queue (S59, S61). */
import { createHmac } from 'node:crypto';
import { availableParallelism } from 'node:os';
import argon2 from 'argon2';
import { keyRing } from '../../runtime/keys.ts';
import { limits } from '../../runtime/limits.ts';

/** S61: OWASP's minimum, also ASVS appendix C. */
const PARAMETERS = { type: argon2.argon2id, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

const AT_ONCE = Math.min(4, availableParallelism());

/** As many bring a password as may at once: the web answers 503 with Retry-After. */
export class PasswordQueueFull extends Error {
  override name = 'PasswordQueueFull';
}

let admitted = 0;

/**
 * Runs `work`, a whole request that brings a password, if there is room for one more. The room is taken before the first query: those
 * who are turned away must not stand in the line for a database connection, or every other page waits there behind them (S59).
 * @throws PasswordQueueFull before `work` has begun
 */
export async function inPasswordQueue<T>(work: () => Promise<T>): Promise<T> {
  if (admitted >= AT_ONCE + limits().hashesWaiting)
    throw new PasswordQueueFull('too many passwords wait for their turn');
  admitted += 1;
  try {
    return await work();
  } finally {
    admitted -= 1;
  }
}

let hashing = 0;
const waiting: (() => void)[] = [];

/** One after the other where more want to hash than there are cores. */
async function inTurn<T>(hash: () => Promise<T>): Promise<T> {
  // The one who leaves hands its turn over, so `hashing` stays.
  if (hashing >= AT_ONCE) await new Promise<void>((resolve) => waiting.push(resolve));
  else hashing += 1;
  try {
    return await hash();
  } finally {
    const next = waiting.shift();
    if (next === undefined) hashing -= 1;
    else next();
  }
}

/**
 * One keyboard's が is another's か with a mark: both are the same password. What keeps the customer's policy is ASCII. With no key id as it
 * was typed: a migrated member's hash was made elsewhere, and is replaced at the forced change.
 */
const peppered = (password: string, keyId: string): string =>
  keyId === ''
    ? password
    : createHmac('sha256', keyRing('pepper').key(keyId)).update(password.normalize('NFC'), 'utf8').digest('base64');

/** The stored form: `keyId$argon2id…`. */
export async function hashPassword(password: string): Promise<string> {
  const keyId = keyRing('pepper').currentId;
  return `${keyId}${await inTurn(() => argon2.hash(peppered(password, keyId), PARAMETERS))}`;
}

/** Whether a stored hash was made with other parameters or another pepper than today's: made anew at the next right sign-in (S61, S69). */
export function isOutdatedHash(stored: string): boolean {
  const split = stored.indexOf('$');
  const { memoryCost, timeCost, parallelism } = PARAMETERS;
  const current = argon2.needsRehash(stored.slice(split), { memoryCost, timeCost, parallelism });
  return stored.slice(0, split) !== keyRing('pepper').currentId || current || !stored.startsWith('$argon2id$', split);
}

let dummy: Promise<string> | undefined;

/** Whether `password` is the one that was hashed. With no hash (unknown or invited member) it works exactly as long and answers no (S02). */
export async function verifyPassword(stored: string | null | undefined, password: string): Promise<boolean> {
  dummy ??= argon2.hash('nobody', PARAMETERS).then((hash) => `${keyRing('pepper').currentId}${hash}`);
  const against = stored ?? (await dummy);
  const split = against.indexOf('$');
  const matches = await inTurn(() => argon2.verify(against.slice(split), peppered(password, against.slice(0, split))));
  return matches && typeof stored === 'string';
}
