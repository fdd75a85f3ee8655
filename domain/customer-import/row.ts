/** One row of an import file, judged on its own: what is typed there is forgiven the same slips as in a form. */
import { canonicalLoginId, isLoginId } from '../login-id.ts';
import { parseMailAddress, type MailAddress } from '../mail-address.ts';
import { judgeText, parsePostalCode, parseTelephone, tidyCode, tidyText } from '../text.ts';
import { longestTexts, type ImportColumn } from './columns.ts';
import type { ImportFault, RowFault } from './faults.ts';
import { judgePasswordHash } from './password-hash.ts';

/** The cells of a row by column; '' for a column that the file doesn't have. */
export type ImportCells = Record<ImportColumn, string>;

/** A 利用者 of the file, in the forms that are stored. */
export interface ImportRow {
  line: number;
  loginId: string;
  company: string;
  department: string;
  postalCode: string;
  address: string;
  telephone: string;
  fax: string;
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
  const text = (column: keyof typeof longestTexts): string => {
    const tidied = tidyText(cells[column]);
    const fault = judgeText(tidied, longestTexts[column], 'one');
    if (fault === 'too-long') tell(column, fault, longestTexts[column]);
    else if (tidied.includes('\uFFFD')) tell(column, 'garbled');
    else if (fault !== undefined) tell(column, fault);
    return tidied;
  };
  const code = (column: ImportColumn, parse: (typed: string) => string | undefined, fault: RowFault): string => {
    const parsed = tidyCode(cells[column]) === '' ? '' : parse(cells[column]);
    if (parsed === undefined) tell(column, fault);
    return parsed ?? '';
  };

  const loginId = canonicalLoginId(cells.loginId);
  const loginIdFault = faultOfLoginId(loginId);
  if (loginIdFault !== undefined) tell('loginId', loginIdFault);
  const company = text('company');
  if (company === '') tell('company', 'required');
  const department = text('department');
  const postalCode = code('postalCode', parsePostalCode, 'postal-code-form');
  const address = text('address');
  const telephone = code('telephone', parseTelephone, 'telephone-form');
  const fax = code('fax', parseTelephone, 'telephone-form');
  const mailAddress = parseMailAddress(cells.mailAddress);
  if (mailAddress === undefined) tell('mailAddress', faultOfAddress(cells.mailAddress));
  const userName = text('userName');
  const typedHash = cells.passwordHash.trim();
  const hash = typedHash === '' ? undefined : judgePasswordHash(typedHash);
  if (hash?.ok === false) tell('passwordHash', hash.reason);
  // Who signs in at once is greeted at once; who sets a password is asked for the name then.
  if (hash !== undefined && userName === '') tell('userName', 'name-with-hash');

  if (faults.length > 0 || mailAddress === undefined) return { ok: false, faults };
  const account = { loginId, company, department, postalCode, address, telephone, fax };
  const passwordHash = hash?.ok === true ? hash.value : undefined;
  return { ok: true, row: { line, ...account, mailAddress, userName, passwordHash } };
}

function faultOfLoginId(loginId: string): RowFault | undefined {
  if (loginId === '') return 'required';
  if (isLoginId(loginId)) return undefined;
  if (!/^[a-z0-9._-]+$/.test(loginId)) return 'login-id-characters';
  if (loginId.length < 4) return 'login-id-short';
  return loginId.length > 32 ? 'login-id-long' : 'login-id-beginning';
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
