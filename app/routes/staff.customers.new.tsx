/** Staff: one customer is registered by hand, with or without a first 利用者. */
import { data, redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node';
import { useActionData } from '@remix-run/react';
import { createCustomer } from '../../db/stores/customer-data.ts';
import { requireAdministrator } from '../auth/guards.server.ts';
import { CustomerFields, messagesOf } from '../components/customer-fields.tsx';
import { ErrorSummary, type FieldError } from '../components/error-summary.tsx';
import { TextField } from '../components/fields.tsx';
import { titled } from '../components/page-title.ts';
import { Button, ButtonLink, Card, Page } from '../components/page.tsx';
import { RefusalNotice } from '../components/refusal-notice.tsx';
import { SiteForm } from '../components/site-form.tsx';
import { judgeNewCustomer, type TypedCustomer } from '../forms/customer-data.server.ts';
import { postedFields } from '../forms/posted.server.ts';
import { newCustomerTexts as texts } from '../texts/staff-customer-data.ts';

export function loader({ context, request }: LoaderFunctionArgs) {
  requireAdministrator({ context, request });
  return null;
}

interface Refused {
  typed: TypedCustomer;
  errors: FieldError[];
  /** Of the customer that has the ログインID. */
  taken: string | undefined;
  importRuns: boolean;
}

const refuse = (typed: TypedCustomer, why: Partial<Omit<Refused, 'typed'>>, status: 409 | 422 = 422) =>
  data<Refused>({ typed, errors: [], taken: undefined, importRuns: false, ...why }, { status });

export async function action({ context, request }: ActionFunctionArgs) {
  const staff = requireAdministrator({ context, request });
  const judged = judgeNewCustomer(await postedFields(request));
  const { typed } = judged;
  if (!judged.ok) return refuse(typed, { errors: judged.errors });
  const outcome = await createCustomer(staff, judged.customer, context.visit);
  if (outcome.ok) {
    const done = judged.customer.address === undefined ? 'created' : 'created-mailed';
    return redirect(`/staff/customers/${outcome.value.customerNumber}?done=${done}`, 303);
  }
  if (outcome.reason === 'import-runs') return refuse(typed, { importRuns: true }, 409);
  const { customerNumber } = outcome;
  return refuse(typed, {
    errors: [{ field: 'loginId', message: texts.taken(customerNumber) }],
    taken: customerNumber,
  });
}

export const meta = titled(texts.title);

const NOTHING_TYPED: TypedCustomer = {
  loginId: '',
  company: '',
  department: '',
  postalCode: '',
  address: '',
  telephone: '',
  fax: '',
  mailAddress: '',
};

export default function NewCustomerPage() {
  const refused = useActionData<typeof action>();
  const errors = refused?.errors ?? [];
  const typed = refused?.typed ?? NOTHING_TYPED;
  return (
    <Page title={texts.title} lead={<p>{texts.lead}</p>}>
      {refused?.importRuns === true ? <RefusalNotice title={texts.refused} lines={[texts.importRuns]} /> : null}
      <ErrorSummary errors={errors} />
      {refused?.taken === undefined ? null : (
        <p>
          <ButtonLink variant="secondary" to={`/staff/customers/${refused.taken}`}>
            {texts.openTaken(refused.taken)}
          </ButtonLink>
        </p>
      )}
      <SiteForm className="space-y-8">
        <Card title={texts.customer}>
          <div className="space-y-6">
            <TextField
              label={texts.loginId}
              name="loginId"
              hint={texts.loginIdHint}
              defaultValue={typed.loginId}
              errors={messagesOf(errors, 'loginId')}
              required
              autoCapitalize="none"
              autoComplete="off"
              spellCheck={false}
            />
            <CustomerFields values={typed} errors={errors} />
          </div>
        </Card>
        <Card title={texts.member}>
          <p className="mb-6 leading-175">{texts.memberLead}</p>
          <TextField
            label={texts.mailAddress}
            name="mailAddress"
            defaultValue={typed.mailAddress}
            errors={messagesOf(errors, 'mailAddress')}
            inputMode="email"
            autoComplete="off"
          />
        </Card>
        <Button className="w-full sm:w-auto sm:min-w-60">{texts.submit}</Button>
      </SiteForm>
      <ButtonLink variant="secondary" to="/staff/customers">
        {texts.back}
      </ButtonLink>
    </Page>
  );
}
