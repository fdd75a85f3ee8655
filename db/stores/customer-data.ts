/** Customers as staff register and change them: ログインID once, company data at any time. Each act is one transaction with its audit lines. */
import { differingFields, type AccountData } from '../../domain/account-data.ts';
import type { MailAddress } from '../../domain/mail-address.ts';
import { done, refused, type Outcome } from '../../domain/outcome.ts';
import { inTransaction, type Tx } from '../connect.ts';
import { firstRow, rows } from '../raw.ts';
import { lockAccount, readAccount } from './accounts.ts';
import { writeAudit } from './audit.ts';
import { actorOf } from './customer-acts.ts';
import type { Customer } from './customers.ts';
import { noImportRuns } from './import-lock.ts';
import { inviteMember } from './members.ts';
import type { StaffSession } from './sessions.ts';
import type { Visit } from './visit.ts';

/** A customer to register, judged by the caller. */
export interface NewCustomer {
  /** Canonical. */
  loginId: string;
  data: AccountData;
  /** Of the first 利用者, who is mailed the set-up link; undefined where nobody is named yet. */
  address: MailAddress | undefined;
}

type LoginIdTaken = { ok: false; reason: 'login-id-taken'; customerNumber: string };

/**
 * Registers a customer; the database gives the お客様番号. Refused with the number of the customer that has the ログインID already, and while
 * an import runs.
 */
export async function createCustomer(
  staff: StaffSession,
  { loginId, data, address }: NewCustomer,
  visit: Visit,
): Promise<Outcome<{ customerNumber: string }, 'import-runs'> | LoginIdTaken> {
  return inTransaction(async (tx) => {
    if (!(await noImportRuns(tx))) return refused('import-runs' as const);
    const created = await insertAccount(tx, loginId, data);
    if (created === undefined) return refusedAsTaken(tx, loginId);
    const actor = { kind: 'staff' as const, id: staff.staffId, accountId: created.id };
    await writeAudit(tx, 'customer-created', actor, { subjectId: created.id, visit });
    if (address !== undefined) {
      const invited = await inviteMember(tx, created.id, address);
      if (!invited.ok) throw new Error(`a new customer has no room for its first member: ${invited.reason}`);
      await writeAudit(tx, 'member-added', actor, { subjectId: invited.value.id, visit });
    }
    return done({ customerNumber: created.customerNumber });
  });
}

/** Undefined where another customer has the ログインID, or was quicker. */
async function insertAccount(
  tx: Tx,
  loginId: string,
  { company, department, postalCode, address, telephone, fax }: AccountData,
): Promise<{ id: string; customerNumber: string } | undefined> {
  return firstRow(
    `insert into accounts (login_id, company, department, postal_code, address, telephone, fax)
     values ($1, $2, $3, $4, $5, $6, $7)
     on conflict (login_id) do nothing returning id, customer_number as "customerNumber"`,
    [loginId, company, department, postalCode, address, telephone, fax],
    tx,
  );
}

async function refusedAsTaken(tx: Tx, loginId: string): Promise<LoginIdTaken> {
  const holder = await firstRow<{ customerNumber: string }>(
    `select customer_number as "customerNumber" from accounts where login_id = $1`,
    [loginId],
    tx,
  );
  if (holder === undefined) throw new Error('the holder of a login ID is gone');
  return { ...refused('login-id-taken' as const), customerNumber: holder.customerNumber };
}

/** `changed`: false where all was so already. `changed-meanwhile`: `current` is what somebody else made of it. */
export type CustomerChange =
  { ok: true; value: { changed: boolean } } | { ok: false; reason: 'changed-meanwhile'; current: AccountData };

/**
 * Changes the company data, unless it is no longer what the staff person saw.
 * @param seen as it was on the page that was filled in
 */
export async function changeCustomer(
  staff: StaffSession,
  customer: Customer,
  { seen, wanted }: { seen: AccountData; wanted: AccountData },
  visit: Visit,
): Promise<CustomerChange> {
  return inTransaction(async (tx) => {
    await lockAccount(tx, customer.id);
    const current = await readAccount(customer.id, tx);
    const changes = differingFields(current, wanted);
    // Also where the same was sent twice: the first one did it.
    if (changes.length === 0) return done({ changed: false });
    if (differingFields(current, seen).length > 0) {
      return { ...refused('changed-meanwhile' as const), current };
    }
    await updateAccount(tx, customer.id, wanted);
    const about = { subjectId: customer.id, visit, detail: { fields: changes.join(' ') } };
    await writeAudit(tx, 'customer-changed', actorOf(staff, customer), about);
    return done({ changed: true });
  });
}

async function updateAccount(
  tx: Tx,
  id: string,
  { company, department, postalCode, address, telephone, fax }: AccountData,
): Promise<void> {
  await rows(
    `update accounts set company = $2, department = $3, postal_code = $4, address = $5, telephone = $6, fax = $7 where id = $1`,
    [id, company, department, postalCode, address, telephone, fax],
    tx,
  );
}
