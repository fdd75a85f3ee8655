/** One row of an import file, judged on its own: what is typed there is forgiven the same slips as in a form. */
import { accountFields, judgeAccountData, type AccountData } from '../account-data.ts';
import { canonicalLoginId, judgeLoginId } from '../login-id.ts';
import { parseMailAddress, type MailAddress } from '../mail-address.ts';
import { judgeText, tidyText } from '../text.ts';
import { longestUserName } from '../user-name.ts';
import type { ImportColumn } from './columns.ts';
import type { ImportFault, RowFault } from './faults.ts';
import { judgePasswordHash } from './password-hash.ts';

/** The cells of a row by column; '' for a column that the file doesn't have. */
export type ImportCells = Record<ImportColumn, string>;

/** A 利用者 of the file, in the forms that are stored. */
export interface ImportRow extends AccountData {
  line: number;
  loginId: string;
  mailAddress: MailAddress;
  userName: string;
  /** Undefined: the member sets a password by mail. */
  passwordHash: string | undefined;
}

export type JudgedRow = { ok: true; row: ImportRow } | { ok: false; faults: ImportFault[] };

/** Judges a row. @param line its number in the file */
export function judgeRow(line: number, cells: ImportCells): JudgedRow {
  const faults: ImportFault[] = [];
  const tell = (column: ImportColumn, fault: RowFault, about?: number): void => {
    faults.push(about === undefined ? { line, column, fault } : { line, column, fault, about });
  };
  // A character that was lost on the way is told as that, not as what it left behind.
  const tellText = (column: ImportColumn, fault: RowFault | undefined, about?: number): void => {
    if (fault !== 'too-long' && cells[column].includes('\uFFFD')) tell(column, 'garbled');
    else if (fault !== undefined) tell(column, fault, about);
  };

  const loginId = canonicalLoginId(cells.loginId);
  const loginIdFault = judgeLoginId(loginId);
  if (loginIdFault !== undefined) tell('loginId', loginIdFault);
  const account = judgeAccountData(cells);
  for (const column of accountFields) {
    const found = account.faults.find(({ field }) => field === column);
    tellText(column, found?.fault, found?.limit);
  }
  const mailAddress = parseMailAddress(cells.mailAddress);
  if (mailAddress === undefined) tell('mailAddress', faultOfAddress(cells.mailAddress));
  const userName = tidyText(cells.userName);
  const nameFault = judgeText(userName, longestUserName, 'one');
  tellText('userName', nameFault, nameFault === 'too-long' ? longestUserName : undefined);
  const typedHash = cells.passwordHash.trim();
  const hash = typedHash === '' ? undefined : judgePasswordHash(typedHash);
  if (hash?.ok === false) tell('passwordHash', hash.reason);
  // Who signs in at once is greeted at once; who sets a password is asked for the name then.
  if (hash !== undefined && userName === '') tell('userName', 'name-with-hash');

  if (faults.length > 0 || mailAddress === undefined) return { ok: false, faults };
  const passwordHash = hash?.ok === true ? hash.value : undefined;
  return { ok: true, row: { line, loginId, ...account.data, mailAddress, userName, passwordHash } };
}

/** Why a text is no mail address; the first reason that is of use to whoever has to mend it. */
function faultOfAddress(typed: string): RowFault {
  const tidied = typed.normalize('NFKC').trim();
  if (tidied === '') return 'required';
  if (/[,;\s]/.test(tidied) && tidied.split('@').length > 2) return 'mail-several';
  if (!tidied.includes('@')) return 'mail-no-at';
  if (tidied.length > 254 || tidied.indexOf('@') > 64) return 'mail-long';
  return /[^\u0020-\u007e]/.test(tidied) ? 'mail-full-width' : 'mail-form';
}
