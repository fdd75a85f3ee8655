/**
 * The audit trail's chain (S70): a sealer in the worker chains committed lines in the order of their ids, each seal over the line and the seal
 * before it. Never in the transaction of a line: that would queue everybody behind one chain. Whoever changes or takes away a line
 * without the key breaks it.
 */
import { inTransaction } from '../connect.ts';
import { firstRow, rows } from '../raw.ts';
import { auditSeal, currentSecretKeyId } from './secrets.ts';

/** Two workers must not continue one chain at once. */
const SEALER_LOCK = 7_233_002;
const PAGE = 1000;

/** A line as text, whatever the session's time zone. */
const LINE = `jsonb_build_array(line.id, extract(epoch from line.at)::text, line.event, line.actor_kind, line.actor_id, line.account_id,
  line.subject_id, line.ip, line.request_id, line.detail)::text`;

/** Up to where lines were seen, and the first transaction that came later. */
export interface Horizon {
  id: string;
  transaction: string;
}

/** Where the trail ends now. A transaction that still runs may hold a lower id: see {@link sealUpTo}. */
export async function readHorizon(): Promise<Horizon> {
  const horizon = await firstRow<Horizon>(
    `select coalesce(max(id), 0)::text as id, pg_snapshot_xmax(pg_current_snapshot())::text as transaction from audit`,
  );
  if (horizon === undefined) throw new Error('no horizon');
  return horizon;
}

/**
 * Seals all lines up to the horizon, once every transaction from before it has ended: then no line can come in between any more.
 * @returns whether it came to that; false: ask again with the same horizon
 */
export async function sealUpTo(horizon: Horizon): Promise<boolean> {
  for (;;) {
    const sealed = await sealPage(horizon);
    if (sealed === undefined) return false;
    if (sealed < PAGE) return true;
  }
}

/** @returns how many lines, or undefined while it is too early or another worker's turn */
async function sealPage({ id, transaction }: Horizon): Promise<number | undefined> {
  return inTransaction(async (tx) => {
    const turn = await firstRow<{ mine: boolean }>(
      `select pg_snapshot_xmin(pg_current_snapshot()) >= $1::xid8 and pg_try_advisory_xact_lock($2) as mine`,
      [transaction, SEALER_LOCK],
      tx,
    );
    if (turn?.mine !== true) return undefined;
    const last = await firstRow<{ id: string; seal: Buffer }>(
      `select audit_id::text as id, seal from audit_seals order by audit_id desc limit 1`,
      [],
      tx,
    );
    const lines = await rows<{ id: string; text: string }>(
      `select line.id::text as id, ${LINE} as text from audit line where line.id > $1 and line.id <= $2 order by line.id limit ${PAGE}`,
      [last?.id ?? '0', id],
      tx,
    );
    const keyId = currentSecretKeyId();
    let seal = last?.seal ?? Buffer.alloc(0);
    const seals = lines.map(({ text }) => (seal = auditSeal(seal, text, keyId)));
    await rows(
      `insert into audit_seals (audit_id, key_id, seal) select sealed.id, $2, sealed.seal from unnest($1::bigint[], $3::bytea[]) as sealed (id, seal)`,
      [lines.map((line) => line.id), keyId, seals],
      tx,
    );
    return lines.length;
  });
}

/** `missing`: sealed, and gone. `unsealed`: put in later, or its seal is gone. `broken`: changed, or what stood before it was taken away. */
export type AuditFault = 'missing' | 'unsealed' | 'broken';

export interface AuditCheck {
  /** The last sealed line. */
  lastId: string;
  sealed: number;
  faults: { id: string; fault: AuditFault }[];
}

/** Walks the whole chain; lines that wait for their seal are no fault. */
export async function checkAudit(): Promise<AuditCheck> {
  const last = await firstRow<{ id: string }>(`select coalesce(max(audit_id), 0)::text as id from audit_seals`);
  const check: AuditCheck = { lastId: last?.id ?? '0', sealed: 0, faults: [] };
  let before: Buffer = Buffer.alloc(0);
  for (let from = 0n; from < BigInt(check.lastId); from += BigInt(PAGE)) {
    for (const { id, text, keyId, seal } of await chainPage(from, check.lastId)) {
      if (seal === null || keyId === null) check.faults.push({ id, fault: 'unsealed' });
      else if (text === null) check.faults.push({ id, fault: 'missing' });
      else if (!auditSeal(before, text, keyId).equals(seal)) check.faults.push({ id, fault: 'broken' });
      check.sealed += seal === null ? 0 : 1;
      before = seal ?? before;
    }
  }
  return check;
}

interface Link {
  id: string;
  /** null: the line is gone. */
  text: string | null;
  keyId: string | null;
  seal: Buffer | null;
}

const chainPage = (from: bigint, last: string): Promise<Link[]> =>
  rows<Link>(
    `select coalesce(line.id, sealed.audit_id)::text as id, case when line.id is not null then ${LINE} end as text, sealed.key_id as "keyId", sealed.seal
     from (select * from audit where id > $1 and id <= least($1::bigint + ${PAGE}, $2::bigint)) line
       full join (select * from audit_seals where audit_id > $1 and audit_id <= $1::bigint + ${PAGE}) sealed on sealed.audit_id = line.id
     order by coalesce(line.id, sealed.audit_id)`,
    [from.toString(), last],
  );
