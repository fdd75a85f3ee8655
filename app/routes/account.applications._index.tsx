/** 「申込履歴」: what the account has applied for, filtered and sorted by the address. */
import type { LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { jstMinute } from '../../domain/jst.ts';
import { listApplications, type ApplicationQuery } from '../../db/stores/application-lists.ts';
import { requireMember } from '../auth/guards.server.ts';
import { HistoryEmpty } from '../components/history-empty.tsx';
import { HistoryFilters } from '../components/history-filters.tsx';
import { HistoryLegends } from '../components/history-legends.tsx';
import { HistoryTable } from '../components/history-table.tsx';
import { addressWith } from '../components/list-address.ts';
import { titled } from '../components/page-title.ts';
import { Callout, Page } from '../components/page.tsx';
import { Pager } from '../components/pager.tsx';
import { historySearch, readHistoryAddress } from '../forms/history-query.server.ts';
import { addressFields } from '../forms/posted.server.ts';
import { historyTexts } from '../texts/history.ts';

export async function loader({ context, request }: LoaderFunctionArgs) {
  const member = requireMember({ context, request });
  const { query, typed, ignored } = readHistoryAddress(addressFields(request));
  const { total, found, page, last } = await readPage(member.accountId, query);
  return {
    total,
    page,
    last,
    typed,
    ignored,
    sort: query.sort,
    direction: query.direction,
    search: historySearch(query),
    found: found.map(({ applicationNumber, kind, appliedAt, intake, orderNumber, confirmation }) => ({
      applicationNumber,
      kind,
      appliedAt: jstMinute(appliedAt),
      intake,
      orderNumber,
      confirmation,
    })),
  };
}

/** The page asked for, or the last one where there are fewer. */
async function readPage(accountId: string, query: ApplicationQuery) {
  const asked = await listApplications(accountId, query);
  const last = Math.max(1, Math.ceil(asked.total / query.pageSize));
  if (query.page <= last) return { ...asked, page: query.page, last };
  return { ...(await listApplications(accountId, { ...query, page: last })), page: last, last };
}

export const meta = titled(historyTexts.title);

export default function HistoryPage() {
  const { total, page, last, typed, ignored, sort, direction, search, found } = useLoaderData<typeof loader>();
  const filtered = Object.values(typed).some((value) => value !== '');
  return (
    <Page title={historyTexts.title} lead={historyTexts.lead} width="list">
      {ignored.length === 0 ? null : (
        <Callout tone="warning" title={historyTexts.ignoredTitle}>
          {ignored.map((filter) => (
            <p key={filter}>{historyTexts.ignored[filter]}</p>
          ))}
        </Callout>
      )}
      <HistoryFilters typed={typed} sort={sort} direction={direction} filtered={filtered} />
      <p className="text-lg font-bold">{historyTexts.total(total)}</p>
      {total === 0 ? (
        <HistoryEmpty filtered={filtered} />
      ) : (
        <HistoryTable
          found={found}
          sort={sort}
          direction={direction}
          hrefOf={(by, way) => addressWith(search, { sort: by, direction: way })}
        />
      )}
      <Pager page={page} last={last} hrefOf={(to) => addressWith(search, { page: String(to) })} />
      <HistoryLegends />
    </Page>
  );
}
