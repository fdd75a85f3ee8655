/** An import file as lines of cells: its columns found by their names, every row judged. */
import { importColumns, requiredColumns, type ImportColumn } from './columns.ts';
import type { ImportFault } from './faults.ts';
import { judgeRow, type ImportCells, type ImportRow } from './row.ts';

/** A line of the file that holds something. */
export interface TableLine {
  /** From 1. */
  line: number;
  cells: string[];
}

export interface JudgedTable {
  rows: ImportRow[];
  faults: ImportFault[];
}

/** How the columns are called in the file's first line. `clearPassword`: a column by that name is never read. */
export interface ColumnNames {
  columns: Record<ImportColumn, string>;
  clearPassword: readonly string[];
}

/** Judges a whole table. @param most rows at the most */
export function judgeTable([header, ...lines]: readonly TableLine[], names: ColumnNames, most: number): JudgedTable {
  if (header === undefined) return onlyFault({ line: 1, column: undefined, fault: 'file-empty' });
  const { order, faults } = readHeader(header, names);
  if (faults.length > 0) return { rows: [], faults };
  if (lines.length === 0) return onlyFault({ line: header.line, column: undefined, fault: 'no-rows' });
  if (lines.length > most) {
    return onlyFault({ line: lines[most]?.line ?? 1, column: undefined, fault: 'too-many-rows', about: most });
  }
  const judged = lines.map((line) => judgeLine(line, order));
  return {
    rows: judged.flatMap((row) => (row.ok ? [row.row] : [])),
    faults: judged.flatMap((row) => (row.ok ? [] : row.faults)),
  };
}

const onlyFault = (fault: ImportFault): JudgedTable => ({ rows: [], faults: [fault] });

/** Names are compared without width, case and blanks: メールアドレス is also ﾒｰﾙｱﾄﾞﾚｽ. */
const plainName = (name: string): string => name.normalize('NFKC').replaceAll(/\s/g, '').toLowerCase();

function readHeader({ line, cells }: TableLine, { columns, clearPassword }: ColumnNames) {
  const faults: ImportFault[] = [];
  const tell = (fault: ImportFault['fault'], about: string): void => {
    faults.push({ line, column: undefined, fault, about });
  };
  const byName = new Map(importColumns.map((column) => [plainName(columns[column]), column]));
  const clear = new Set(clearPassword.map(plainName));
  const order = cells.map((cell) => {
    const column = byName.get(plainName(cell));
    if (column === undefined) tell(clear.has(plainName(cell)) ? 'header-clear-password' : 'header-unknown', cell);
    return column;
  });
  for (const column of importColumns) {
    if (order.filter((found) => found === column).length > 1) tell('header-twice', columns[column]);
  }
  for (const column of requiredColumns) if (!order.includes(column)) tell('header-missing', columns[column]);
  return { order, faults };
}

function judgeLine({ line, cells }: TableLine, order: readonly (ImportColumn | undefined)[]) {
  if (cells.length !== order.length) {
    const fault = cells.length < order.length ? 'too-few-cells' : 'too-many-cells';
    return { ok: false as const, faults: [{ line, column: undefined, fault, about: order.length } as const] };
  }
  const found = { ...NO_CELLS };
  for (const [index, column] of order.entries()) if (column !== undefined) found[column] = cells[index] ?? '';
  return judgeRow(line, found);
}

const NO_CELLS = Object.fromEntries(importColumns.map((column) => [column, ''])) as ImportCells;
