/** The customers that staff have searched for. */
import { Link } from '@remix-run/react';
import { customersTexts as texts } from '../texts/staff-customers.ts';
import { Cell, ListTable, Row } from './list-table.tsx';
import { Badge } from './page.tsx';

export interface CustomerRow {
  customerNumber: string;
  loginId: string;
  company: string;
  mfaRequired: boolean;
  members: number;
  active: number;
  neverMailed: number;
}

const columns = [texts.customerNumber, texts.company, texts.loginId, texts.members].map((label) => ({ label }));

export function StaffCustomerList({ found }: { found: CustomerRow[] }) {
  return (
    <ListTable label={texts.table} columns={columns}>
      {found.map((row) => (
        <Row key={row.customerNumber}>
          <Cell label={texts.customerNumber}>
            <Link
              to={`/staff/customers/${row.customerNumber}`}
              aria-label={texts.open(row.customerNumber, row.company)}
              className="inline-flex min-h-8 items-center font-bold text-key-900 underline underline-offset-4"
            >
              {row.customerNumber}
            </Link>
          </Cell>
          <Cell label={texts.company}>{row.company}</Cell>
          <Cell label={texts.loginId}>
            <span className="break-all">{row.loginId}</span>
          </Cell>
          <Cell label={texts.members}>
            <span className="block">{texts.membersOf(row.active, row.members)}</span>
            <span className="flex flex-wrap gap-2">
              {row.active === 0 ? <Badge tone="warning">{texts.lockedOut}</Badge> : null}
              {row.neverMailed === 0 ? null : <Badge tone="info">{texts.neverMailed(row.neverMailed)}</Badge>}
              {row.mfaRequired ? <Badge tone="neutral">{texts.mfaRequired}</Badge> : null}
            </span>
          </Cell>
        </Row>
      ))}
    </ListTable>
  );
}
