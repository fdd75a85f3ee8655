/** The import of migrated customers: each kind of bad row is told with line and column; good rows are read forgivingly. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readCsv } from '../../app/documents/csv-file.server.ts';
import { columnLabels, faultText, importColumnNames } from '../../app/texts/customer-import.ts';
import { importColumns, type ImportColumn } from '../../domain/customer-import/columns.ts';
import { fileFaults, rowFaults, togetherFaults, type ImportFault } from '../../domain/customer-import/faults.ts';
import { planImport, type KnownAccount } from '../../domain/customer-import/plan.ts';
import { judgeTable } from '../../domain/customer-import/table.ts';
import { csvOf, goodHash, importLine, inShiftJis } from '../support/import-file.ts';

const MOST_ROWS = 5000;

/** All faults of a file, as the page would tell them. */
function faultsOf(bytes: Uint8Array, known: KnownAccount[] = []): ImportFault[] {
  const csv = readCsv(bytes);
  if (!csv.ok) return [{ line: csv.line ?? 1, column: undefined, fault: csv.reason }];
  const { rows, faults } = judgeTable(csv.value, importColumnNames, MOST_ROWS);
  return [...faults, ...planImport(rows, known, 10).faults];
}

/** A file whose second row (line 3) is bad. */
const withBad = (over: Partial<Record<ImportColumn, string>>): Uint8Array =>
  csvOf([importLine({ loginId: 'other01' }), importLine(over)]);

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const header = importColumns.map((column) => columnLabels[column]).join(',');
const [kind, version, cost, salt, digest] = [
  '$argon2id',
  '$v=19',
  '$m=19456,t=2,p=1',
  '$c29tZXNhbHRzb21lc2FsdA',
  `$${'a'.repeat(43)}`,
];

const badFiles: [what: string, bytes: Uint8Array, fault: Partial<ImportFault>][] = [
  ['nothing at all', bytesOf(''), { line: 1, fault: 'file-empty' }],
  ['a workbook', Buffer.from('504b030414000600', 'hex'), { line: 1, fault: 'workbook' }],
  ['UTF-16', Buffer.from(`\ufeff${header}`, 'utf16le'), { line: 1, fault: 'utf-16' }],
  ['no text', Buffer.from([0x82, 0xff, 0xff, 0x00]), { line: 1, fault: 'unreadable' }],
  ['an open quote', bytesOf(`${header}\n"a,b`), { line: 2, fault: 'broken-quotes' }],
  ['a quote within a value', bytesOf(`${header}\nab"c,d`), { line: 2, fault: 'broken-quotes' }],
  ['an unknown column', bytesOf(`${header},備考\n`), { line: 1, fault: 'header-unknown', about: '備考' }],
  ['a column twice', bytesOf(`${header},会社名\n`), { line: 1, fault: 'header-twice', about: '会社名' }],
  ['a column missing', bytesOf('会社名,メールアドレス\n'), { line: 1, fault: 'header-missing', about: 'ログインID' }],
  ['clear passwords', bytesOf(`${header},パスワード\n`), { line: 1, fault: 'header-clear-password' }],
  ['no rows', bytesOf(`${header}\n,,\n`), { line: 1, fault: 'no-rows' }],
  [
    '5,001 rows',
    bytesOf(`${header}\n${'a,b,,,,,,,,\n'.repeat(MOST_ROWS + 1)}`),
    { line: MOST_ROWS + 2, fault: 'too-many-rows', about: MOST_ROWS },
  ],
  ['too few cells', bytesOf(`${header}\na,b\n`), { line: 2, column: undefined, fault: 'too-few-cells', about: 10 }],
  ['too many cells', bytesOf(`${header}\n${'a,'.repeat(10)}b\n`), { line: 2, fault: 'too-many-cells', about: 10 }],
];

const badRows: [
  what: string,
  over: Partial<Record<ImportColumn, string>>,
  column: ImportColumn,
  fault: ImportFault['fault'],
][] = [
  ['no login ID', { loginId: ' ' }, 'loginId', 'required'],
  ['a short login ID', { loginId: 'abc' }, 'loginId', 'login-id-short'],
  ['a long login ID', { loginId: 'a'.repeat(33) }, 'loginId', 'login-id-long'],
  ['a login ID of other characters', { loginId: '株式会社' }, 'loginId', 'login-id-characters'],
  ['a login ID that begins with a dot', { loginId: '.abcd' }, 'loginId', 'login-id-beginning'],
  ['no company', { company: '　' }, 'company', 'required'],
  ['a long company', { company: 'あ'.repeat(101) }, 'company', 'too-long'],
  ['a company over two lines', { company: '株式会社\nテスト' }, 'company', 'unsafe-character'],
  ['a garbled company', { company: '株式\uFFFD社' }, 'company', 'garbled'],
  ['a long department', { department: 'あ'.repeat(101) }, 'department', 'too-long'],
  ['a department with a control character', { department: '設備\u0007部' }, 'department', 'unsafe-character'],
  ['a department written backwards', { department: '設備\u202e部' }, 'department', 'unsafe-character'],
  ['a garbled department', { department: '\uFFFD' }, 'department', 'garbled'],
  ['a short postal code', { postalCode: '123-456' }, 'postalCode', 'postal-code-form'],
  ['a postal code in words', { postalCode: '不明' }, 'postalCode', 'postal-code-form'],
  ['a long address', { address: 'あ'.repeat(201) }, 'address', 'too-long'],
  ['an address with NUL', { address: '東京都\0' }, 'address', 'unsafe-character'],
  ['a garbled address', { address: '東京\uFFFD' }, 'address', 'garbled'],
  ['a short telephone number', { telephone: '03-0000' }, 'telephone', 'telephone-form'],
  ['a telephone number without its zero', { telephone: '3-0000-0000' }, 'telephone', 'telephone-form'],
  ['a FAX number in words', { fax: 'なし' }, 'fax', 'telephone-form'],
  ['no mail address', { mailAddress: '' }, 'mailAddress', 'required'],
  ['a mail address without @', { mailAddress: 'tanto.example.jp' }, 'mailAddress', 'mail-no-at'],
  ['two mail addresses', { mailAddress: 'a@example.jp; b@example.jp' }, 'mailAddress', 'mail-several'],
  ['a long mail address', { mailAddress: `${'a'.repeat(65)}@example.jp` }, 'mailAddress', 'mail-long'],
  ['a Japanese mail address', { mailAddress: '担当@example.jp' }, 'mailAddress', 'mail-full-width'],
  ['a mail address without a domain', { mailAddress: 'tanto@localhost' }, 'mailAddress', 'mail-form'],
  ['a long user name', { userName: 'あ'.repeat(61) }, 'userName', 'too-long'],
  ['a user name over two lines', { userName: 'テスト\r\n担当者1' }, 'userName', 'unsafe-character'],
  ['a garbled user name', { userName: '\uFFFD\uFFFD' }, 'userName', 'garbled'],
  ['a hash without a name', { userName: '', passwordHash: goodHash }, 'userName', 'name-with-hash'],
  ['a clear password', { passwordHash: 'Kashi-2026' }, 'passwordHash', 'hash-clear-text'],
  ['bcrypt', { passwordHash: '$2b$12$abcdefghijklmnopqrstuv' }, 'passwordHash', 'hash-other-kind'],
  ['argon2i', { passwordHash: `$argon2i${version}${cost}${salt}${digest}` }, 'passwordHash', 'hash-other-kind'],
  ['an old argon2id', { passwordHash: `${kind}$v=16${cost}${salt}${digest}` }, 'passwordHash', 'hash-version'],
  ['a cheap argon2id', { passwordHash: `${kind}${version}$m=64,t=1,p=1${salt}${digest}` }, 'passwordHash', 'hash-cost'],
  [
    'a dear argon2id',
    { passwordHash: `${kind}${version}$m=4194304,t=9,p=1${salt}${digest}` },
    'passwordHash',
    'hash-cost',
  ],
  ['a short salt', { passwordHash: `${kind}${version}${cost}$c2FsdA${digest}` }, 'passwordHash', 'hash-salt'],
  ['a short digest', { passwordHash: `${kind}${version}${cost}${salt}$YQ` }, 'passwordHash', 'hash-digest'],
  ['a hash in two', { passwordHash: `${kind}${version}${cost}${salt}` }, 'passwordHash', 'hash-form'],
  ['a hash with padding', { passwordHash: `${kind}${version}${cost}${salt}==${digest}=` }, 'passwordHash', 'hash-form'],
];

it('at least forty kinds of bad row are known, and every fault is met below', () => {
  const met = new Set([...badFiles.map(([, , { fault }]) => fault), ...badRows.map(([, , , fault]) => fault)]);

  expect(badRows.length).toBeGreaterThanOrEqual(40);
  expect([...fileFaults, ...rowFaults].filter((fault) => !met.has(fault))).toEqual([]);
  expect(togetherFaults).toEqual(['address-twice', 'account-differs', 'too-many-members']);
});

it.each(badFiles)('a file with %s is refused with one clear sentence', (_, bytes, fault) => {
  const [first, ...others] = faultsOf(bytes);

  expect(first).toMatchObject(fault);
  expect(others).toEqual([]);
  expect(first === undefined ? '' : faultText(first)).toMatch(/^\d+行目：.+。$/);
});

it.each(badRows)('a row with %s is told with its line and column', (_, over, column, fault) => {
  const [first, ...others] = faultsOf(withBad(over));

  expect(first).toMatchObject({ line: 3, column, fault });
  expect(others).toEqual([]);
  expect(first === undefined ? '' : faultText(first)).toMatch(new RegExp(`^3行目「${columnLabels[column]}」：.+`));
});

describe('rows beside each other', () => {
  it('the same address twice names the other line, whatever the spelling', () => {
    const file = csvOf([
      importLine({ mailAddress: 'tanto@example.jp' }),
      importLine({ mailAddress: 'ＴＡＮＴＯ@Example.JP' }),
    ]);

    expect(faultsOf(file)).toEqual([{ line: 3, column: 'mailAddress', fault: 'address-twice', about: 2 }]);
  });

  it('two companies under one login ID are told column by column', () => {
    const file = csvOf([importLine({}), importLine({ mailAddress: 'b@example.jp', company: '別会社', fax: '' })]);

    expect(faultsOf(file)).toEqual([
      { line: 3, column: 'company', fault: 'account-differs', about: 2 },
      { line: 3, column: 'fax', fault: 'account-differs', about: 2 },
    ]);
  });

  it('an eleventh member is refused, those of the site counted', () => {
    const lines = Array.from({ length: 8 }, (_, n) => importLine({ mailAddress: `m${n}@example.jp` }));
    const known = { loginId: 'kaisha01', members: 3, addresses: [] };

    expect(faultsOf(csvOf(lines))).toEqual([]);
    expect(faultsOf(csvOf(lines), [known])).toEqual([
      { line: 9, column: 'loginId', fault: 'too-many-members', about: 10 },
    ]);
  });

  it('what is there, or was there, stays as it is and counts as unchanged', () => {
    const csv = readCsv(
      csvOf([importLine({ mailAddress: 'A@example.jp' }), importLine({ mailAddress: 'b@example.jp' })]),
    );
    const { rows } = judgeTable(csv.ok ? csv.value : [], importColumnNames, MOST_ROWS);
    const plan = planImport(rows, [{ loginId: 'kaisha01', members: 1, addresses: ['a@example.jp'] }], 10);

    expect(plan).toMatchObject({ accounts: [], unchanged: 1, members: [{ line: 3 }], faults: [] });
  });
});

it.each(['m=19456,t=2,p=1', 'm=19456,p=1,t=2'])('a hash may name its cost as %s', (named) => {
  expect(faultsOf(withBad({ passwordHash: `${kind}${version}$${named}${salt}${digest}` }))).toEqual([]);
});

describe('reading', () => {
  it('UTF-8, UTF-8 with BOM and Shift_JIS are the same file', () => {
    const text = csvOf([importLine({ company: '株式会社高橋～①', userName: '髙﨑' })]);
    const withBom = Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), text]);

    const read = readCsv(text);

    expect(read.ok).toBe(true);
    expect(readCsv(withBom)).toEqual(read);
    expect(readCsv(inShiftJis(text))).toEqual(read);
  });

  it('columns stand in any order, their names in any width; slips of the keyboard are forgiven', () => {
    const csv = readCsv(
      bytesOf(
        'ﾒｰﾙｱﾄﾞﾚｽ, 会社名 ,ﾛｸﾞｲﾝID,電話番号,郵便番号\r\n ＡＢ@example.jp ,株式会社テスト,ＫＡＩＳＨＡ０１,０３（００００）００００,〒1000001\r\n',
      ),
    );
    const { rows, faults } = judgeTable(csv.ok ? csv.value : [], importColumnNames, MOST_ROWS);

    expect(faults).toEqual([]);
    expect(rows).toEqual([
      {
        line: 2,
        loginId: 'kaisha01',
        company: '株式会社テスト',
        department: '',
        postalCode: '100-0001',
        address: '',
        telephone: '03-0000-0000',
        fax: '',
        mailAddress: { entered: 'AB@example.jp', canonical: 'ab@example.jp' },
        userName: '',
        passwordHash: undefined,
      },
    ]);
  });

  it('empty lines count as lines and a value over two lines shifts no number', () => {
    const lines = [header, '', ',,,,,,,,,', '"a\nb",x,,,,,,,,', 'c,x,,,,,,,,'].join('\n');
    const csv = readCsv(bytesOf(lines));

    expect(csv.ok ? csv.value.map(({ line }) => line) : []).toEqual([1, 4, 6]);
  });
});

it('whatever bytes come: an answer, never a crash, and lines within the file', () => {
  const text = fc.array(fc.string({ unit: 'binary', maxLength: 12 }), { maxLength: 30 });
  fc.assert(
    fc.property(text, fc.boolean(), (cells, withHeader) => {
      const bytes = bytesOf(`${withHeader ? `${header}\n` : ''}${cells.join(',')}`);

      const faults = faultsOf(bytes);

      const lines = new TextDecoder().decode(bytes).split(/\r\n?|\n/).length;
      for (const fault of faults) {
        expect(fault.line).toBeGreaterThanOrEqual(1);
        expect(fault.line).toBeLessThanOrEqual(lines);
        expect(faultText(fault)).toMatch(/行目/);
      }
    }),
  );
});

it('planning again after a plan was carried out adds nothing', () => {
  const rowsOf = fc.uniqueArray(fc.tuple(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 9 })), {
    selector: ([account, member]) => `${account}-${member}`,
    maxLength: 40,
  });
  fc.assert(
    fc.property(rowsOf, (pairs) => {
      const file = csvOf(
        pairs.map(([account, member]) =>
          importLine({ loginId: `kaisha0${account}`, mailAddress: `m${member}@example.jp` }),
        ),
      );
      const csv = readCsv(file);
      const { rows } = judgeTable(csv.ok ? csv.value : [], importColumnNames, MOST_ROWS);
      const first = planImport(rows, [], 10);
      const known = first.accounts.map(({ loginId }) => {
        const addresses = first.members
          .filter((row) => row.loginId === loginId)
          .map((row) => row.mailAddress.canonical);
        return { loginId, members: addresses.length, addresses };
      });

      const second = planImport(rows, known, 10);

      expect(first.faults).toEqual([]);
      expect(first.members).toHaveLength(pairs.length);
      expect(second).toEqual({ accounts: [], members: [], unchanged: pairs.length, faults: [] });
    }),
  );
});
