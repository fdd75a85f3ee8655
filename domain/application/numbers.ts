/** 申込番号 and 注文番号. Source: spec.md 見積・注文 (ours; the form of 注文番号 fits the document's 202205100010). */

/** Without look-alikes: no 0 O, 1 I L, 5 S, 8 B, 2 Z. */
const NUMBER_ALPHABET = '34679ACDEFGHJKMNPQRTUVWXY';

/** 申込番号 from at least 8 random bytes: `A` and 8 characters. Uniqueness is the database's. */
export function applicationNumberFrom(randomBytes: Uint8Array): string {
  const characters = Array.from(randomBytes.slice(0, 8), (byte) => NUMBER_ALPHABET[byte % NUMBER_ALPHABET.length]);
  return `A${characters.join('')}`;
}

export const applicationNumberPattern = /^A[34679ACDEFGHJKMNPQRTUVWXY]{8}$/;

/** Serials of a month run from 100001 to 999999; past that an operator has to step in (S84). */
export const firstOrderSerial = 100001;
export const lastOrderSerial = 999999;

/** 注文番号: year and month of 申込日時 in JST (`YYYYMM`) and the month's serial. Never parse it. */
export function orderNumberFrom(month: string, serial: number): string {
  return `${month}${String(serial).padStart(6, '0')}`;
}
