/** The columns of the file by which migrated customers come: one row for each 利用者. Source: spec.md, Migrated customers; their names are ours. */

export const importColumns = [
  'loginId',
  'company',
  'department',
  'postalCode',
  'address',
  'telephone',
  'fax',
  'mailAddress',
  'userName',
  'passwordHash',
] as const;
export type ImportColumn = (typeof importColumns)[number];

/** Those the file can't do without. */
export const requiredColumns = ['loginId', 'company', 'mailAddress'] as const satisfies readonly ImportColumn[];

/** The columns that belong to the account: the same in every row of one ログインID. */
export const accountColumns = [
  'company',
  'department',
  'postalCode',
  'address',
  'telephone',
  'fax',
] as const satisfies readonly ImportColumn[];

/** In code points; as long as the order form takes them. */
export const longestTexts = { company: 100, department: 100, address: 200, userName: 60 } as const;
