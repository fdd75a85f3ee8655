/** A customer's data, as posted by the pages that register and change one. Only the fields named here are read (S51). */
import {
  accountFields,
  judgeAccountData,
  type AccountData,
  type AccountField,
  type AccountFieldFault,
} from '../../domain/account-data.ts';
import { canonicalLoginId, judgeLoginId } from '../../domain/login-id.ts';
import { parseMailAddress } from '../../domain/mail-address.ts';
import { documentLimits } from '../../runtime/limits.ts';
import type { NewCustomer } from '../../db/stores/customer-data.ts';
import { SEEN_PREFIX } from '../components/customer-fields.tsx';
import type { FieldError } from '../components/error-summary.tsx';
import { addRefusals } from '../texts/members.ts';
import { accountLabels, customerDataFaults, newCustomerTexts } from '../texts/staff-customer-data.ts';

/** Its fields as typed, nothing changed. @param prefix of their names @throws Response 400 where one is missing */
function readAccountData(fields: ReadonlyMap<string, string>, prefix = ''): AccountData {
  const read = (field: AccountField): [AccountField, string] => {
    const typed = fields.get(`${prefix}${field}`);
    if (typed === undefined) throw new Response(null, { status: 400 });
    return [field, typed];
  };
  return Object.fromEntries(accountFields.map(read)) as AccountData;
}

const errorOf = ({ field, fault, limit }: AccountFieldFault): FieldError => ({
  field,
  message: customerDataFaults[fault](accountLabels[field], limit ?? 0),
});

/** As it was typed. */
export interface TypedCustomer extends AccountData {
  loginId: string;
  mailAddress: string;
}

export type JudgedCustomer =
  { ok: true; typed: TypedCustomer; customer: NewCustomer } | { ok: false; typed: TypedCustomer; errors: FieldError[] };

/** A customer to register. Every fault is told at once. @throws Response 400 for what no form of ours posts */
export function judgeNewCustomer(fields: ReadonlyMap<string, string>): JudgedCustomer {
  const [entered, mailAddress] = [fields.get('loginId'), fields.get('mailAddress')];
  if (entered === undefined || mailAddress === undefined) throw new Response(null, { status: 400 });
  const typed = { ...readAccountData(fields), loginId: entered, mailAddress };
  const loginId = canonicalLoginId(entered);
  const loginIdFault = judgeLoginId(loginId);
  const { data, faults } = judgeAccountData(typed);
  const address = parseMailAddress(mailAddress);
  const errors = faults.map(errorOf);
  if (loginIdFault !== undefined) {
    errors.unshift({ field: 'loginId', message: customerDataFaults[loginIdFault](newCustomerTexts.loginId, 0) });
  }
  if (address === undefined && mailAddress.trim() !== '') {
    errors.push({ field: 'mailAddress', message: addRefusals['not-an-address'](documentLimits.membersPerAccount) });
  }
  if (errors.length > 0) return { ok: false, typed, errors };
  return { ok: true, typed, customer: { loginId, data, address } };
}

export type JudgedChange =
  | { ok: true; typed: AccountData; seen: AccountData; wanted: AccountData }
  | { ok: false; typed: AccountData; seen: AccountData; errors: FieldError[] };

/** A change of one. `seen`: as it was on the page that was filled in. @throws Response 400 for what no form of ours posts */
export function judgeCustomerChange(fields: ReadonlyMap<string, string>): JudgedChange {
  const typed = readAccountData(fields);
  const seen = readAccountData(fields, SEEN_PREFIX);
  const { data, faults } = judgeAccountData(typed);
  if (faults.length > 0) return { ok: false, typed, seen, errors: faults.map(errorOf) };
  return { ok: true, typed, seen, wanted: data };
}

export interface Conflict {
  field: AccountField;
  seen: string;
  current: string;
  typed: string;
}

/**
 * What somebody else changed between the page and its button, and the form to go on with: what was rewritten there stays, everything else is
 * as it is now.
 */
export function mergeChange(
  seen: AccountData,
  wanted: AccountData,
  current: AccountData,
): { conflicts: Conflict[]; merged: AccountData } {
  const changed = accountFields.filter((field) => current[field] !== seen[field]);
  return {
    conflicts: changed.map((field) => ({
      field,
      seen: seen[field],
      current: current[field],
      typed: wanted[field],
    })),
    merged: Object.fromEntries(
      accountFields.map((field) => [field, wanted[field] === seen[field] ? current[field] : wanted[field]]),
    ) as AccountData,
  };
}
