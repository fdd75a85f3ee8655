/** A table that turns into cards on a phone. The roles keep it a table for screen readers there as well. */
import type { ReactNode } from 'react';
import type { Direction } from './sort-links.tsx';

export interface Column {
  label: string;
  /** Which way the list is sorted by this column now. */
  sorted?: Direction | undefined;
  /** ▲ ▼ */
  links?: ReactNode;
}

const ARIA_SORT = { up: 'ascending', down: 'descending' } as const;

/** @param label names the table; the rows are the children */
export function ListTable({ label, columns, children }: { label: string; columns: Column[]; children: ReactNode }) {
  return (
    <table
      role="table"
      aria-label={label}
      className="block w-full border-solid-gray-300 sm:table sm:border sm:bg-white"
    >
      <thead role="rowgroup" className="hidden sm:table-header-group">
        <tr role="row">
          {columns.map(({ label: name, sorted, links }) => (
            <th
              key={name}
              role="columnheader"
              scope="col"
              aria-sort={sorted === undefined ? undefined : ARIA_SORT[sorted]}
              className="border-b-2 border-solid-gray-536 bg-solid-gray-50 px-4 py-3 text-start whitespace-nowrap"
            >
              {name} {links}
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup" className="block space-y-4 sm:table-row-group">
        {children}
      </tbody>
    </table>
  );
}

export function Row({ children }: { children: ReactNode }) {
  return (
    <tr
      role="row"
      className="block rounded-12 border border-solid-gray-300 bg-white p-4 sm:table-row sm:border-0 sm:p-0 sm:hover:bg-key-50"
    >
      {children}
    </tr>
  );
}

/** @param label the column's name, shown beside the value on a phone */
export function Cell({ label, children }: { label: string; children: ReactNode }) {
  return (
    <td role="cell" className="flex gap-4 py-1 sm:table-cell sm:border-t sm:border-solid-gray-200 sm:px-4 sm:py-3">
      <span className="w-24 shrink-0 text-sm leading-175 text-solid-gray-700 sm:hidden">{label}</span>
      <span className="min-w-0">{children}</span>
    </td>
  );
}
