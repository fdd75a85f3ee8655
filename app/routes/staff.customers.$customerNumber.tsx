/** Staff: one customer with its members; what can be done for them. */
import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { hasRoom } from '../../db/stores/customers.ts';
import { accountFields } from '../../domain/account-data.ts';
import { documentLimits } from '../../runtime/limits.ts';
import { requireAdministrator } from '../auth/guards.server.ts';
import { ErrorSummary } from '../components/error-summary.tsx';
import { Facts } from '../components/facts.tsx';
import { titled } from '../components/page-title.ts';
import { ButtonLink, Callout, Card, Page } from '../components/page.tsx';
import { RefusalNotice } from '../components/refusal-notice.tsx';
import { StaffCustomerMembers } from '../components/staff-customer-members.tsx';
import { ForcedMfa, StaffRescue } from '../components/staff-rescue.tsx';
import { readCustomerAct } from '../forms/customer-act.server.ts';
import { answerMemberAct, answerMfa, answerRescue } from '../forms/customer-answers.server.ts';
import { customerOf, doneOn, shownMembers, type CustomerDone } from '../forms/customer-page.server.ts';
import { addressFields, postedFields } from '../forms/posted.server.ts';
import { accountLabels } from '../texts/staff-customer-data.ts';
import { actedText, customersTexts, customerNotices, customerTexts as texts } from '../texts/staff-customers.ts';

export async function loader({ context, request, params }: LoaderFunctionArgs) {
  requireAdministrator({ context, request });
  const customer = await customerOf(params['customerNumber']);
  const members = await shownMembers(customer);
  const { customerNumber, loginId, company, department, postalCode, address, telephone, fax } = customer;
  return {
    facts: { customerNumber, loginId, company, department, postalCode, address, telephone, fax },
    mfaRequired: customer.mfaRequired,
    members,
    lockedOut: !members.some(({ state }) => state === 'active'),
    fullAt: hasRoom(members) ? undefined : documentLimits.membersPerAccount,
    done: doneOn(addressFields(request)),
  };
}

export async function action({ context, request, params }: ActionFunctionArgs) {
  const staff = requireAdministrator({ context, request });
  const customer = await customerOf(params['customerNumber']);
  const asked = readCustomerAct(await postedFields(request));
  switch (asked.intent) {
    case 'act-on-members':
      return answerMemberAct(staff, customer, asked, context.visit);
    case 'add-member':
      return answerRescue(staff, customer, asked, context.visit);
    case 'require-mfa':
    case 'release-mfa':
      return answerMfa(staff, customer, asked, context.visit);
  }
}

export const meta = titled(texts.title);

const NOTHING_CHOSEN = { members: [], act: undefined, identified: false };
const NOTHING_TYPED = { address: '', identified: false };

export default function StaffCustomerPage() {
  const { facts, mfaRequired, members, lockedOut, fullAt, done } = useLoaderData<typeof loader>();
  const refused = useActionData<typeof action>();
  const errors = refused?.errors ?? [];
  return (
    <Page title={texts.title}>
      {refused === undefined || refused.notice.length === 0 ? null : (
        <RefusalNotice title={texts.refused} lines={refused.notice} />
      )}
      <ErrorSummary errors={errors} />
      {done === undefined || refused !== undefined ? null : <Done done={done} />}
      <Card>
        <Facts
          facts={[
            { label: customersTexts.customerNumber, value: facts.customerNumber },
            { label: customersTexts.loginId, value: <span className="break-all">{facts.loginId}</span> },
            ...accountFields.map((field) => ({ label: accountLabels[field], value: facts[field] || texts.none })),
          ]}
        />
        <ButtonLink variant="secondary" to={`/staff/customers/${facts.customerNumber}/edit`} className="mt-6">
          {texts.edit}
        </ButtonLink>
      </Card>
      {lockedOut ? (
        <Callout tone="warning" title={texts.lockedOut}>
          <p>{texts.lockedOutText}</p>
        </Callout>
      ) : null}
      <StaffCustomerMembers members={members} kept={refused?.kept ?? NOTHING_CHOSEN} errors={errors} />
      <StaffRescue typed={refused?.typed ?? NOTHING_TYPED} fullAt={fullAt} errors={errors} />
      <ForcedMfa required={mfaRequired} />
      <ButtonLink variant="secondary" to="/staff/customers">
        {texts.back}
      </ButtonLink>
    </Page>
  );
}

function Done({ done }: { done: CustomerDone }) {
  const { title, text } = 'notice' in done ? customerNotices[done.notice] : actedText(done);
  return (
    <Callout tone="success" title={title}>
      <p>{text}</p>
    </Callout>
  );
}
