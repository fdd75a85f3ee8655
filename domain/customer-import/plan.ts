/**
 * What an import would do, from the rows of the file and what the site has. Dry run and run both come from here, so they agree. It only
 * adds: whatever is there, or came by an earlier import, stays as it is, also where its member was deleted or has another address now.
 */
import { accountFields } from '../account-data.ts';
import type { ImportFault } from './faults.ts';
import type { ImportRow } from './row.ts';

/** An account of the site that has a ログインID of the file. */
export interface KnownAccount {
  loginId: string;
  /** Its living members. */
  members: number;
  /** Canonical addresses that it has, had, or was given by an import. */
  addresses: readonly string[];
}

export interface ImportPlan {
  /** One row for each ログインID that is new. */
  accounts: ImportRow[];
  /** Every 利用者 to add, in the order of the file. */
  members: ImportRow[];
  /** Rows that are there already. */
  unchanged: number;
  faults: ImportFault[];
}

/** Plans it. @param membersPerAccount the document's ten */
export function planImport(
  rows: readonly ImportRow[],
  known: readonly KnownAccount[],
  membersPerAccount: number,
): ImportPlan {
  const plan: ImportPlan = { accounts: [], members: [], unchanged: 0, faults: [] };
  const knownByLoginId = new Map(known.map((account) => [account.loginId, account]));
  for (const [loginId, ofAccount] of groupByLoginId(rows)) {
    const site = knownByLoginId.get(loginId);
    const twice = addressesTwice(ofAccount);
    const had = new Set(site?.addresses);
    const members = ofAccount.filter(({ mailAddress }) => !had.has(mailAddress.canonical));
    plan.faults.push(...twice, ...accountDiffers(ofAccount));
    plan.unchanged += ofAccount.length - members.length;
    const tooMany = members[membersPerAccount - (site?.members ?? 0)];
    if (tooMany !== undefined && twice.length === 0) {
      plan.faults.push({ line: tooMany.line, column: 'loginId', fault: 'too-many-members', about: membersPerAccount });
    }
    const [first] = members;
    if (site === undefined && first !== undefined) plan.accounts.push(first);
    plan.members.push(...members);
  }
  plan.members.sort((one, other) => one.line - other.line);
  return plan;
}

function groupByLoginId(rows: readonly ImportRow[]): Map<string, ImportRow[]> {
  const groups = new Map<string, ImportRow[]>();
  for (const row of rows) {
    const group = groups.get(row.loginId);
    if (group === undefined) groups.set(row.loginId, [row]);
    else group.push(row);
  }
  return groups;
}

function addressesTwice(rows: readonly ImportRow[]): ImportFault[] {
  const firstLines = new Map<string, number>();
  return rows.flatMap(({ line, mailAddress }) => {
    const first = firstLines.get(mailAddress.canonical);
    if (first !== undefined)
      return [{ line, column: 'mailAddress' as const, fault: 'address-twice' as const, about: first }];
    firstLines.set(mailAddress.canonical, line);
    return [];
  });
}

/** The company stands in every row of its ログインID: where two differ, nobody can say which is right. */
function accountDiffers([first, ...others]: readonly ImportRow[]): ImportFault[] {
  if (first === undefined) return [];
  return others.flatMap((row) =>
    accountFields
      .filter((column) => row[column] !== first[column])
      .map((column) => ({ line: row.line, column, fault: 'account-differs' as const, about: first.line })),
  );
}
