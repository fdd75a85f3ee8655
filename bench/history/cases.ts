/** Every way in which 「申込履歴」 can be asked for: each sort up and down, each filter. */
import { readHistoryAddress } from '../../app/forms/history-query.server.ts';
import { applicationSorts, type ApplicationQuery } from '../../db/stores/application-lists.ts';
import { jstDate } from '../../domain/jst.ts';
import type { Holder } from './fill.ts';

export interface HistoryCase {
  name: string;
  fields: (holder: Holder) => Record<string, string>;
}

const YEAR_MILLISECONDS = 365 * 86_400_000;
const yearsAgo = (years: number): string => jstDate(new Date(Date.now() - years * YEAR_MILLISECONDS));

const sorts: HistoryCase[] = applicationSorts.flatMap((sort) =>
  (['up', 'down'] as const).map((direction) => ({
    name: `sort ${sort} ${direction}`,
    fields: () => ({ sort, direction }),
  })),
);

const filters: HistoryCase[] = [
  { name: 'kind order', fields: () => ({ kind: 'order' }) },
  { name: 'kind cancellation', fields: () => ({ kind: 'cancellation' }) },
  { name: 'confirmation arranged', fields: () => ({ confirmation: 'arranged' }) },
  { name: 'confirmation unable', fields: () => ({ confirmation: 'unable' }) },
  { name: 'confirmation empty', fields: () => ({ confirmation: 'none' }) },
  { name: 'period, a year', fields: () => ({ from: yearsAgo(2), to: yearsAgo(1) }) },
  { name: 'part of an order number', fields: ({ orderNumber }) => ({ orderNumber: orderNumber.slice(0, 4) }) },
  { name: 'a whole order number', fields: ({ orderNumber }) => ({ orderNumber }) },
  {
    name: 'all filters',
    fields: () => ({ kind: 'order', confirmation: 'arranged', from: yearsAgo(2), to: yearsAgo(1), orderNumber: '20' }),
  },
];

export const historyCases: readonly HistoryCase[] = [...sorts, ...filters];

/** A page of a history: over HTTP, and as the store is asked for it. */
export interface HistoryAddress {
  path: string;
  query: ApplicationQuery;
}

/** The address of a page and what the store is asked for it. @throws Error when the site would not use a field */
export function addressOf(fields: Record<string, string>, page: number): HistoryAddress {
  const address = new URLSearchParams({ ...fields, page: String(page) });
  const { query, ignored } = readHistoryAddress(new Map(address));
  if (ignored.length > 0) throw new Error(`the history does not use ${ignored.join(', ')}`);
  return { path: `/account/applications?${address.toString()}`, query };
}
