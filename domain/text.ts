/** What may be stored of typed text, and how slips of the keyboard are forgiven. Source: libraries.md (conventions), security.md S80, S42. */

const BIDI = '\\u202a-\\u202e\\u2066-\\u2069\\u200e\\u200f\\u061c';
const LINE_UNSAFE = new RegExp(`[\\p{Cc}${BIDI}]`, 'u');
const TEXT_UNSAFE = new RegExp(`[^\\P{Cc}\\n\\t]|[${BIDI}]`, 'u');

export type TextFault = 'too-long' | 'unsafe-character';

/** A name or other free text: NFC and trimmed, never otherwise changed. */
export function tidyText(typed: string): string {
  return typed.replaceAll(/\r\n?/g, '\n').normalize('NFC').trim();
}

/** What is wrong with tidied text. Length counts code points. `lines` allows line breaks (備考). */
export function judgeText(text: string, longest: number, lines: 'one' | 'many'): TextFault | undefined {
  const unsafe = lines === 'one' ? LINE_UNSAFE : TEXT_UNSAFE;
  if (!text.isWellFormed() || unsafe.test(text)) return 'unsafe-character';
  return Array.from(text).length > longest ? 'too-long' : undefined;
}

/** Codes people type in full width: telephone, postal and product codes. NFKC, dashes of all kinds folded to `-`, trimmed. */
export function tidyCode(typed: string): string {
  return typed
    .normalize('NFKC')
    .replaceAll(/[‐‑‒–—―−ー－ｰ]/g, '-')
    .trim();
}

/** 〒 as `123-4567`, or undefined. The hyphen is optional. */
export function parsePostalCode(typed: string): string | undefined {
  const match = /^(\d{3})-?(\d{4})$/.exec(tidyCode(typed).replace(/^〒\s*/, ''));
  return match === null ? undefined : `${match[1] ?? ''}-${match[2] ?? ''}`;
}

/** A Japanese telephone or FAX number with its hyphens as typed, or undefined: 10 or 11 digits beginning with 0. */
export function parseTelephone(typed: string): string | undefined {
  const tidied = tidyCode(typed)
    .replaceAll(/[()\s]/g, '-')
    .replaceAll(/-+/g, '-')
    .replaceAll(/^-|-$/g, '');
  return /^0[\d-]+$/.test(tidied) && /^\d{10,11}$/.test(tidied.replaceAll('-', '')) ? tidied : undefined;
}

/** A one-time code as people type it: full width and blanks forgiven. */
export function tidyOneTimeCode(typed: string): string {
  return typed.normalize('NFKC').replaceAll(/[\s-]/g, '');
}

/** A calendar date as people type it (`2027/1/5`, full width) as `2027-01-05`; anything else comes back only tidied. */
export function tidyDate(typed: string): string {
  const tidied = tidyCode(typed);
  const match = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/.exec(tidied);
  return match === null ? tidied : [match[1], match[2]?.padStart(2, '0'), match[3]?.padStart(2, '0')].join('-');
}
