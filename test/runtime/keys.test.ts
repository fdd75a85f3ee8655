/** Key rings: the first key is for what is new, the others still verify; weak or missing ones stop the start (security.md S69, S73). */
import { randomBytes } from 'node:crypto';
import { expect, it } from 'vitest';
import { parseKeyRing } from '../../runtime/keys.ts';

const make = () => randomBytes(32).toString('base64');

it('the first key is the current one and every key is found by its id', () => {
  const [now, before] = [make(), make()];

  const ring = parseKeyRing('SECRET_KEYS', `2026a:${now}, 2025b:${before}`);

  expect(ring.currentId).toBe('2026a');
  expect(ring.key('2026a').toString('base64')).toBe(now);
  expect(ring.key('2025b').toString('base64')).toBe(before);
});

it('a key that is in use but not given stops whoever needs it', () => {
  const ring = parseKeyRing('PEPPER_KEYS', `k2:${make()}`);

  expect(() => ring.key('k1')).toThrow('PEPPER_KEYS: key "k1" is in use but not given');
});

it.each([
  ['nothing', ''],
  ['a word', 'changeme'],
  ['a word with an id', 'k1:changeme'],
  ['an id alone', 'k1:'],
  ['a key without id', `:${make()}`],
  ['an id in capitals', `K1:${make()}`],
  ['a key of zeros', `k1:${Buffer.alloc(32).toString('base64')}`],
  ['31 bytes', `k1:${randomBytes(31).toString('base64')}`],
  ['a short second key', `k1:${make()},k2:short`],
  ['one id twice', `k1:${make()},k1:${make()}`],
])('%s is refused in one line that names the variable', (_what, text) => {
  expect(() => parseKeyRing('SESSION_KEYS', text)).toThrow(/^SESSION_KEYS: .*$/);
});
