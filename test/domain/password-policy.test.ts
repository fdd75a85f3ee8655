/** パスワード入力の注意事項 against an oracle written from the document's words (security.md S62). */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { brokenPasswordRules, type PasswordContext, type PasswordRule } from '../../domain/password-policy.ts';
import { runs } from '../support/runs.ts';

const UPPER = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const LOWER = 'abcdefghijklmnopqrstuvwxyz';
const DIGITS = '0123456789';
const SYMBOLS = '.-_=+';

const has = (text: string, set: string) => text.split('').some((character) => set.includes(character));

/** 8~12文字 / 利用可能な記号 / 英字大文字、英字小文字、数字をそれぞれ一文字以上 / 現パスワードと異なる / ログインID文字列を含まない */
function oracle(candidate: string, { loginId, current }: PasswordContext): PasswordRule[] {
  const broken: PasswordRule[] = [];
  if (Array.from(candidate).length < 8 || Array.from(candidate).length > 12) broken.push('length');
  if (
    candidate === '' ||
    has(
      candidate,
      candidate
        .split('')
        .filter((c) => !`${UPPER}${LOWER}${DIGITS}${SYMBOLS}`.includes(c))
        .join(''),
    )
  ) {
    broken.push('symbols');
  }
  if (![UPPER, LOWER, DIGITS].every((set) => has(candidate, set))) broken.push('classes');
  if (current !== undefined && candidate === current) broken.push('not-current');
  if (loginId !== undefined && candidate.toLowerCase().split(loginId.toLowerCase()).length > 1)
    broken.push('no-login-id');
  return broken;
}

const pieces = fc.constantFrom(
  ...Array.from(`${UPPER}${LOWER}${DIGITS}${SYMBOLS}`),
  '!',
  ' ',
  'Ａ',
  '１',
  'é',
  '\n',
  '😀',
  'demo',
  'DEMO1',
  'Kashi-2026',
);
const candidates = fc.oneof(
  fc.array(pieces, { maxLength: 14 }).map((parts) => parts.join('')),
  fc.stringMatching(/^[A-Za-z0-9.\-_=+]{8,12}$/),
  fc.string({ unit: 'binary', maxLength: 14 }),
);
const contexts: fc.Arbitrary<PasswordContext> = fc.record({
  loginId: fc.constantFrom(undefined, 'demo', 'demo1', 'a1b2'),
  current: fc.oneof(fc.constantFrom(undefined, 'Kashi-2026'), candidates),
});

it('agrees with the oracle on generated passwords', () => {
  fc.assert(
    fc.property(candidates, contexts, (candidate, context) => {
      expect(brokenPasswordRules(candidate, context, 'seed')).toEqual(oracle(candidate, context));
    }),
    runs(5_000, 100_000),
  );
});

describe('boundaries', () => {
  const nothingKnown: PasswordContext = { loginId: undefined, current: undefined };

  it.each([
    ['Abcdef1', ['length']],
    ['Abcdefg1', []],
    ['Abcdefghijk1', []],
    ['Abcdefghijkl1', ['length']],
    ['Ab1.-_=+', []],
    ['Abcdefg1!', ['symbols']],
    ['Ａbcdefg1', ['symbols', 'classes']],
    ['Abcdef 1', ['symbols']],
    ['abcdefg1', ['classes']],
    ['ABCDEFG1', ['classes']],
    ['Abcdefgh', ['classes']],
    ['', ['length', 'symbols', 'classes']],
    ['Abcdefg1\n', ['symbols']],
  ])('%j breaks %j', (candidate, broken) => {
    expect(brokenPasswordRules(candidate, nothingKnown, 'seed')).toEqual(broken);
  });

  it('the current password and the login ID in any case are refused', () => {
    expect(brokenPasswordRules('Kashi-2026', { loginId: 'demo0001', current: 'Kashi-2026' }, 'seed')).toEqual([
      'not-current',
    ]);
    expect(brokenPasswordRules('xDEMO0001x', { loginId: 'demo0001', current: undefined }, 'seed')).toEqual([
      'no-login-id',
    ]);
    expect(brokenPasswordRules('Demo0001', { loginId: 'ＤＥＭＯ0001', current: undefined }, 'seed')).toEqual([
      'no-login-id',
    ]);
  });
});

describe('the modern profile', () => {
  const nothingKnown: PasswordContext = { loginId: undefined, current: undefined };

  it('knows length, current password and login ID, and no composition, on generated passwords', () => {
    const longer = fc.oneof(candidates, fc.string({ unit: 'grapheme', maxLength: 80 }));
    fc.assert(
      fc.property(longer, contexts, (candidate, context) => {
        const characters = Array.from(candidate).length;
        const expected: PasswordRule[] = [];
        if (characters < 8 || characters > 64) expected.push('length');
        expected.push(...oracle(candidate, context).filter((rule) => rule === 'not-current' || rule === 'no-login-id'));

        expect(brokenPasswordRules(candidate, context, 'modern')).toEqual(expected);
      }),
      runs(5_000, 100_000),
    );
  });

  it.each([
    ['ひらがなだけでも', []],
    ['correct horse battery staple', []],
    ['aaaaaaa', ['length']],
    ['あ'.repeat(64), []],
    ['😀'.repeat(64), []],
    ['あ'.repeat(65), ['length']],
  ])('%j breaks %j', (candidate, broken) => {
    expect(brokenPasswordRules(candidate, nothingKnown, 'modern')).toEqual(broken);
  });
});
