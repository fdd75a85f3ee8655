/** Access that was denied: told in the audit trail like everything else, but never so often that it fills the database (S70). */
import { inTransaction } from '../connect.ts';
import { writeAudit, type Actor } from './audit.ts';
import { countDenial } from './throttle.ts';
import type { Visit } from './visit.ts';

/** What was asked for and how it was answered. */
export interface DeniedAccess {
  status: number;
  method: string;
  /** The last id in the path. */
  subjectId: string | undefined;
}

/** Writes the line. What one client address is denied beyond its share of a minute stands in the log of requests only. */
export async function recordDeniedAccess(
  actor: Actor,
  { status, method, subjectId }: DeniedAccess,
  visit: Omit<Visit, 'device'>,
): Promise<void> {
  if ((await countDenial(visit.ip)) !== undefined) return;
  await inTransaction((tx) =>
    writeAudit(tx, 'access-denied', actor, {
      ...(subjectId === undefined ? {} : { subjectId }),
      visit,
      detail: { status, method },
    }),
  );
}
