/** What the buttons of one customer's page answer: a redirect that says what was done, or the page again with what was typed (422, 409). */
import { data, redirect } from '@remix-run/node';
import { actOnMembers, requireMfa } from '../../db/stores/customer-acts.ts';
import { addMemberByStaff } from '../../db/stores/customer-rescue.ts';
import type { Customer } from '../../db/stores/customers.ts';
import type { StaffSession } from '../../db/stores/sessions.ts';
import type { Visit } from '../../db/stores/visit.ts';
import { needsIdentification } from '../../domain/customer-acts.ts';
import { parseMailAddress } from '../../domain/mail-address.ts';
import { documentLimits } from '../../runtime/limits.ts';
import type { FieldError } from '../components/error-summary.tsx';
import { IDENTIFIED_FIELD, MEMBERS_FIELD } from '../components/staff-customer-members.tsx';
import { RESCUE_FIELDS } from '../components/staff-rescue.tsx';
import { addRefusals } from '../texts/members.ts';
import { customerFaults, memberActRefusals } from '../texts/staff-customers.ts';
import type { CustomerAct } from './customer-act.server.ts';

type Act<Intent extends CustomerAct['intent']> = Extract<CustomerAct, { intent: Intent }>;

interface Refused {
  errors: FieldError[];
  /** Where no field is to blame. */
  notice: string[];
  kept: { members: string[]; act: string | undefined; identified: boolean };
  typed: { address: string; identified: boolean };
}

const NOTHING: Refused = {
  errors: [],
  notice: [],
  kept: { members: [], act: undefined, identified: false },
  typed: { address: '', identified: false },
};

const refuse = (refused: Partial<Refused>, status: 409 | 422 = 422) => data({ ...NOTHING, ...refused }, { status });

const goOn = ({ customerNumber }: Customer, done: Record<string, string>) =>
  redirect(`/staff/customers/${customerNumber}?${new URLSearchParams(done).toString()}`, 303);

/** 「実行する」. */
export async function answerMemberAct(
  staff: StaffSession,
  customer: Customer,
  { memberIds, act, identified }: Act<'act-on-members'>,
  visit: Visit,
) {
  const kept = { members: memberIds, act, identified };
  const errors: FieldError[] = [];
  if (memberIds.length === 0) errors.push({ field: MEMBERS_FIELD, message: customerFaults['members-missing'] });
  if (act === undefined) errors.push({ field: 'act', message: customerFaults['act-missing'] });
  else if (needsIdentification(act) && !identified) {
    errors.push({ field: IDENTIFIED_FIELD, message: customerFaults['not-identified'] });
  }
  if (errors.length > 0 || act === undefined) return refuse({ errors, kept });
  const outcome = await actOnMembers(staff, customer, { act, memberIds }, visit);
  if (!outcome.ok) return refuse({ notice: [memberActRefusals[outcome.reason]], kept }, 409);
  const { acted, left } = outcome.value;
  return goOn(customer, { done: act, acted: String(acted), left: String(left) });
}

/** 「追加する」. */
export async function answerRescue(
  staff: StaffSession,
  customer: Customer,
  { address: entered, identified }: Act<'add-member'>,
  visit: Visit,
) {
  const typed = { address: entered, identified };
  const address = parseMailAddress(entered);
  const errors: FieldError[] = [];
  const tell = (reason: keyof typeof addRefusals): FieldError => ({
    field: RESCUE_FIELDS.address,
    message: addRefusals[reason](documentLimits.membersPerAccount),
  });
  if (address === undefined) errors.push(tell(entered.trim() === '' ? 'missing' : 'not-an-address'));
  if (!identified) errors.push({ field: RESCUE_FIELDS.identified, message: customerFaults['not-identified'] });
  if (errors.length > 0 || address === undefined) return refuse({ errors, typed });
  const outcome = await addMemberByStaff(staff, customer, address, visit);
  if (outcome.ok) return goOn(customer, { done: 'added' });
  const error = tell(outcome.reason);
  // The form is gone with the last place: it was taken meanwhile.
  return outcome.reason === 'full' ? refuse({ notice: [error.message] }, 409) : refuse({ errors: [error], typed });
}

/** 「必須にする」, 「必須を解除する」. */
export async function answerMfa(
  staff: StaffSession,
  customer: Customer,
  { intent }: Act<'require-mfa' | 'release-mfa'>,
  visit: Visit,
) {
  const required = intent === 'require-mfa';
  const changed = await requireMfa(staff, customer, required, visit);
  if (!changed) return goOn(customer, { done: 'unchanged' });
  return goOn(customer, { done: required ? 'mfa-required' : 'mfa-released' });
}
