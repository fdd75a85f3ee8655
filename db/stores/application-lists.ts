/** 申込履歴 and the staff's queue. */
import type { ApplicationKind } from '../../domain/application/kinds.ts';
import type { Confirmation } from '../../domain/flows/application.ts';
import { firstRow, rows } from '../raw.ts';
import { SUMMARY, type ApplicationSummary } from './applications.ts';

export const applicationSorts = ['applied', 'kind', 'intake', 'order-number', 'confirmation'] as const;
export type ApplicationSort = (typeof applicationSorts)[number];

export interface ApplicationQuery {
  kind?: ApplicationKind | undefined;
  /** `none`: 確認結果 is still empty. */
  confirmation?: Confirmation | 'none' | undefined;
  /** 抽出期間, JST calendar dates; both ends count. */
  from?: string | undefined;
  to?: string | undefined;
  /** Part of a 注文番号. */
  orderNumber?: string | undefined;
  sort: ApplicationSort;
  direction: 'up' | 'down';
  /** From 1. */
  page: number;
  pageSize: number;
}

/** Sorting is a choice from these maps, never a typed name (S41). Kinds in the order of the document's 申込内容. */
const SORT_COLUMNS: Record<Exclude<ApplicationSort, 'applied'>, string> = {
  kind: `array_position(array['quote','order','quote-and-order','order-correction','equipment-exchange','cancellation'], application.kind)`,
  intake: `array_position(array['received','accepted','failed'], application.intake)`,
  'order-number': 'application.order_number',
  confirmation: `array_position(array['arranged','unable'], application.confirmation)`,
};

const WAYS = { up: 'asc', down: 'desc' };

/** By 申込日時 exactly as the index applications_history runs, one way or the other: then a page is read off it without a sort. */
function orderBy({ sort, direction }: ApplicationQuery): string {
  const way = WAYS[direction];
  if (sort === 'applied') return ['application.applied_at', way, ', application.id', way].join(' ');
  return [SORT_COLUMNS[sort], way, 'nulls last, application.applied_at desc, application.id desc'].join(' ');
}

/** Of columns that are in the index applications_history, as are those of the sorts: no row is fetched to be judged. */
const FILTER = `application.account_id = $account
  and ($kind::text is null or application.kind = $kind)
  and ($confirmation::text is null or coalesce(application.confirmation, 'none') = $confirmation)
  and ($from::date is null or application.applied_at >= ($from::date)::timestamp at time zone 'Asia/Tokyo')
  and ($to::date is null or application.applied_at < ($to::date + 1)::timestamp at time zone 'Asia/Tokyo')
  and ($orderNumber::text is null or application.order_number like '%' || $orderNumber || '%')`;

/** A page of an account's applications and how many there are in all; blanks last whichever way it is sorted. */
export async function listApplications(
  accountId: string,
  query: ApplicationQuery,
): Promise<{ total: number; found: ApplicationSummary[] }> {
  const bind = {
    account: accountId,
    kind: query.kind ?? null,
    confirmation: query.confirmation ?? null,
    from: query.from ?? null,
    to: query.to ?? null,
    orderNumber: query.orderNumber?.replaceAll(/[\\%_]/g, String.raw`\$&`) ?? null,
  };
  const counted = await firstRow<{ total: number }>(
    ['select count(*)::int as total from applications application where', FILTER].join(' '),
    bind,
  );
  const order = orderBy(query);
  const found = await rows<ApplicationSummary>(
    [
      'with page as (select application.id from applications application where',
      FILTER,
      'order by',
      order,
      'limit $limit offset $offset) select',
      SUMMARY,
      'from page join applications application on application.id = page.id order by',
      order,
    ].join(' '),
    { ...bind, limit: query.pageSize, offset: (query.page - 1) * query.pageSize },
  );
  return { total: counted?.total ?? 0, found };
}

export interface WaitingApplication extends ApplicationSummary {
  customerNumber: string;
  company: string;
  /** A colleague's act on it is on its way (処理中). */
  commandOpen: boolean;
}

/** What waits for staff, oldest first. */
export async function listWaitingApplications(
  page: number,
  pageSize: number,
): Promise<{ total: number; found: WaitingApplication[] }> {
  const counted = await firstRow<{ total: number }>(
    `select count(*)::int as total from applications where intake = 'accepted' and confirmation is null`,
  );
  const found = await rows<WaitingApplication>(
    [
      'select',
      SUMMARY,
      `, account.customer_number as "customerNumber", account.company,
       exists (select from commands command where command.application_id = application.id and command.state = 'open') as "commandOpen"
       from applications application join accounts account on account.id = application.account_id
       where application.intake = 'accepted' and application.confirmation is null
       order by application.applied_at, application.id limit $1 offset $2`,
    ].join(' '),
    [pageSize, (page - 1) * pageSize],
  );
  return { total: counted?.total ?? 0, found };
}
