/**
 * What is kept of a contract customer beside its ログインID, judged as staff type it or a file brings it: the forms that are stored, and what is
 * wrong. Lengths are ours, those of the order form.
 */
import { judgeText, parsePostalCode, parseTelephone, tidyCode, tidyText, type TextFault } from './text.ts';

export const accountFields = ['company', 'department', 'postalCode', 'address', 'telephone', 'fax'] as const;
export type AccountField = (typeof accountFields)[number];
export type AccountData = Record<AccountField, string>;

export type AccountFault = 'required' | TextFault | 'postal-code-form' | 'telephone-form';

/** `limit`: the most characters, of one that is too long. */
export interface AccountFieldFault {
  field: AccountField;
  fault: AccountFault;
  limit: number | undefined;
}

interface Judged {
  value: string;
  fault?: AccountFault | undefined;
  limit?: number;
}

/** Free text on one line. @param longest in code points */
const text =
  (longest: number) =>
  (typed: string): Judged => {
    const value = tidyText(typed);
    const fault = judgeText(value, longest, 'one');
    return fault === 'too-long' ? { value, fault, limit: longest } : { value, fault };
  };

/** A code with one right form, or nothing. */
const code =
  (parse: (typed: string) => string | undefined, fault: AccountFault) =>
  (typed: string): Judged => {
    if (tidyCode(typed) === '') return { value: '' };
    const value = parse(typed);
    return value === undefined ? { value: typed, fault } : { value };
  };

const JUDGES: Record<AccountField, (typed: string) => Judged> = {
  company: (typed) => {
    const judged = text(100)(typed);
    return judged.value === '' ? { value: '', fault: 'required' } : judged;
  },
  department: text(100),
  postalCode: code(parsePostalCode, 'postal-code-form'),
  address: text(200),
  telephone: code(parseTelephone, 'telephone-form'),
  fax: code(parseTelephone, 'telephone-form'),
};

/** Judges all of it. `data` is worth something only where there are no faults. */
export function judgeAccountData(typed: AccountData): { data: AccountData; faults: AccountFieldFault[] } {
  const judged = accountFields.map((field) => ({ field, ...JUDGES[field](typed[field]) }));
  return {
    data: Object.fromEntries(judged.map(({ field, value }) => [field, value])) as AccountData,
    faults: judged.flatMap(({ field, fault, limit }) => (fault === undefined ? [] : [{ field, fault, limit }])),
  };
}

/** The fields in which two differ. */
export const differingFields = (one: AccountData, other: AccountData): AccountField[] =>
  accountFields.filter((field) => one[field] !== other[field]);
