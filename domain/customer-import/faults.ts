/** What can be wrong with an import file: each is told with its line and column. */
import type { ImportColumn } from './columns.ts';

/** The file as a whole, or its first line. */
export const fileFaults = [
  'file-empty',
  'workbook',
  'utf-16',
  'unreadable',
  'broken-quotes',
  'header-unknown',
  'header-twice',
  'header-missing',
  'header-clear-password',
  'no-rows',
  'too-many-rows',
] as const;
export type FileFault = (typeof fileFaults)[number];

/** One row on its own. */
export const rowFaults = [
  'too-few-cells',
  'too-many-cells',
  'garbled',
  'required',
  'too-long',
  'unsafe-character',
  'login-id-short',
  'login-id-long',
  'login-id-characters',
  'login-id-beginning',
  'postal-code-form',
  'telephone-form',
  'mail-no-at',
  'mail-several',
  'mail-long',
  'mail-full-width',
  'mail-form',
  'name-with-hash',
  'hash-clear-text',
  'hash-other-kind',
  'hash-version',
  'hash-cost',
  'hash-salt',
  'hash-digest',
  'hash-form',
] as const;
export type RowFault = (typeof rowFaults)[number];

/** One row beside the others, or beside what the site has. */
export const togetherFaults = ['address-twice', 'account-differs', 'too-many-members'] as const;
export type TogetherFault = (typeof togetherFaults)[number];

export interface ImportFault {
  /** Of the file, from 1: the line with the names of the columns. */
  line: number;
  /** Undefined where the whole line is meant. */
  column: ImportColumn | undefined;
  fault: FileFault | RowFault | TogetherFault;
  /** What the sentence needs: a limit, another line's number, the name of a column as it stands in the file. */
  about?: string | number;
}

/** The most faults that are told of one file: whoever reads more has begun to mend the wrong file. */
export const MOST_FAULTS_TOLD = 200;
