/**
 * パスワードハッシュ of a migrated member: exactly the kind that the site makes itself (S61), so that a sign-in with it takes as long as any
 * other (S02) and nobody can hand in one that keeps a core busy. Any other password is set anew by its member.
 */
import { done, refused, type Outcome } from '../outcome.ts';
import type { RowFault } from './faults.ts';

type HashFault = Extract<RowFault, `hash-${string}`>;

/** The form of the reference implementation: `$argon2id$v=19$m=19456,t=2,p=1$salt$digest`, base64 without padding. */
const HASH = /^\$argon2id\$v=(\d+)\$([a-z0-9=,]+)\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/;
const VERSION = '19';
/** Sorted: implementations differ in their order. */
const COST = 'm=19456,p=1,t=2';
/** 16 to 64 bytes and 32 bytes, in base64. */
const SALT_LENGTH = { least: 22, most: 86 };
const DIGEST_LENGTH = 43;

/** The hash as it is stored. */
export function judgePasswordHash(typed: string): Outcome<string, HashFault> {
  if (!typed.startsWith('$')) return refused('hash-clear-text');
  if (!typed.startsWith('$argon2id$')) return refused('hash-other-kind');
  const [, version, cost, salt = '', digest = ''] = HASH.exec(typed) ?? [];
  if (version === undefined) return refused('hash-form');
  if (version !== VERSION) return refused('hash-version');
  if (cost?.split(',').sort().join() !== COST) return refused('hash-cost');
  if (salt.length < SALT_LENGTH.least || salt.length > SALT_LENGTH.most || salt.length % 4 === 1) {
    return refused('hash-salt');
  }
  return digest.length === DIGEST_LENGTH ? done(typed) : refused('hash-digest');
}
