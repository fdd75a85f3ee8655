/** Rows whose flow has not ended yet: what the reconciler compares with the flows that run (faults.md I7). */
import type { ProcedureKind } from '../../domain/procedures.ts';
import type { OutboxFlow } from './outbox.ts';
import { rows } from '../raw.ts';

const openProcedures = (kind: ProcedureKind): string =>
  `select id from procedures where ended_at is null and kind = '${kind}' and created_at < now() - make_interval(secs => $1) and id > $2
    order by id limit $3`;

const OPEN_ROWS: Record<OutboxFlow, string> = {
  otp: `select id from challenges where state = 'open' and created_at < now() - make_interval(secs => $1) and id > $2 order by id limit $3`,
  letter: `select id from letters where state in ('pending', 'parked') and created_at < now() - make_interval(secs => $1) and id > $2
    order by id limit $3`,
  application: `select id from applications
    where (intake = 'received' or (intake = 'accepted' and confirmation is null)) and applied_at < now() - make_interval(secs => $1)
      and id > $2
    order by id limit $3`,
  'password-reset': openProcedures('password-reset'),
  'password-setup': openProcedures('password-setup'),
  'email-change': openProcedures('email-change'),
};

const FIRST = '00000000-0000-0000-0000-000000000000';

/** The ids of open rows that are older than `olderThanSeconds`, in pages: ids above `after`, at most `most`. */
export async function listOpenRows(
  flow: OutboxFlow,
  olderThanSeconds: number,
  most: number,
  after = FIRST,
): Promise<string[]> {
  const found = await rows<{ id: string }>(OPEN_ROWS[flow], [olderThanSeconds, after, most]);
  return found.map(({ id }) => id);
}
