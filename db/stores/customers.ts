/** Customers as staff look at them: searched, listed, one with its members. What staff do is customer-acts.ts. */
import { documentLimits } from '../../runtime/limits.ts';
import { firstRow, rows } from '../raw.ts';
import { whoIsCodeLocked } from './code-caps.ts';
import { deviceKeysOf } from './known-devices.ts';
import { listMembers, type ListedMember } from './members.ts';
import { escapeLike } from './products.ts';
import { throttleKey, whichWait } from './throttle.ts';

/** `locked-out`: nobody is 利用中. `never-mailed`: somebody has neither a password nor a mail to set one. */
export const customerFilters = ['all', 'locked-out', 'never-mailed'] as const;
export type CustomerFilter = (typeof customerFilters)[number];

export interface ListedCustomer {
  customerNumber: string;
  loginId: string;
  company: string;
  mfaRequired: boolean;
  members: number;
  active: number;
  neverMailed: number;
}

const WORDS_AT_MOST = 5;

/** Width and case don't matter. */
const searchKeyOf = (text: string): string => text.normalize('NFKC').toLowerCase();

/** A member without a password whom no mail ever told how to set one: imported, and left for later. */
const NEVER_MAILED = `member.deleted_at is null and member.set_up_at is null
  and not exists (select from procedures where member_id = member.id and kind = 'password-setup')`;

/** One page of those with every typed word in company, ログインID, お客様番号 or a member's address; by お客様番号. */
export async function listCustomers(
  { typed, filter, page }: { typed: string; filter: CustomerFilter; page: number },
  pageSize: number,
): Promise<{ total: number; found: ListedCustomer[] }> {
  const words = searchKeyOf(typed)
    .split(/\s+/)
    .filter((word) => word !== '')
    .slice(0, WORDS_AT_MOST)
    .map((word) => `%${escapeLike(word)}%`);
  const found = await rows<ListedCustomer & { total: number }>(
    `select account.customer_number as "customerNumber", account.login_id as "loginId", account.company,
       account.mfa_required as "mfaRequired", counted.members, counted.active, counted."neverMailed", count(*) over ()::int as total
     from accounts account cross join lateral (
       select count(*)::int as members, count(*) filter (where set_up_at is not null)::int as active,
         count(*) filter (where ${NEVER_MAILED})::int as "neverMailed",
         coalesce(string_agg(address_canonical, ' '), '') as addresses
       from members member where account_id = account.id and deleted_at is null) counted
     where lower(normalize(account.company, NFKC)) || ' ' || account.login_id || ' ' || lower(account.customer_number) || ' ' || counted.addresses
         like all ($1::text[])
       and case $2 when 'locked-out' then counted.active = 0 when 'never-mailed' then counted."neverMailed" > 0 else true end
     order by account.customer_number limit $3 offset $4`,
    [words, filter, pageSize, (page - 1) * pageSize],
  );
  return {
    total: found[0]?.total ?? 0,
    found: found.map(({ customerNumber, loginId, company, mfaRequired, members, active, neverMailed }) => ({
      customerNumber,
      loginId,
      company,
      mfaRequired,
      members,
      active,
      neverMailed,
    })),
  };
}

/** How many members wait for their first mail, in all accounts. */
export async function countNeverMailed(): Promise<number> {
  const row = await firstRow<{ n: number }>(`select count(*)::int as n from members member where ${NEVER_MAILED}`);
  return row?.n ?? 0;
}

/** Some of them, those who came first. @param most how many */
export async function someNeverMailed(most: number): Promise<string[]> {
  const found = await rows<{ id: string }>(
    `select id from members member where ${NEVER_MAILED} order by created_at, id limit $1`,
    [most],
  );
  return found.map(({ id }) => id);
}

export interface Customer {
  id: string;
  customerNumber: string;
  loginId: string;
  company: string;
  department: string;
  postalCode: string;
  address: string;
  telephone: string;
  fax: string;
  mfaRequired: boolean;
}

/** A customer, or undefined where there is none of that number. */
export async function readCustomer(customerNumber: string): Promise<Customer | undefined> {
  return firstRow<Customer>(
    `select id, customer_number as "customerNumber", login_id as "loginId", company, department, postal_code as "postalCode",
       address, telephone, fax, mfa_required as "mfaRequired" from accounts where customer_number = $1`,
    [customerNumber],
  );
}

/** A member as staff see them. */
export interface CustomerMember extends ListedMember {
  mfa: boolean;
  mustChangePassword: boolean;
  /** Browsers that are signed in. */
  sessions: number;
  /** Wrong passwords or codes make this member wait: at the sign-in, in some browser or in any other, or at a change. */
  waits: boolean;
}

/** The living members of a customer, in the order they were added. */
export async function listCustomerMembers({ id, loginId }: Customer): Promise<CustomerMember[]> {
  const more = await rows<{
    id: string;
    canonical: string;
    mfa: boolean;
    mustChangePassword: boolean;
    sessions: number;
  }>(
    `select id, address_canonical as canonical, mfa, must_change_password as "mustChangePassword",
       (select count(*)::int from sessions where member_id = member.id and stage = 'full' and ended_at is null
          and ends_at > now() and idle_ends_at > now()) as sessions
     from members member where account_id = $1 and deleted_at is null`,
    [id],
  );
  const devices = await deviceKeysOf(more.map((member) => member.id));
  const keysOf = (member: { id: string; canonical: string }) => [
    throttleKey('member', loginId, member.canonical),
    throttleKey('change', member.id),
    ...devices.filter(({ personId }) => personId === member.id).map(({ key }) => key),
  ];
  const waiting = await whichWait(more.flatMap(keysOf));
  const codeLocked = await whoIsCodeLocked(more.map((member) => member.id));
  return (await listMembers(id)).flatMap((member) => {
    const own = more.find((one) => one.id === member.id);
    if (own === undefined) return [];
    const { mfa, mustChangePassword, sessions } = own;
    const waits = codeLocked.has(own.id) || keysOf(own).some((key) => waiting.has(key.toString('hex')));
    return [{ ...member, mfa, mustChangePassword, sessions, waits }];
  });
}

/** Whether one more member has room. */
export const hasRoom = (members: readonly unknown[]): boolean => members.length < documentLimits.membersPerAccount;
