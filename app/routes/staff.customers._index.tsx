/** Staff: the customers, searched and listed; what is done for all of them. */
import { data, redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { endEverySession, requireEveryPasswordChange } from '../../db/stores/customer-acts.ts';
import { mailNeverMailed } from '../../db/stores/customer-rescue.ts';
import { countNeverMailed, customerFilters, listCustomers } from '../../db/stores/customers.ts';
import { requireAdministrator } from '../auth/guards.server.ts';
import { ErrorSummary, type FieldError } from '../components/error-summary.tsx';
import { addressWith } from '../components/list-address.ts';
import { titled } from '../components/page-title.ts';
import { ButtonLink, Callout, Card, Page } from '../components/page.tsx';
import { Pager } from '../components/pager.tsx';
import { StaffCustomerList } from '../components/staff-customer-list.tsx';
import { StaffCustomersSearch } from '../components/staff-customers-search.tsx';
import { NeverMailed, StaffEveryone } from '../components/staff-everyone.tsx';
import { countIn } from '../forms/customer-page.server.ts';
import { readCustomersAct } from '../forms/customers-act.server.ts';
import { readPageNumber } from '../forms/page-number.server.ts';
import { addressFields, postedFields } from '../forms/posted.server.ts';
import { customersNotices, customersTexts as texts, everyoneTexts } from '../texts/staff-customers.ts';

const PAGE = '/staff/customers';
const PAGE_SIZE = 20;

export async function loader({ context, request }: LoaderFunctionArgs) {
  requireAdministrator({ context, request });
  const address = addressFields(request);
  const typed = (address.get('q') ?? '').slice(0, 100);
  const filter = customerFilters.find((known) => known === address.get('filter')) ?? 'all';
  const asked = readPageNumber(address);
  const first = await listCustomers({ typed, filter, page: asked }, PAGE_SIZE);
  // Beyond the last page the first one is shown.
  const page = first.found.length === 0 ? 1 : asked;
  const { total, found } = page === asked ? first : await listCustomers({ typed, filter, page }, PAGE_SIZE);
  return {
    typed,
    filter,
    page,
    total,
    found,
    last: Math.max(1, Math.ceil(total / PAGE_SIZE)),
    search: new URLSearchParams({ q: typed, filter }).toString(),
    neverMailed: await countNeverMailed(),
    done: doneOf(address),
  };
}

function doneOf(address: ReadonlyMap<string, string>): { title: string; text: string } | undefined {
  const word = address.get('done');
  if (word === undefined || !Object.hasOwn(customersNotices, word)) return undefined;
  return customersNotices[word as keyof typeof customersNotices](countIn(address, 'count'), countIn(address, 'left'));
}

export async function action({ context, request }: ActionFunctionArgs) {
  const staff = requireAdministrator({ context, request });
  const asked = readCustomersAct(await postedFields(request));
  if (asked.intent === 'mail-never-mailed') {
    const { mailed, left } = await mailNeverMailed(staff, context.visit);
    return goOn('mailed', mailed, left);
  }
  const { act, confirmed } = asked;
  const errors: FieldError[] = [];
  if (act === undefined) errors.push({ field: 'act', message: everyoneTexts.actMissing });
  if (!confirmed) errors.push({ field: 'confirm', message: everyoneTexts.confirmMissing });
  if (errors.length > 0 || act === undefined) return data({ errors, kept: { act, confirmed } }, 422);
  const perform = { 'end-every-session': endEverySession, 'require-every-password-change': requireEveryPasswordChange };
  return goOn(act, await perform[act](staff, context.visit));
}

const goOn = (done: keyof typeof customersNotices, count: number, left = 0) =>
  redirect(`${PAGE}?${new URLSearchParams({ done, count: String(count), left: String(left) }).toString()}`, 303);

export const meta = titled(texts.title);

export default function StaffCustomersPage() {
  const { typed, filter, page, total, found, last, search, neverMailed, done } = useLoaderData<typeof loader>();
  const refused = useActionData<typeof action>();
  const searched = typed !== '' || filter !== 'all';
  return (
    <Page title={texts.title} lead={texts.lead} width="list">
      <ErrorSummary errors={refused?.errors ?? []} />
      {done === undefined || refused !== undefined ? null : (
        <Callout tone="success" title={done.title}>
          <p>{done.text}</p>
        </Callout>
      )}
      <NeverMailed count={neverMailed} />
      <StaffCustomersSearch typed={typed} filter={filter} />
      <div className="flex flex-wrap items-center justify-between gap-4">
        <p className="text-lg font-bold">{texts.total(total)}</p>
        <div className="flex flex-wrap gap-4">
          <ButtonLink variant="secondary" to={`${PAGE}/new`}>
            {texts.create}
          </ButtonLink>
          <ButtonLink variant="secondary" to={`${PAGE}/import`}>
            {texts.import}
          </ButtonLink>
        </div>
      </div>
      {total === 0 ? <Card>{searched ? texts.nothingFound : texts.empty}</Card> : <StaffCustomerList found={found} />}
      <Pager page={page} last={last} hrefOf={(to) => addressWith(search, { page: String(to) })} />
      <StaffEveryone kept={refused?.kept ?? { act: undefined, confirmed: false }} errors={refused?.errors ?? []} />
    </Page>
  );
}
