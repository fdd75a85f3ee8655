/** A CSV file as Excel and other systems write it: UTF-8 with or without BOM, or Shift_JIS, read into lines of cells. */
import { CsvError, parse } from 'csv-parse/sync';
import type { TableLine } from '../../domain/customer-import/table.ts';
import { done, refused, type Outcome } from '../../domain/outcome.ts';

/** `workbook`: .xlsx or .xls. */
export type CsvFault = 'workbook' | 'utf-16' | 'unreadable' | 'broken-quotes';

/** Where the file stops being readable; 1 where it never was. */
interface At {
  line: number;
}

interface Read {
  record: string[];
  info: { lines: number };
}

/** The first bytes of a zip (.xlsx) and of an OLE file (.xls). */
const WORKBOOKS = ['504b0304', 'd0cf11e0'];
const UTF_16 = ['fffe', 'feff'];

/** Lines that hold something; a line's number is that of its first row in the file. */
export function readCsv(bytes: Uint8Array): Outcome<TableLine[], CsvFault> & Partial<At> {
  const begins = (signs: readonly string[]) =>
    signs.some((sign) => Buffer.from(bytes.subarray(0, sign.length / 2)).toString('hex') === sign);
  if (begins(WORKBOOKS)) return refused('workbook');
  if (begins(UTF_16)) return refused('utf-16');
  const text = decoded(bytes);
  if (text === undefined) return refused('unreadable');
  try {
    // Its types don't know what `info` makes of a record.
    const records: unknown = parse(text.replaceAll(/\r\n?/g, '\n'), {
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      // What Excel leaves of lines that were emptied.
      skip_records_with_empty_values: true,
    });
    return done(
      (records as Read[]).map(({ record, info }) => ({ line: info.lines - linesWithin(record), cells: record })),
    );
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    return { ...refused('broken-quotes'), line: typeof error['lines'] === 'number' ? error['lines'] : 1 };
  }
}

/** UTF-8 where it is that throughout: Shift_JIS text hardly ever is. TextDecoder takes the BOM off. */
function decoded(bytes: Uint8Array): string | undefined {
  for (const encoding of ['utf-8', 'shift_jis']) {
    try {
      return new TextDecoder(encoding, { fatal: true }).decode(bytes);
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
    }
  }
  return undefined;
}

const linesWithin = (cells: readonly string[]): number =>
  cells.reduce((sum, cell) => sum + cell.split('\n').length - 1, 0);
