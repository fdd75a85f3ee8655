/** Common passwords and words that stand beside one (security.md S62). */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { commonNumbers, commonWords } from '../../domain/common-passwords.ts';
import { guessableBy } from '../../domain/guessable-passwords.ts';
import { brokenPasswordRules } from '../../domain/password-policy.ts';
import { runs } from '../support/runs.ts';

const NOBODY = { loginId: undefined, current: undefined };
const keepsPolicy = (candidate: string) => brokenPasswordRules(candidate, NOBODY, 'seed').length === 0;
const capitalised = (word: string) => word.slice(0, 1).toUpperCase() + word.slice(1);

it('more than 3,000 common passwords that keep the policy are refused', () => {
  const made = new Set(
    [...commonWords].flatMap((word) =>
      [...commonNumbers].flatMap((number) => [`${capitalised(word)}${number}`, `${number}${capitalised(word)}`]),
    ),
  );

  const fitting = [...made].filter(keepsPolicy);

  expect(fitting.length).toBeGreaterThan(3_000);
  expect(fitting.filter((candidate) => guessableBy(candidate, []) !== 'common')).toEqual([]);
});

it.each([
  'Password1',
  'P4ssw0rd',
  'Passw0rd-1',
  'Welcome_123',
  'Summer2026',
  '2026Summer',
  'Sakura.2027',
  'Qwerty123',
  '1qaz2WSX',
  'Abcd1234',
  'iLoveYou1',
  'Admin=2024',
  'L3tm31n99',
])('%s is common', (candidate) => {
  expect(keepsPolicy(candidate)).toBe(true);
  expect(guessableBy(candidate, [])).toBe('common');
});

it.each([
  ['xNttRec-27', ['NTTREC', 'レンタル・エンジニアリング株式会社']],
  ['Rental-9Kq', []],
  ['Denki9Kq-2', ['株式会社ＤＥＮＫＩ設備']],
  ['Kobai-77Xq', ['kobai.3ka']],
])('%s holds a word that stands beside it', (candidate, near) => {
  expect(guessableBy(candidate, near)).toBe('near-word');
});

it.each([
  ['Natsu-2027', ['NTTREC', '株式会社テスト電設', 'tanto1']],
  ['Abc9Kq-2xy', ['abc@']],
  ['Kashi-2026', []],
])('%s may be used', (candidate, near) => {
  expect(guessableBy(candidate, near)).toBeUndefined();
});

it('hardly any password that was drawn by lot is refused', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[A-Za-z0-9.\-_=+]{10,12}$/), (candidate) => {
      expect(guessableBy(candidate, ['NTTREC', 'tanto1'])).toBeUndefined();
    }),
    runs(5_000, 100_000),
  );
});
