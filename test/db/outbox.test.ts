/** The outbox: in id order for each flow, submissions first, nothing starves (style.md, "The outbox"). */
import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { inTransaction } from '../../db/connect.ts';
import { rows } from '../../db/raw.ts';
import {
  addOutboxLine,
  countOverdueLines,
  dueLines,
  linesOf,
  listenForLines,
  markDelivered,
  markStartDelivered,
  putOff,
} from '../../db/stores/outbox.ts';
import type { OutboxEvent, OutboxFlow } from '../../db/stores/outbox.ts';
import { useStores } from '../support/stores.ts';

useStores();

beforeEach(async () => {
  await rows(`delete from outbox`);
});

const add = (flow: OutboxFlow, event: OutboxEvent = 'start', rowId = randomUUID(), more = {}) =>
  inTransaction(async (tx) => {
    await addOutboxLine(tx, flow, rowId, event, more);
    return rowId;
  });

describe('due lines', () => {
  it('a later line of a flow waits until the earlier one is delivered', async () => {
    const rowId = await add('application');
    await add('application', 'commandGiven', rowId);

    const first = await dueLines(10);
    await markDelivered(first.map(({ id }) => id));
    const second = await dueLines(10);

    expect(first.map(({ event }) => event)).toEqual(['start']);
    expect(second.map(({ event }) => event)).toEqual(['commandGiven']);
  });

  it('a line that is put off holds back its own flow only', async () => {
    const stuck = await add('otp');
    await add('otp', 'codeAccepted', stuck);
    const other = await add('otp');
    const [line] = await dueLines(1);
    await putOff(line?.id ?? '');

    expect((await dueLines(10)).map(({ rowId }) => rowId)).toEqual([other]);
  });

  it('a submission comes before any number of letters that were written earlier', async () => {
    for (let letter = 0; letter < 30; letter += 1) await add('letter');
    const submission = await add('application');

    expect((await dueLines(5))[0]).toMatchObject({ flow: 'application', rowId: submission });
  });

  it('lines that fail again and again leave room for the ones behind them', async () => {
    for (let bad = 0; bad < 8; bad += 1) await add('application');
    for (const { id } of await dueLines(8)) await putOff(id);
    const good = await add('letter');

    expect((await dueLines(4)).map(({ rowId }) => rowId)).toEqual([good]);
  });

  it('a put-off doubles from a second to ten, so that a line is not late after an outage', async () => {
    const rowId = await add('letter');
    const waits = [];
    for (let time = 0; time < 7; time += 1) {
      const [line] = await rows<{ id: string }>(`select id from outbox where row_id = $1`, [rowId]);
      await putOff(line?.id ?? '');
      const [row] = await rows<{ wait: number }>(
        `select round(extract(epoch from due_at - now()))::int as wait from outbox where row_id = $1`,
        [rowId],
      );
      waits.push(row?.wait);
    }

    expect(waits).toEqual([1, 2, 4, 8, 10, 10, 10]);
  });

  it('a line left to the web process first is not due before its delay is over', async () => {
    const rowId = await add('application', 'start', randomUUID(), { delaySeconds: 3 });

    const early = await dueLines(10);
    await rows(`update outbox set due_at = now() where row_id = $1`, [rowId]);

    expect(early).toEqual([]);
    expect(await dueLines(10)).toHaveLength(1);
  });

  it('draining delivers every line once, in id order for each flow, however small the pages', async () => {
    const flows = [await add('application'), await add('letter'), await add('otp')];
    for (let round = 0; round < 6; round += 1) {
      await add('application', 'commandGiven', flows[0], { subjectId: randomUUID() });
      await add('otp', 'signInLeft', flows[2]);
    }
    const delivered: { id: string; rowId: string }[] = [];

    for (let page = await dueLines(2); page.length > 0; page = await dueLines(2)) {
      delivered.push(...page);
      await markDelivered(page.map(({ id }) => id));
    }

    expect(delivered).toHaveLength(15);
    for (const flow of flows) {
      const ids = delivered.filter(({ rowId }) => rowId === flow).map(({ id }) => Number(id));
      expect(ids).toEqual(ids.toSorted((a, b) => a - b));
    }
  });
});

it('the web process marks only the start line of its own row', async () => {
  const rowId = await add('application');
  await add('application', 'commandGiven', rowId);
  const other = await add('application');

  await markStartDelivered('application', rowId);

  expect((await linesOf(rowId)).map(({ event, deliveredAt }) => [event, deliveredAt !== null])).toEqual([
    ['start', true],
    ['commandGiven', false],
  ]);
  expect((await linesOf(other))[0]?.deliveredAt).toBeNull();
});

it('a line counts as overdue by the time since it was due', async () => {
  const rowId = await add('letter');
  await rows(`update outbox set due_at = now() - interval '61 seconds' where row_id = $1`, [rowId]);
  await add('letter');

  expect(await countOverdueLines(60)).toBe(1);
});

it('a listener is woken when a transaction with a line commits, and not before', async () => {
  let woken = 0;
  let lost = 0;
  const stop = await listenForLines(
    () => (woken += 1),
    () => (lost += 1),
  );
  try {
    const before = await inTransaction(async (tx) => {
      await addOutboxLine(tx, 'letter', randomUUID(), 'start');
      await rows(`select pg_sleep(0.05)`);
      return woken;
    });
    await expect.poll(() => woken).toBe(1);

    expect(before).toBe(0);
  } finally {
    await stop();
  }
  expect(lost).toBe(0);
});
