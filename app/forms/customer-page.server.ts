/** One customer as the page shows it. */
import { listCustomerMembers, readCustomer, type Customer, type CustomerMember } from '../../db/stores/customers.ts';
import { jstMinute } from '../../domain/jst.ts';
import { memberActs, type MemberAct } from '../../domain/customer-acts.ts';
import type { StaffMember } from '../components/staff-customer-members.tsx';
import { customerNotices } from '../texts/staff-customers.ts';

/** `C000123`: the only name of a customer in an address. */
const CUSTOMER_NUMBER = /^C\d{6,12}$/;

/** The customer of a page's address. @throws Response 404 */
export async function customerOf(customerNumber: string | undefined): Promise<Customer> {
  const customer = CUSTOMER_NUMBER.test(customerNumber ?? '') ? await readCustomer(customerNumber ?? '') : undefined;
  if (customer === undefined) throw new Response(null, { status: 404 });
  return customer;
}

export const shownMembers = async (customer: Customer): Promise<StaffMember[]> =>
  (await listCustomerMembers(customer)).map(shownMember);

const shownMember = (member: CustomerMember): StaffMember => ({
  id: member.id,
  userName: member.userName,
  address: member.address,
  state: member.state,
  setupUntil: member.setupEndsAt === null ? undefined : jstMinute(member.setupEndsAt),
  mailFailed: member.mailFailed,
  mfa: member.mfa,
  mustChange: member.mustChangePassword,
  sessions: member.sessions,
  waits: member.waits,
});

export type CustomerDone = { notice: keyof typeof customerNotices } | { act: MemberAct; acted: number; left: number };

/** What has just been done, from the address; undefined for what no button of ours leaves there. */
export function doneOn(address: ReadonlyMap<string, string>): CustomerDone | undefined {
  const word = address.get('done') ?? '';
  if (Object.hasOwn(customerNotices, word)) return { notice: word as keyof typeof customerNotices };
  const act = memberActs.find((known) => known === word);
  return act === undefined ? undefined : { act, acted: countIn(address, 'acted'), left: countIn(address, 'left') };
}

/** A number that one of our own redirects left in the address; 0 for anything else. */
export function countIn(address: ReadonlyMap<string, string>, name: string): number {
  const text = address.get(name) ?? '';
  return /^\d{1,7}$/.test(text) ? Number(text) : 0;
}
