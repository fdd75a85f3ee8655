/** The list of applications that wait for staff. */
import { Link } from '@remix-run/react';
import type { ApplicationKind } from '../../domain/application/kinds.ts';
import { kindLabels } from '../texts/application.ts';
import { queueTexts as texts } from '../texts/staff-applications.ts';
import { Cell, ListTable, Row } from './list-table.tsx';
import { Badge } from './page.tsx';

interface QueueRow {
  id: string;
  applicationNumber: string;
  appliedAt: string;
  customerNumber: string;
  company: string;
  kind: ApplicationKind;
  orderNumber: string | null;
  working: boolean;
  overdue: boolean;
}

const columns = [texts.appliedAt, texts.customer, texts.kind, texts.orderNumber, texts.state].map((label) => ({
  label,
}));

export function StaffQueue({ found }: { found: QueueRow[] }) {
  return (
    <ListTable label={texts.table} columns={columns}>
      {found.map((row) => (
        <Row key={row.id}>
          <Cell label={texts.appliedAt}>
            <Link
              to={`/staff/applications/${row.id}`}
              aria-label={texts.open(row.appliedAt, row.applicationNumber)}
              className="inline-flex min-h-8 items-center font-bold text-key-900 underline underline-offset-4"
            >
              {row.appliedAt}
            </Link>
          </Cell>
          <Cell label={texts.customer}>
            <span className="block">{row.company}</span>
            <span className="text-sm text-solid-gray-700">{row.customerNumber}</span>
          </Cell>
          <Cell label={texts.kind}>{kindLabels[row.kind]}</Cell>
          <Cell label={texts.orderNumber}>{row.orderNumber}</Cell>
          <Cell label={texts.state}>
            <span className="flex flex-wrap gap-2">
              {row.overdue ? <Badge tone="error">{texts.overdue}</Badge> : null}
              {row.working ? <Badge tone="warning">{texts.working}</Badge> : <Badge tone="info">{texts.waiting}</Badge>}
            </span>
          </Cell>
        </Row>
      ))}
    </ListTable>
  );
}
