/**
 * Migrated customers, from the uploaded file to their rows. The file is kept sealed between dry run and run; the run does exactly what
 * the dry run said, in one transaction, or nothing.
 */
import { createHash } from 'node:crypto';
import { planImport, type ImportPlan, type KnownAccount } from '../../domain/customer-import/plan.ts';
import type { ImportRow } from '../../domain/customer-import/row.ts';
import { done, refused, type Outcome } from '../../domain/outcome.ts';
import { documentLimits, limits } from '../../runtime/limits.ts';
import { inTransaction, type Tx } from '../connect.ts';
import { firstRow, rows } from '../raw.ts';
import { writeAudit, writeAuditLines } from './audit.ts';
import { lockImports } from './import-lock.ts';
import { insertImported } from './imported-rows.ts';
import { seal, unseal } from './secrets.ts';
import type { StaffSession } from './sessions.ts';
import type { Visit } from './visit.ts';

/** Keeps an uploaded file, for a day at most (purge.ts takes it away). @returns its id */
export async function keepImport(
  { staffId }: StaffSession,
  { name, bytes }: { name: string; bytes: Uint8Array },
  visit: Visit,
): Promise<string> {
  const sealed = seal(Buffer.from(bytes).toString('base64'));
  return inTransaction(async (tx) => {
    const row = await firstRow<{ id: string }>(
      `insert into customer_imports (staff_id, file_name, sealed, expires_at)
       values ($1, $2, $3, now() + make_interval(secs => $4)) returning id`,
      [staffId, name, sealed, limits().importKeptSeconds],
      tx,
    );
    if (row === undefined) throw new Error('import not inserted');
    await writeAudit(tx, 'customer-file-kept', { kind: 'staff', id: staffId }, { subjectId: row.id, visit });
    return row.id;
  });
}

/** What an import did. */
export interface ImportDone {
  at: Date;
  accounts: number;
  members: number;
  unchanged: number;
}

export interface KeptImport {
  fileName: string;
  createdAt: Date;
  /** Undefined once it ran, or its time is over. */
  bytes: Uint8Array | undefined;
  done: ImportDone | undefined;
}

/** An import, or undefined where there is none. */
export async function readImport(id: string): Promise<KeptImport | undefined> {
  const row = await firstRow<{
    fileName: string;
    createdAt: Date;
    sealed: Buffer | null;
    at: Date | null;
    accounts: number;
    members: number;
    unchanged: number;
  }>(
    `select file_name as "fileName", created_at as "createdAt", case when expires_at > now() then sealed end as sealed, ran_at as at,
       accounts_added as accounts, members_added as members, unchanged
     from customer_imports where id = $1`,
    [id],
  );
  if (row === undefined) return undefined;
  const { fileName, createdAt, sealed, at, accounts, members, unchanged } = row;
  return {
    fileName,
    createdAt,
    bytes: sealed === null ? undefined : Buffer.from(unseal(sealed), 'base64'),
    done: at === null ? undefined : { at, accounts, members, unchanged },
  };
}

/** `digest`: of all that the plan would do; the run is asked for with it. */
export interface PlannedImport extends ImportPlan {
  digest: string;
}

/** What an import of these rows would do now. */
export async function planOnSite(given: readonly ImportRow[], tx?: Tx): Promise<PlannedImport> {
  const plan = planImport(given, await knownAccounts(given, tx), documentLimits.membersPerAccount);
  return { ...plan, digest: createHash('sha256').update(JSON.stringify(plan)).digest('base64url') };
}

const loginIdsOf = (given: readonly ImportRow[]): string[] => [...new Set(given.map(({ loginId }) => loginId))];

async function knownAccounts(given: readonly ImportRow[], tx?: Tx): Promise<KnownAccount[]> {
  return rows<KnownAccount>(
    `select account.login_id as "loginId",
       (select count(*)::int from members where account_id = account.id and deleted_at is null) as members,
       array(select address_canonical from members where account_id = account.id
         union select address_canonical from imported_members where account_id = account.id) as addresses
     from accounts account where account.login_id = any($1::text[])`,
    [loginIdsOf(given)],
    tx,
  );
}

/** `changed`: the site is not as it was at the dry run; nothing was done. `busy`: another import runs, or a customer is being registered. `gone`: no file is kept. */
export type RunImportRefusal = 'changed' | 'busy' | 'gone' | 'faulty';

/**
 * Runs an import whose dry run had this digest. A second run of the same one changes nothing.
 * @param given the rows of the kept file, as the caller reads it
 */
export async function runImport(
  staff: StaffSession,
  id: string,
  { given, digest }: { given: readonly ImportRow[]; digest: string },
  visit: Visit,
): Promise<Outcome<null, RunImportRefusal>> {
  return inTransaction(async (tx) => {
    if (!(await lockImports(tx))) return refused('busy' as const);
    const kept = await firstRow(
      `select from customer_imports where id = $1 and sealed is not null and expires_at > now() for update`,
      [id],
      tx,
    );
    if (kept === undefined) return refused('gone' as const);
    // Whoever adds members to one of these accounts waits; the order is that of all locks: by id.
    await rows(
      `select from accounts where login_id = any($1::text[]) order by id for no key update`,
      [loginIdsOf(given)],
      tx,
    );
    const plan = await planOnSite(given, tx);
    if (plan.digest !== digest) return refused('changed' as const);
    if (plan.faults.length > 0) return refused('faulty' as const);
    const added = await insertImported(tx, id, plan);
    const actor = { kind: 'staff' as const, id: staff.staffId };
    await writeAuditLines(tx, 'member-imported', actor, added, visit);
    const counts = { accounts: plan.accounts.length, members: plan.members.length, unchanged: plan.unchanged };
    await writeAudit(tx, 'customers-imported', actor, { subjectId: id, visit, detail: counts });
    await rows(
      `update customer_imports set sealed = null, ran_at = now(), accounts_added = $2, members_added = $3, unchanged = $4 where id = $1`,
      [id, counts.accounts, counts.members, counts.unchanged],
      tx,
    );
    return done(null);
  });
}
