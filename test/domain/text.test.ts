/** What may be stored of typed text (security.md S80), and slips that are forgiven (libraries.md, conventions). */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { judgeText, parsePostalCode, parseTelephone, tidyCode, tidyOneTimeCode, tidyText } from '../../domain/text.ts';
import { runs } from '../support/runs.ts';

const anyText = fc.string({ unit: 'binary', maxLength: 30 });

/** By code point, from S80's words: no control character, no bidi override or isolate, well-formed. */
function isSafe(text: string, lines: 'one' | 'many'): boolean {
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    const breaks = lines === 'many' && (code === 0x0a || code === 0x09);
    if ((code <= 0x1f && !breaks) || (code >= 0x7f && code <= 0x9f)) return false;
    if (
      (code >= 0x202a && code <= 0x202e) ||
      (code >= 0x2066 && code <= 0x2069) ||
      [0x200e, 0x200f, 0x061c].includes(code)
    )
      return false;
    if (code >= 0xd800 && code <= 0xdfff) return false;
  }
  return true;
}

describe('free text', () => {
  it('is judged as the oracle judges it', () => {
    fc.assert(
      fc.property(anyText, fc.constantFrom('one' as const, 'many' as const), (typed, lines) => {
        expect(judgeText(typed, 1000, lines)).toBe(isSafe(typed, lines) ? undefined : 'unsafe-character');
      }),
      runs(3_000, 100_000),
    );
  });

  it('tidied twice is tidied once', () => {
    fc.assert(
      fc.property(anyText, (typed) => {
        expect(tidyText(tidyText(typed))).toBe(tidyText(typed));
      }),
      runs(3_000, 100_000),
    );
  });

  it('counts characters as people do, up to and including the longest', () => {
    expect(judgeText('𠮷'.repeat(10), 10, 'one')).toBeUndefined();
    expect(judgeText('𠮷'.repeat(11), 10, 'one')).toBe('too-long');
  });

  it('keeps what was meant: width, case and inner blanks stay', () => {
    expect(tidyText(' ｶﾌﾞｼｷ　ＡＢＣ \r\n二行目 ')).toBe('ｶﾌﾞｼｷ　ＡＢＣ \n二行目');
    expect(tidyText('か\u3099')).toBe('が');
  });

  it.each(['\u0000', '\u001b[31m', 'a\u202eb', '\ud800', 'a\u2066b', '\u0085'])('%j is refused', (text) => {
    expect(judgeText(text, 100, 'many')).toBe('unsafe-character');
  });

  it('line breaks are for texts of many lines', () => {
    expect(judgeText('一\n二', 100, 'many')).toBeUndefined();
    expect(judgeText('一\n二', 100, 'one')).toBe('unsafe-character');
  });
});

describe('codes', () => {
  it('tidied twice is tidied once', () => {
    fc.assert(
      fc.property(anyText, (typed) => {
        expect(tidyCode(tidyCode(typed))).toBe(tidyCode(typed));
      }),
      runs(3_000, 100_000),
    );
  });

  it.each([
    ['261-0023', '261-0023'],
    ['2610023', '261-0023'],
    ['〒２６１ー００２３', '261-0023'],
    ['〒 261−0023', '261-0023'],
    ['261-002', undefined],
    ['261-00234', undefined],
    ['26-10023', undefined],
    ['abc-defg', undefined],
    ['', undefined],
  ])('postal code %j is %j', (typed, code) => {
    expect(parsePostalCode(typed)).toBe(code);
  });

  it.each([
    ['0120-91-5809', '0120-91-5809'],
    ['０３－１２３４－５６７８', '03-1234-5678'],
    ['03(1234)5678', '03-1234-5678'],
    ['（03）1234ー5678', '03-1234-5678'],
    ['09012345678', '09012345678'],
    ['03 1234 5678', '03-1234-5678'],
    ['031234567', undefined],
    ['090123456789', undefined],
    ['+81-3-1234-5678', undefined],
    ['1234567890', undefined],
    ['', undefined],
  ])('telephone %j is %j', (typed, number) => {
    expect(parseTelephone(typed)).toBe(number);
  });

  it.each([
    ['１２３４５６', '123456'],
    [' 123 456 ', '123456'],
    ['123-456', '123456'],
    ['12345', '12345'],
    ['abc', 'abc'],
  ])('one-time code %j is read as %j', (typed, code) => {
    expect(tidyOneTimeCode(typed)).toBe(code);
  });
});
