/** An uploaded file of migrated customers: from its bytes to what an import of it would do. */
import { readCsv } from '../documents/csv-file.server.ts';
import type { ImportFault } from '../../domain/customer-import/faults.ts';
import { MOST_FAULTS_TOLD } from '../../domain/customer-import/faults.ts';
import { judgeTable, type JudgedTable } from '../../domain/customer-import/table.ts';
import { planOnSite } from '../../db/stores/customer-imports.ts';
import { limits } from '../../runtime/limits.ts';
import { faultText, importColumnNames } from '../texts/customer-import.ts';

/** The rows of a file and what is wrong with them, each on its own. */
export function readImportFile(bytes: Uint8Array): JudgedTable {
  const csv = readCsv(bytes);
  if (csv.ok) return judgeTable(csv.value, importColumnNames, limits().importRows);
  return { rows: [], faults: [{ line: csv.line ?? 1, column: undefined, fault: csv.reason }] };
}

/** A dry run as the page shows it. */
export interface DryRun {
  accounts: number;
  members: number;
  /** Those who bring their password. */
  signInAtOnce: number;
  unchanged: number;
  faults: string[];
  /** Beyond those that are told. */
  moreFaults: number;
  digest: string;
}

/** What an import of the file would do now. */
export async function dryRun(bytes: Uint8Array): Promise<DryRun> {
  const table = readImportFile(bytes);
  const plan = await planOnSite(table.rows);
  // Two unnamed columns are one and the same sentence.
  const faults = [...new Set(inOrder([...table.faults, ...plan.faults]).map(faultText))];
  return {
    accounts: plan.accounts.length,
    members: plan.members.length,
    signInAtOnce: plan.members.filter(({ passwordHash }) => passwordHash !== undefined).length,
    unchanged: plan.unchanged,
    faults: faults.slice(0, MOST_FAULTS_TOLD),
    moreFaults: Math.max(0, faults.length - MOST_FAULTS_TOLD),
    digest: plan.digest,
  };
}

const inOrder = (faults: ImportFault[]): ImportFault[] => faults.sort((one, other) => one.line - other.line);
