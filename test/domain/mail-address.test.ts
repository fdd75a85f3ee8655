/** Mail addresses: normalised first, validated after (security.md S78). */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maskMailAddress, parseMailAddress } from '../../domain/mail-address.ts';
import { runs } from '../support/runs.ts';

/** Written from S78's words alone, character by character, without a regular expression. */
function oracle(typed: string): string | undefined {
  const text = typed.normalize('NFKC').trim();
  const parts = text.split('@');
  const [local = '', domain = ''] = parts;
  const ascii = Array.from(text).every(
    (character) => character > ' ' && character < '\u007f' && !',;<>()"\\[]:'.includes(character),
  );
  if (parts.length !== 2 || !ascii || text.length > 254 || local.length < 1 || local.length > 64) return undefined;
  if (local.split('.').includes('')) return undefined;
  const labels = domain.toLowerCase().split('.');
  const letters = 'abcdefghijklmnopqrstuvwxyz';
  const labelIsFine = (label: string) =>
    label.length >= 1 &&
    label.length <= 63 &&
    !label.startsWith('-') &&
    !label.endsWith('-') &&
    Array.from(label).every((character) => `${letters}0123456789-`.includes(character));
  if (
    labels.length < 2 ||
    domain.length > 253 ||
    !labels.every(labelIsFine) ||
    !letters.includes(labels.at(-1)?.[0] ?? '?')
  )
    return undefined;
  return `${local}@${domain}`.toLowerCase();
}

const alphabet = fc.constantFrom(
  ...Array.from('aZ09.-_+@＠．ａＡ 　,;<>()"\\[]:\r\n\u0000éKſ％%\'!'),
  '例',
  'com',
  'jp',
  '@example.jp',
);
const nearAddress = fc.array(alphabet, { maxLength: 14 }).map((pieces) => pieces.join(''));
const anyAddress = fc.oneof(
  nearAddress,
  fc.emailAddress(),
  fc.string({ unit: 'binary' }),
  fc.tuple(nearAddress, fc.domain()).map((pair) => pair.join('@')),
);

describe('reading', () => {
  it('agrees with the oracle on generated addresses', () => {
    fc.assert(
      fc.property(anyAddress, (typed) => {
        expect(parseMailAddress(typed)?.canonical).toBe(oracle(typed));
      }),
      runs(5_000, 100_000),
    );
  });

  it('the canonical form of a canonical form is itself, and what was entered reads as the same address', () => {
    fc.assert(
      fc.property(anyAddress, (typed) => {
        const address = parseMailAddress(typed);
        if (address === undefined) return;
        expect(parseMailAddress(address.canonical)?.canonical).toBe(address.canonical);
        expect(parseMailAddress(address.entered)).toEqual(address);
      }),
      runs(5_000, 100_000),
    );
  });

  it.each([
    ['Tanto1@Example.JP', 'tanto1@example.jp'],
    ['　ｔａｎｔｏ１＠ｅｘａｍｐｌｅ．ｊｐ　', 'tanto1@example.jp'],
    ['a+b@sub.example.co.jp', 'a+b@sub.example.co.jp'],
    ["o'brien@example.jp", "o'brien@example.jp"],
    ['a@xn--r8jz45g.jp', 'a@xn--r8jz45g.jp'],
    ['\u212aanri@example.jp', 'kanri@example.jp'],
    [`${'a'.repeat(64)}@example.jp`, `${'a'.repeat(64)}@example.jp`],
  ])('%s is %s', (typed, canonical) => {
    expect(parseMailAddress(typed)?.canonical).toBe(canonical);
  });

  it.each([
    '',
    '@',
    'a',
    'a@',
    '@example.jp',
    'a@b',
    'a@@example.jp',
    'a@b@example.jp',
    'a b@example.jp',
    'a@exa mple.jp',
    'a@example.jp,b@example.jp',
    'a;b@example.jp',
    '<a@example.jp>',
    'a(c)@example.jp',
    '"a"@example.jp',
    'a\\b@example.jp',
    'a@[127.0.0.1]',
    'a@127.0.0.1',
    'a:b@example.jp',
    'a\r\nBcc: b@example.jp',
    'a@example.jp\r\nb',
    'a\u0000@example.jp',
    'a\u007f@example.jp',
    '.a@example.jp',
    'a.@example.jp',
    'a..b@example.jp',
    'a@.example.jp',
    'a@example..jp',
    'a@example.jp.',
    'a@-example.jp',
    'a@example-.jp',
    'a@例え.jp',
    'é@example.jp',
    'a@example.jp\u200b',
    'ａ，ｂ＠example.jp',
    '＂a＂@example.jp',
    'a@example.j_p',
    'a@example.1p',
    `${'a'.repeat(65)}@example.jp`,
    `a@${'b'.repeat(64)}.jp`,
    `a@${'b.'.repeat(126)}jp`,
    '\ud800@example.jp',
    'a\u202e@example.jp',
    'mailto:a@example.jp',
    'a@example.jp?bcc=b@example.jp',
  ])('%j is no address', (typed) => {
    expect(parseMailAddress(typed)).toBeUndefined();
  });
});

it('a masked address shows one character and the domain', () => {
  expect(maskMailAddress('test_01010101@web.com')).toBe('t***@web.com');
});
