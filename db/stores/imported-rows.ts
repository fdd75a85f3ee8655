/** Writes the accounts and members of an import, in batches of one statement each. */
import { randomUUID } from 'node:crypto';
import type { ImportPlan } from '../../domain/customer-import/plan.ts';
import type { ImportRow } from '../../domain/customer-import/row.ts';
import { documentLimits } from '../../runtime/limits.ts';
import type { Tx } from '../connect.ts';
import { rows } from '../raw.ts';

/** So many rows a statement: each ends long before the database's own limit of five seconds. */
const BATCH = 500;

interface NewMember {
  id: string;
  accountId: string;
  slot: number;
  entered: string;
  canonical: string;
  userName: string;
  passwordHash: string | null;
}

/**
 * Inserts what the plan adds; the accounts are locked. With a hash a member is 利用中 and must change the password at the first
 * sign-in; without one the password is set by mail.
 */
export async function insertImported(
  tx: Tx,
  importId: string,
  { accounts, members }: ImportPlan,
): Promise<{ accountId: string; subjectId: string }[]> {
  for (const batch of batches(accounts)) await insertAccounts(tx, batch);
  const added = await withSlots(tx, members);
  for (const batch of batches(added)) await insertMembers(tx, importId, batch);
  return added.map(({ id, accountId }) => ({ accountId, subjectId: id }));
}

function batches<Item>(all: readonly Item[]): Item[][] {
  return Array.from({ length: Math.ceil(all.length / BATCH) }, (_, n) => all.slice(n * BATCH, (n + 1) * BATCH));
}

async function insertAccounts(tx: Tx, batch: readonly ImportRow[]): Promise<void> {
  await rows(
    `insert into accounts (login_id, company, department, postal_code, address, telephone, fax)
     select "loginId", company, department, "postalCode", address, telephone, fax
     from jsonb_to_recordset($1::jsonb) as given
       (line integer, "loginId" text, company text, department text, "postalCode" text, address text, telephone text, fax text)
     order by line`,
    [JSON.stringify(batch)],
    tx,
  );
}

/** Gives each the lowest free slot of its account. */
async function withSlots(tx: Tx, members: readonly ImportRow[]): Promise<NewMember[]> {
  const found = await rows<{ id: string; loginId: string; taken: number[] }>(
    `select id, login_id as "loginId",
       array(select slot::int from members where account_id = account.id and deleted_at is null) as taken
     from accounts account where login_id = any($1::text[])`,
    [[...new Set(members.map(({ loginId }) => loginId))]],
    tx,
  );
  const accounts = new Map(found.map(({ id, loginId, taken }) => [loginId, { id, taken: new Set(taken) }]));
  const slots = Array.from({ length: documentLimits.membersPerAccount }, (_, n) => n + 1);
  return members.map(({ loginId, mailAddress, userName, passwordHash }) => {
    const account = accounts.get(loginId);
    const slot = slots.find((free) => account?.taken.has(free) === false);
    if (account === undefined || slot === undefined) throw new Error('the plan has no room for a member');
    account.taken.add(slot);
    return {
      id: randomUUID(),
      accountId: account.id,
      slot,
      entered: mailAddress.entered,
      canonical: mailAddress.canonical,
      userName,
      passwordHash: passwordHash ?? null,
    };
  });
}

async function insertMembers(tx: Tx, importId: string, batch: readonly NewMember[]): Promise<void> {
  await rows(
    `with given as (
       select * from jsonb_to_recordset($1::jsonb) as given
         (id uuid, "accountId" uuid, slot smallint, entered text, canonical text, "userName" text, "passwordHash" text)),
     inserted as (
       insert into members (id, account_id, slot, address, address_canonical, user_name, password_hash, must_change_password, set_up_at)
       select id, "accountId", slot, entered, canonical, "userName", "passwordHash", "passwordHash" is not null,
         case when "passwordHash" is not null then now() end
       from given)
     insert into imported_members (account_id, address_canonical, member_id, import_id)
     select "accountId", canonical, id, $2 from given`,
    [JSON.stringify(batch), importId],
    tx,
  );
}
