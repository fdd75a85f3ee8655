/** Files of migrated customers. */
import { columnLabels } from '../../app/texts/customer-import.ts';
import { importColumns, type ImportColumn } from '../../domain/customer-import/columns.ts';

/** Of the right form; of no password anybody knows. */
export const goodHash = `$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$${'a'.repeat(43)}`;

export type ImportLine = Record<ImportColumn, string>;

export const importLine = (over: Partial<ImportLine>): ImportLine => ({
  loginId: 'kaisha01',
  company: '株式会社テスト電設',
  department: '設備部',
  postalCode: '100-0001',
  address: '東京都千代田区千代田1-1',
  telephone: '03-0000-0000',
  fax: '03-0000-0001',
  mailAddress: 'tanto@example.jp',
  userName: 'テスト担当者1',
  passwordHash: '',
  ...over,
});

const quoted = (cell: string): string => `"${cell.replaceAll('"', '""')}"`;

/** A file with all columns, as UTF-8. */
export const csvOf = (lines: readonly ImportLine[]): Uint8Array =>
  new TextEncoder().encode(
    [
      importColumns.map((column) => columnLabels[column]),
      ...lines.map((line) => importColumns.map((column) => line[column])),
    ]
      .map((cells) => `${cells.map(quoted).join(',')}\r\n`)
      .join(''),
  );

/** The same file as Excel on Windows writes it. @throws Error for a character that Shift_JIS doesn't have */
export function inShiftJis(utf8: Uint8Array): Uint8Array {
  return Buffer.concat(
    Array.from(new TextDecoder().decode(utf8), (character) => {
      const bytes = shiftJis().get(character);
      if (bytes === undefined) throw new Error(`Shift_JIS has no ${character}`);
      return bytes;
    }),
  );
}

let table: Map<string, Buffer> | undefined;

/** Every character that the decoder knows, by trying all of its bytes. */
function shiftJis(): Map<string, Buffer> {
  if (table !== undefined) return table;
  table = new Map();
  const decoder = new TextDecoder('shift_jis');
  const add = (...bytes: number[]): void => {
    const character = decoder.decode(Buffer.from(bytes));
    if (Array.from(character).length === 1 && !table?.has(character)) table?.set(character, Buffer.from(bytes));
  };
  for (let first = 0; first < 0x100; first += 1) add(first);
  for (let first = 0x81; first < 0xfd; first += 1)
    for (let second = 0x40; second < 0xfd; second += 1) add(first, second);
  return table;
}
