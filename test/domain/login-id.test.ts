/** ログインID: one policy for case and width (security.md S79). */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { canonicalLoginId, isLoginId } from '../../domain/login-id.ts';
import { runs } from '../support/runs.ts';

const loginIds = fc.stringMatching(/^[a-z0-9][a-z0-9._-]{3,31}$/);
const fullWidth = (text: string) =>
  Array.from(text, (character) => String.fromCharCode(character.charCodeAt(0) + 0xfee0)).join('');

it('every case and width of a login ID is one login ID', () => {
  fc.assert(
    fc.property(loginIds, (loginId) => {
      const spellings = [
        loginId,
        loginId.toUpperCase(),
        fullWidth(loginId),
        fullWidth(loginId.toUpperCase()),
        ` ${loginId}　`,
      ];
      expect(spellings.map(canonicalLoginId)).toEqual(spellings.map(() => loginId));
    }),
    runs(2_000, 50_000),
  );
});

it('a canonical login ID is its own canonical form', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (typed) => {
      const canonical = canonicalLoginId(typed);
      if (isLoginId(canonical)) expect(canonicalLoginId(canonical)).toBe(canonical);
    }),
    runs(2_000, 100_000),
  );
});

it.each(['demo0001', 'a.b-c_d', '1234', 'a'.repeat(32)])('%s can be a login ID', (canonical) => {
  expect(isLoginId(canonical)).toBe(true);
});

it.each(['', 'abc', 'a'.repeat(33), '-abc', '.abc', 'ab cd', 'abcd\n', 'Abcd', 'ロゼット', 'abc@d', "abc'd"])(
  '%j can not',
  (canonical) => {
    expect(isLoginId(canonical)).toBe(false);
  },
);
