/** The audit trail's chain: in the order of ids, behind the requests' backs, and broken by whoever touches it (security.md S70). */
import pg from 'pg';
import { describe, expect, it } from 'vitest';
import { inTransaction } from '../../db/connect.ts';
import { firstRow, rows } from '../../db/raw.ts';
import { checkAudit, readHorizon, sealUpTo } from '../../db/stores/audit-seals.ts';
import { writeAudit } from '../../db/stores/audit.ts';
import { recordDeniedAccess } from '../../db/stores/denied-access.ts';
import { buildVisit } from '../support/build.ts';
import { useStores } from '../support/stores.ts';

const { database } = useStores();

const writeLine = () => inTransaction((tx) => writeAudit(tx, 'signed-out', { kind: 'system' }, { detail: { n: 1 } }));

async function writeSealed(lines: number): Promise<string[]> {
  for (let line = 0; line < lines; line += 1) await writeLine();
  expect(await sealUpTo(await readHorizon())).toBe(true);
  const last = await rows<{ id: string }>(`select id::text as id from audit order by audit.id desc limit $1`, [lines]);
  return last.map(({ id }) => id).reverse();
}

async function asOwner(text: string, values: unknown[] = []): Promise<void> {
  const client = new pg.Client({ connectionString: database().ownerUrl });
  await client.connect();
  try {
    await client.query(text, values);
  } finally {
    await client.end();
  }
}

describe('sealing', () => {
  it('seals every committed line once, in order, also by several workers at once', async () => {
    for (let line = 0; line < 30; line += 1) await writeLine();
    const horizon = await readHorizon();

    await Promise.all(Array.from({ length: 4 }, () => sealUpTo(horizon)));
    await sealUpTo(horizon);

    const left = await rows(`select from audit where id not in (select audit_id from audit_seals)`);
    expect(left).toHaveLength(0);
    expect((await checkAudit()).faults).toEqual([]);
  });

  it('waits for a transaction that holds a lower id and is not committed yet', async () => {
    let commit: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (commit = resolve));
    let slow: Promise<void> = Promise.resolve();
    await new Promise<void>((written) => {
      slow = inTransaction(async (tx) => {
        await writeAudit(tx, 'signed-out', { kind: 'system' });
        written();
        await held;
      });
    });
    await writeLine();
    const horizon = await readHorizon();

    const early = await sealUpTo(horizon);
    commit();
    await slow;
    const late = await sealUpTo(horizon);

    expect([early, late]).toEqual([false, true]);
    expect((await checkAudit()).faults).toEqual([]);
  });

  it('leaves lines that came after the horizon to the next round', async () => {
    await writeSealed(1);
    await writeLine();

    const check = await checkAudit();

    const newest = await firstRow<{ id: string }>(`select max(id)::text as id from audit`);
    expect(check.faults).toEqual([]);
    expect(check.lastId).not.toBe(newest?.id);
    await sealUpTo(await readHorizon());
  });
});

describe('the check', () => {
  it('names a line that was changed', async () => {
    const [, changed] = await writeSealed(3);

    await asOwner(`update audit set detail = '{"n":2}' where id = $1`, [changed]);
    const { faults } = await checkAudit();
    await asOwner(`update audit set detail = '{"n":1}' where id = $1`, [changed]);

    expect(faults).toEqual([{ id: changed, fault: 'broken' }]);
    expect((await checkAudit()).faults).toEqual([]);
  });

  it('names a line that was put in afterwards', async () => {
    const rolledBack = inTransaction(async (tx) => {
      await writeAudit(tx, 'signed-out', { kind: 'system' });
      throw new Error('rolled back');
    });
    await expect(rolledBack).rejects.toThrow('rolled back');
    const [next] = await writeSealed(1);
    const hole = Number(next) - 1;

    await asOwner(
      `insert into audit (id, event, actor_kind) overriding system value values ($1, 'signed-out', 'system')`,
      [hole],
    );
    const { faults } = await checkAudit();
    await asOwner(`delete from audit where id = $1`, [hole]);

    expect(faults).toEqual([{ id: String(hole), fault: 'unsealed' }]);
  });

  it('names a line that was taken away, also together with its seal', async () => {
    const [, gone, alsoGone, after] = await writeSealed(4);

    await asOwner(`delete from audit where id = any($1)`, [[gone, alsoGone]]);
    await asOwner(`delete from audit_seals where audit_id = $1`, [alsoGone]);

    expect((await checkAudit()).faults).toEqual([
      { id: gone, fault: 'missing' },
      { id: after, fault: 'broken' },
    ]);
  });
});

it('the site can neither change nor take away a line or a seal', async () => {
  for (const table of ['audit', 'audit_seals']) {
    await expect(rows(`update ${table} set ${table === 'audit' ? 'event = event' : 'seal = seal'}`)).rejects.toThrow(
      'permission denied',
    );
    await expect(rows(`delete from ${table}`)).rejects.toThrow('permission denied');
  }
});

it('denied access is written down, at most sixty lines a minute from one address', async () => {
  const visit = buildVisit({ ip: '198.51.100.77' });

  for (let each = 0; each < 70; each += 1)
    await recordDeniedAccess({ kind: 'anonymous' }, { status: 403, method: 'POST', subjectId: undefined }, visit);

  expect(await rows(`select from audit where event = 'access-denied' and ip = $1`, [visit.ip])).toHaveLength(60);
});
