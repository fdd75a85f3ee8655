/** 申込履歴 and the staff's queue: filters, sorts, pages (security.md S41, S42). */
import { beforeAll, describe, expect, it } from 'vitest';
import { rows } from '../../db/raw.ts';
import {
  applicationSorts,
  listApplications,
  listWaitingApplications,
  type ApplicationQuery,
} from '../../db/stores/application-lists.ts';
import { giveCommand } from '../../db/stores/commands.ts';
import { applicationKinds } from '../../domain/application/kinds.ts';
import { confirmations, intakeResults } from '../../domain/flows/application.ts';
import { buildApplication, buildMember, buildStaff, buildVisit, type BuiltMember } from '../support/build.ts';
import { useStores } from '../support/stores.ts';

useStores();

let member: BuiltMember;

const list = (over: Partial<ApplicationQuery> = {}) =>
  listApplications(member.accountId, { sort: 'applied', direction: 'down', page: 1, pageSize: 50, ...over });

beforeAll(async () => {
  member = await buildMember();
  const states = ['received', 'accepted', 'failed', 'arranged', 'unable', 'accepted', 'arranged'] as const;
  for (const [index, state] of states.entries()) {
    const application = await buildApplication({ member, state });
    // A minute before and after midnight in Japan, on either side of a year's end; kinds mixed.
    const appliedAt = new Date(Date.UTC(2025, 11, 28 + Math.floor(index / 2), 14, index % 2 === 0 ? 59 : 61));
    await rows(`update applications set applied_at = $2, kind = $3 where id = $1`, [
      application.id,
      appliedAt,
      applicationKinds[index % 6],
    ]);
  }
  await buildApplication({ state: 'accepted' });
});

describe('申込履歴', () => {
  it('shows this account’s applications, newest first, and how many there are', async () => {
    const { total, found } = await list();

    const times = found.map(({ appliedAt }) => appliedAt.getTime());
    expect(total).toBe(7);
    expect(times).toEqual(times.toSorted((a, b) => b - a));
  });

  const rank: Record<
    (typeof applicationSorts)[number],
    (row: Awaited<ReturnType<typeof list>>['found'][number]) => number | string | null
  > = {
    applied: ({ appliedAt }) => appliedAt.getTime(),
    kind: ({ kind }) => applicationKinds.indexOf(kind),
    intake: ({ intake }) => intakeResults.indexOf(intake),
    'order-number': ({ orderNumber }) => orderNumber,
    confirmation: ({ confirmation }) => (confirmation === null ? null : confirmations.indexOf(confirmation)),
  };

  it.each(applicationSorts.flatMap((sort) => (['up', 'down'] as const).map((direction) => ({ sort, direction }))))(
    'sorts by $sort $direction with blanks last',
    async ({ sort, direction }) => {
      const { found } = await list({ sort, direction });

      const values = found.map(rank[sort]);
      const filled = values.filter((value) => value !== null);
      const sorted = filled.toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0));
      expect(filled).toEqual(direction === 'up' ? sorted : sorted.toReversed());
      expect(values.slice(filled.length).every((value) => value === null)).toBe(true);
    },
  );

  it('pages hold every row once', async () => {
    const pages = await Promise.all([1, 2, 3, 4].map((page) => list({ page, pageSize: 2, sort: 'intake' })));

    const ids = pages.flatMap(({ found }) => found.map(({ id }) => id));
    expect(pages.map(({ found }) => found.length)).toEqual([2, 2, 2, 1]);
    expect(new Set(ids).size).toBe(7);
    expect((await list({ page: 9, pageSize: 2 })).found).toEqual([]);
  });

  it('filters by kind and by confirmation, empty ones too', async () => {
    expect((await list({ kind: 'quote' })).found.map(({ kind }) => kind)).toEqual(['quote', 'quote']);
    expect((await list({ confirmation: 'arranged' })).total).toBe(2);
    expect((await list({ confirmation: 'unable' })).total).toBe(1);
    expect((await list({ confirmation: 'none' })).total).toBe(4);
  });

  it('a period counts calendar days in Japan, both ends included', async () => {
    const onThe28th = await list({ from: '2025-12-28', to: '2025-12-28' });
    const from29th = await list({ from: '2025-12-29' });
    const until29th = await list({ to: '2025-12-29' });

    expect(onThe28th.found.map(({ appliedAt }) => appliedAt.toISOString())).toEqual(['2025-12-28T14:59:00.000Z']);
    expect(from29th.total).toBe(6);
    expect(until29th.total).toBe(3);
  });

  it('part of an order number finds its order, and nothing but that', async () => {
    const [numbered] = (await list({ sort: 'order-number', direction: 'up' })).found;
    const number = numbered?.orderNumber ?? '';

    expect((await list({ orderNumber: number.slice(3) })).found.map(({ id }) => id)).toEqual([numbered?.id]);
  });

  it.each(['%', '_', '\\', '2%', "' or 1=1 --"])('an order number of %s is text, no pattern', async (orderNumber) => {
    expect((await list({ orderNumber })).total).toBe(0);
  });
});

describe('the queue', () => {
  it('shows what waits for staff of every account, oldest first, and marks a colleague’s open act', async () => {
    const before = await listWaitingApplications(1, 50);
    const [oldest] = before.found;
    await giveCommand(await buildStaff(), oldest?.id ?? '', { verb: 'arrange' }, buildVisit());

    const after = await listWaitingApplications(1, 50);

    const times = after.found.map(({ appliedAt }) => appliedAt.getTime());
    expect(before.total).toBe(3);
    expect(new Set(before.found.map(({ customerNumber }) => customerNumber)).size).toBe(2);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    expect(after.found.map(({ commandOpen }) => commandOpen)).toEqual([true, false, false]);
  });
});
