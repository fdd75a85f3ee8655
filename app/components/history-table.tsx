/** The list of 「申込履歴」. */
import { Link } from '@remix-run/react';
import type { ApplicationKind } from '../../domain/application/kinds.ts';
import type { Confirmation, Intake } from '../../domain/flows/application.ts';
import { applicationTexts, kindLabels } from '../texts/application.ts';
import { historyTexts } from '../texts/history.ts';
import { ConfirmationBadge, IntakeBadge } from './application-results.tsx';
import { Cell, ListTable, Row } from './list-table.tsx';
import { SortLinks, type Direction } from './sort-links.tsx';

export interface HistoryRow {
  applicationNumber: string;
  kind: ApplicationKind;
  appliedAt: string;
  intake: Intake;
  orderNumber: string | null;
  confirmation: Confirmation | null;
}

const columns = [
  { sort: 'applied', label: applicationTexts.appliedAt },
  { sort: 'kind', label: applicationTexts.kind },
  { sort: 'intake', label: applicationTexts.intake },
  { sort: 'order-number', label: applicationTexts.orderNumber },
  { sort: 'confirmation', label: applicationTexts.confirmation },
] as const;
type Sort = (typeof columns)[number]['sort'];

interface HistoryTableProps {
  found: HistoryRow[];
  sort: Sort;
  direction: Direction;
  hrefOf: (sort: Sort, direction: Direction) => string;
}

export function HistoryTable({ found, sort, direction, hrefOf }: HistoryTableProps) {
  const links = columns.map((column) => ({
    label: column.label,
    sorted: column.sort === sort ? direction : undefined,
    links: (
      <SortLinks
        label={column.label}
        sorted={column.sort === sort ? direction : undefined}
        hrefOf={(way) => hrefOf(column.sort, way)}
      />
    ),
  }));
  return (
    <>
      <details className="rounded-8 border border-solid-gray-300 bg-white p-4 sm:hidden print:hidden">
        <summary className="min-h-8 cursor-pointer font-bold">{historyTexts.sortedBy}</summary>
        <ul className="mt-3 space-y-2">
          {links.map((column) => (
            <li key={column.label} className="flex items-center justify-between gap-4">
              {column.label}
              <span>{column.links}</span>
            </li>
          ))}
        </ul>
      </details>
      <ListTable label={historyTexts.table} columns={links}>
        {found.map((row) => (
          <Row key={row.applicationNumber}>
            <Cell label={applicationTexts.appliedAt}>
              <Link
                to={`/account/applications/${row.applicationNumber}`}
                aria-label={historyTexts.open(row.appliedAt)}
                className="inline-flex min-h-8 items-center font-bold text-key-900 underline underline-offset-4"
              >
                {row.appliedAt}
              </Link>
            </Cell>
            <Cell label={applicationTexts.kind}>{kindLabels[row.kind]}</Cell>
            <Cell label={applicationTexts.intake}>
              <IntakeBadge intake={row.intake} />
            </Cell>
            <Cell label={applicationTexts.orderNumber}>{row.orderNumber}</Cell>
            <Cell label={applicationTexts.confirmation}>
              <ConfirmationBadge confirmation={row.confirmation} />
            </Cell>
          </Row>
        ))}
      </ListTable>
    </>
  );
}
