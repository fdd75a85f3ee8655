/** 「お客様情報設定」: password, user name, 多要素認証, address; where one is signed in; what is under way. */
import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { readRegistration } from '../../db/stores/registration.ts';
import { requireMember } from '../auth/guards.server.ts';
import { EmailChangeRequest } from '../components/email-change-request.tsx';
import { ErrorSummary } from '../components/error-summary.tsx';
import { OwnProcedures } from '../components/own-procedures.tsx';
import { OwnSessions } from '../components/own-sessions.tsx';
import { titled } from '../components/page-title.ts';
import { ButtonLink, Callout, Card, Page } from '../components/page.tsx';
import { RefusalNotice } from '../components/refusal-notice.tsx';
import { RegistrationForm } from '../components/registration-form.tsx';
import { readAccountAct } from '../forms/account-act.server.ts';
import {
  answerCancelMfa,
  answerEmailChange,
  answerEndSessions,
  answerRegistration,
  answerReset,
} from '../forms/account-answers.server.ts';
import { keptRegistration, shownProcedures, shownSessions } from '../forms/account-page.server.ts';
import { addressFields, postedFields } from '../forms/posted.server.ts';
import { accountNotices, accountSettingsTexts as texts, passwordCardTexts } from '../texts/account.ts';

const isNotice = (word: string | undefined): word is keyof typeof accountNotices =>
  word !== undefined && Object.hasOwn(accountNotices, word);

export async function loader({ context, request }: LoaderFunctionArgs) {
  const member = requireMember({ context, request });
  const done = addressFields(request).get('done');
  const kept = await keptRegistration(member.memberId, new URL(request.url).pathname);
  return {
    registration: await readRegistration(member.memberId),
    kept,
    address: member.address,
    sessions: await shownSessions(member),
    procedures: await shownProcedures(member),
    done: isNotice(done) ? done : undefined,
  };
}

export async function action({ context, request }: ActionFunctionArgs) {
  const member = requireMember({ context, request });
  const asked = readAccountAct(await postedFields(request));
  switch (asked.act) {
    case 'change-registration':
      return answerRegistration(member, asked, context.visit);
    case 'end-sessions':
      return answerEndSessions(member, asked, context.visit);
    case 'mail-reset-again':
    case 'cancel-reset':
      return answerReset(member, asked, context.visit);
    case 'cancel-mfa':
      return answerCancelMfa(member, context.visit);
    case 'request-email-change':
    case 'mail-email-change-again':
    case 'cancel-email-change':
      return answerEmailChange(member, asked, context.visit);
  }
}

export const meta = titled(texts.title);

export default function AccountSettings() {
  const { registration, kept, address, sessions, procedures, done } = useLoaderData<typeof loader>();
  const refused = useActionData<typeof action>();
  const errors = refused?.errors ?? [];
  return (
    <Page title={texts.title}>
      {refused === undefined || refused.notice.length === 0 ? null : (
        <RefusalNotice title={texts.refused} lines={refused.notice} />
      )}
      <ErrorSummary errors={errors} />
      {done === undefined || refused !== undefined ? null : (
        <Callout
          tone={done === 'unchanged' || done === 'not-open' ? 'info' : 'success'}
          title={accountNotices[done].title}
        >
          <p>{accountNotices[done].text}</p>
        </Callout>
      )}
      <Card title={passwordCardTexts.title}>
        <p className="mb-5">{passwordCardTexts.lead}</p>
        <ButtonLink variant="secondary" to="/password/change?returnTo=%2Faccount">
          {passwordCardTexts.button}
        </ButtonLink>
      </Card>
      <RegistrationForm
        shown={refused?.typed ?? kept ?? registration}
        mfaIsOn={registration.mfa}
        mfaRequired={registration.mfaRequired}
        restored={kept !== undefined && refused === undefined}
        errors={errors}
      />
      <EmailChangeRequest address={address} refusedUntil={refused?.emailChangeAgainAt} />
      <OwnSessions sessions={sessions} errors={errors} />
      <OwnProcedures procedures={procedures} />
    </Page>
  );
}
