/** Staff: the data of one customer is changed. Whoever was slower sees what changed meanwhile before anything is overwritten. */
import { data, redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { changeCustomer } from '../../db/stores/customer-data.ts';
import { accountFields, type AccountData } from '../../domain/account-data.ts';
import { requireAdministrator } from '../auth/guards.server.ts';
import { CustomerConflict } from '../components/customer-conflict.tsx';
import { CustomerFields, SEEN_PREFIX } from '../components/customer-fields.tsx';
import { ErrorSummary, type FieldError } from '../components/error-summary.tsx';
import { Facts } from '../components/facts.tsx';
import { HiddenFields } from '../components/hidden-fields.tsx';
import { titled } from '../components/page-title.ts';
import { Button, ButtonLink, Card, Page } from '../components/page.tsx';
import { RefusalNotice } from '../components/refusal-notice.tsx';
import { SiteForm } from '../components/site-form.tsx';
import { judgeCustomerChange, mergeChange, type Conflict } from '../forms/customer-data.server.ts';
import { customerOf } from '../forms/customer-page.server.ts';
import { postedFields } from '../forms/posted.server.ts';
import { customerEditTexts as texts } from '../texts/staff-customer-data.ts';
import { customersTexts } from '../texts/staff-customers.ts';

export async function loader({ context, request, params }: LoaderFunctionArgs) {
  requireAdministrator({ context, request });
  const customer = await customerOf(params['customerNumber']);
  const { customerNumber, loginId, company, department, postalCode, address, telephone, fax } = customer;
  return { customerNumber, loginId, stored: { company, department, postalCode, address, telephone, fax } };
}

interface Refused {
  shown: AccountData;
  /** What the page shows as the state of things: compared when the button is pressed. */
  seen: AccountData;
  errors: FieldError[];
  conflicts: Conflict[];
}

export async function action({ context, request, params }: ActionFunctionArgs) {
  const staff = requireAdministrator({ context, request });
  const customer = await customerOf(params['customerNumber']);
  const judged = judgeCustomerChange(await postedFields(request));
  const { typed, seen } = judged;
  if (!judged.ok) return data<Refused>({ shown: typed, seen, errors: judged.errors, conflicts: [] }, { status: 422 });
  const outcome = await changeCustomer(staff, customer, judged, context.visit);
  if (outcome.ok) {
    const done = outcome.value.changed ? 'edited' : 'unchanged';
    return redirect(`/staff/customers/${customer.customerNumber}?done=${done}`, 303);
  }
  const { conflicts, merged } = mergeChange(seen, judged.wanted, outcome.current);
  return data<Refused>({ shown: merged, seen: outcome.current, errors: [], conflicts }, { status: 409 });
}

export const meta = titled(texts.title);

export default function CustomerEditPage() {
  const { customerNumber, loginId, stored } = useLoaderData<typeof loader>();
  const refused = useActionData<typeof action>();
  const { shown, seen, errors, conflicts } = refused ?? { shown: stored, seen: stored, errors: [], conflicts: [] };
  return (
    <Page title={texts.title} lead={<p>{texts.lead}</p>}>
      {conflicts.length === 0 ? null : (
        <>
          <RefusalNotice title={texts.conflict} lines={texts.conflictLines} />
          <CustomerConflict conflicts={conflicts} />
        </>
      )}
      <ErrorSummary errors={errors} />
      <Card>
        <Facts
          facts={[
            { label: customersTexts.customerNumber, value: customerNumber },
            { label: customersTexts.loginId, value: <span className="break-all">{loginId}</span> },
          ]}
        />
      </Card>
      <Card title={texts.customer}>
        <SiteForm className="space-y-6">
          <HiddenFields fields={accountFields.map((field) => [`${SEEN_PREFIX}${field}`, seen[field]])} />
          <CustomerFields values={shown} errors={errors} />
          <Button className="w-full sm:w-auto sm:min-w-60">{texts.submit}</Button>
        </SiteForm>
      </Card>
      <ButtonLink variant="secondary" to={`/staff/customers/${customerNumber}`}>
        {texts.back}
      </ButtonLink>
    </Page>
  );
}
