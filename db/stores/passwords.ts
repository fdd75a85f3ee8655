/** The only door to argon2. Hashing costs a busy core about 0.1 s, so it stands in a bounded queue (S59, S61). */
import { createHmac } from 'node:crypto';
import { availableParallelism } from 'node:os';
import argon2 from 'argon2';
import { keyRing } from '../../runtime/keys.ts';
import { limits } from '../../runtime/limits.ts';

/** S61: OWASP's minimum, also ASVS appendix C. */
const PARAMETERS = { type: argon2.argon2id, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

const AT_ONCE = Math.min(4, availableParallelism());

/** More sign-ins wait than the queue holds: the web answers 503 with Retry-After. */
export class PasswordQueueFull extends Error {
  override name = 'PasswordQueueFull';
}

let running = 0;
const waiting: (() => void)[] = [];

async function inQueue<T>(work: () => Promise<T>): Promise<T> {
  if (running >= AT_ONCE) {
    if (waiting.length >= limits().hashesWaiting) throw new PasswordQueueFull('too many sign-ins wait for their turn');
    // The one who leaves hands its place over, so `running` stays.
    await new Promise<void>((resolve) => waiting.push(resolve));
  } else {
    running += 1;
  }
  try {
    return await work();
  } finally {
    const next = waiting.shift();
    if (next === undefined) running -= 1;
    else next();
  }
}

const peppered = (password: string, keyId: string): string =>
  createHmac('sha256', keyRing('pepper').key(keyId)).update(password, 'utf8').digest('base64');

/** The stored form: `keyId$argon2id…`. @throws PasswordQueueFull */
export async function hashPassword(password: string): Promise<string> {
  const keyId = keyRing('pepper').currentId;
  return `${keyId}${await inQueue(() => argon2.hash(peppered(password, keyId), PARAMETERS))}`;
}

let dummy: Promise<string> | undefined;

/**
 * Whether `password` is the one that was hashed. With no hash (unknown or invited member) it works exactly as long and answers no (S02).
 * @throws PasswordQueueFull
 */
export async function verifyPassword(stored: string | null | undefined, password: string): Promise<boolean> {
  dummy ??= argon2.hash('nobody', PARAMETERS).then((hash) => `${keyRing('pepper').currentId}${hash}`);
  const against = stored ?? (await dummy);
  const split = against.indexOf('$');
  const matches = await inQueue(() => argon2.verify(against.slice(split), peppered(password, against.slice(0, split))));
  return matches && typeof stored === 'string';
}
