/** The address of 「申込履歴」: filters, sort, page. What can't be used is left out and said; a page is clamped (S41). */
import { z } from 'zod';
import { applicationSorts, type ApplicationQuery } from '../../db/stores/application-lists.ts';
import { applicationKinds } from '../../domain/application/kinds.ts';
import { parseDate } from '../../domain/application/rental-period.ts';
import { confirmations } from '../../domain/flows/application.ts';
import { tidyCode, tidyDate } from '../../domain/text.ts';
import { readPageNumber } from './page-number.server.ts';

export const historyFilters = ['kind', 'confirmation', 'from', 'to', 'orderNumber'] as const;
export type HistoryFilter = (typeof historyFilters)[number];

const PAGE_SIZE = 20;

const day = z
  .string()
  .transform(tidyDate)
  .refine((text) => parseDate(text) !== undefined);

const schema = z.strictObject({
  kind: z.enum(applicationKinds),
  confirmation: z.enum([...confirmations, 'none']),
  from: day,
  to: day,
  orderNumber: z
    .string()
    .transform(tidyCode)
    .pipe(z.string().regex(/^\d{1,12}$/)),
});

const sorting = z.object({
  sort: z.enum(applicationSorts).catch('applied'),
  direction: z.enum(['up', 'down']).catch('down'),
});

export interface HistoryAddress {
  query: ApplicationQuery;
  /** The filters as typed, for the form. */
  typed: Record<HistoryFilter, string>;
  /** Filters that were typed but can't be used. */
  ignored: HistoryFilter[];
}

/** Reads the fields of the address. Newest first unless they say otherwise. */
export function readHistoryAddress(address: ReadonlyMap<string, string>): HistoryAddress {
  const typed = Object.fromEntries(historyFilters.map((name) => [name, address.get(name) ?? ''])) as Record<
    HistoryFilter,
    string
  >;
  const given = Object.fromEntries(
    historyFilters.flatMap((name) => (typed[name].trim() === '' ? [] : [[name, typed[name]]])),
  );
  const judged = schema.partial().safeParse(given);
  const ignored = judged.success
    ? []
    : historyFilters.filter((name) => judged.error.issues.some(({ path }) => path[0] === name));
  const used = Object.fromEntries(Object.entries(given).filter(([name]) => !ignored.some((bad) => bad === name)));
  const sorted = sorting.parse({
    sort: address.get('sort'),
    direction: address.get('direction'),
  });
  const query = { ...schema.partial().parse(used), ...sorted, page: readPageNumber(address), pageSize: PAGE_SIZE };
  return { query, typed, ignored };
}

/** The address of the first page of the same list, with the filters and the sort that were used. */
export function historySearch(query: ApplicationQuery): string {
  const address = new URLSearchParams();
  for (const name of [...historyFilters, 'sort', 'direction'] as const) {
    const value = query[name];
    if (value !== undefined) address.set(name, value);
  }
  return address.toString();
}
