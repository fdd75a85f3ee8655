/** 契約のお客様: the company data that forms are filled in from. */
import type { AccountData } from '../../domain/account-data.ts';
import type { Tx } from '../connect.ts';
import { firstRow, rows } from '../raw.ts';

/** The company data of an account. @throws Error when there is none: the caller's session should not have lived */
export async function readAccount(accountId: string, tx?: Tx): Promise<AccountData> {
  const row = await firstRow<AccountData>(
    `select company, department, postal_code as "postalCode", address, telephone, fax from accounts where id = $1`,
    [accountId],
    tx,
  );
  if (row === undefined) throw new Error('account gone');
  return row;
}

/** Queues whatever is counted by account: its members, its set-up mails. Comes after all locks of persons, before those of sessions. */
export async function lockAccount(tx: Tx, accountId: string): Promise<void> {
  await rows(`select from accounts where id = $1 for no key update`, [accountId], tx);
}
