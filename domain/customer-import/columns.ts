/** The columns of the file by which migrated customers come: one row for each 利用者. Source: spec.md, Migrated customers; their names are ours. */
import { accountFields } from '../account-data.ts';

export const importColumns = ['loginId', ...accountFields, 'mailAddress', 'userName', 'passwordHash'] as const;
export type ImportColumn = (typeof importColumns)[number];

/** Those the file can't do without. */
export const requiredColumns = ['loginId', 'company', 'mailAddress'] as const satisfies readonly ImportColumn[];
