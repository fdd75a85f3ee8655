/** Mail addresses. Source: security.md S78: normalise first, validate after, so that no two spellings of one address pass as two. */

const FORBIDDEN = /[\s,;<>()"\\[\]:\p{Cc}]/u;
const DOMAIN = /^(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/;

export interface MailAddress {
  /** As typed, without full-width slips and outer blanks: what letters are sent to. */
  entered: string;
  /** What addresses are compared by. */
  canonical: string;
}

/** Reads a typed address, or undefined when it is none. `canonical` is a fixed point of this function. */
export function parseMailAddress(typed: string): MailAddress | undefined {
  const entered = typed.normalize('NFKC').trim();
  const at = entered.indexOf('@');
  const local = entered.slice(0, at);
  const domain = entered.slice(at + 1).toLowerCase();
  const plain = Array.from(entered).every(
    (character) => character.charCodeAt(0) > 0x20 && character.charCodeAt(0) < 0x7f,
  );
  if (at < 1 || entered.length > 254 || local.length > 64 || !plain || FORBIDDEN.test(entered)) return undefined;
  if (local.startsWith('.') || local.endsWith('.') || local.includes('..') || !DOMAIN.test(domain)) return undefined;
  return { entered, canonical: `${local.toLowerCase()}@${domain}` };
}

/** `t***@web.com`: enough to know one's own mailbox by, too little to learn another's (S05). */
export function maskMailAddress(address: string): string {
  const at = address.lastIndexOf('@');
  return `${address.slice(0, 1)}***${address.slice(at)}`;
}
