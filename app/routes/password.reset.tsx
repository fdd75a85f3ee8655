/** パスワードの再設定, behind a mailed link. Opening it changes nothing; whose password it is says the link alone (S17, S20). */
import { data, redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { readPasswordPage } from '../../db/stores/password-links.ts';
import { completeReset } from '../../db/stores/password-reset.ts';
import { jstMinute } from '../../domain/jst.ts';
import { keepDevice } from '../auth/device.server.ts';
import { deadLink, forgetMailedToken, mailedToken } from '../auth/mailed-link.server.ts';
import { DeadLinkPage } from '../components/dead-link.tsx';
import { ErrorSummary } from '../components/error-summary.tsx';
import { Facts } from '../components/facts.tsx';
import { newPasswordError, NewPasswordFields, type NewPasswordFault } from '../components/new-password-fields.tsx';
import { usePasswordProfile } from '../components/password-profile.ts';
import { titled } from '../components/page-title.ts';
import { Button, Card, Page } from '../components/page.tsx';
import { SiteForm } from '../components/site-form.tsx';
import { judgeNewPassword } from '../forms/new-password.server.ts';
import { postedFields } from '../forms/posted.server.ts';
import { resetTexts as texts } from '../texts/password-reset.ts';

const PURPOSE = 'password-reset';

export const meta = titled(texts.title);

export async function loader(asked: LoaderFunctionArgs) {
  const page = await readPasswordPage(PURPOSE, await mailedToken(asked, PURPOSE));
  if (!page.ok) return deadLink(page.reason);
  const { loginId, reference, expiresAt } = page.value;
  return { loginId, reference, expires: jstMinute(expiresAt) };
}

export async function action(asked: ActionFunctionArgs) {
  const token = await mailedToken(asked, PURPOSE);
  const page = await readPasswordPage(PURPOSE, token);
  if (!page.ok) return deadLink(page.reason);
  const judged = judgeNewPassword(await postedFields(asked.request), page.value);
  if (!judged.ok) return data({ faults: judged.faults }, { status: 422 });
  const outcome = await completeReset(token, judged.next, asked.context.visit);
  if (!outcome.ok) return deadLink(outcome.reason);
  const headers = new Headers({ 'Set-Cookie': await forgetMailedToken(PURPOSE) });
  headers.append('Set-Cookie', await keepDevice(asked.context.visit));
  return redirect('/password/reset/done', { headers });
}

export default function PasswordReset() {
  const page = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  if ('dead' in page) return <DeadLinkPage purpose={PURPOSE} dead={page.dead} />;
  if (answer !== undefined && 'dead' in answer) return <DeadLinkPage purpose={PURPOSE} dead={answer.dead} />;
  const facts = [
    { label: texts.loginId, value: page.loginId },
    { label: texts.reference, value: page.reference },
    { label: texts.expires, value: page.expires },
  ];
  return (
    <Page title={texts.title} lead={<p>{texts.lead}</p>}>
      <Facts facts={facts} />
      <Card>
        <ResetForm loginId={page.loginId} faults={answer?.faults ?? []} />
      </Card>
    </Page>
  );
}

function ResetForm({ loginId, faults }: { loginId: string; faults: readonly NewPasswordFault[] }) {
  const profile = usePasswordProfile();
  const errors = faults.map((fault) => newPasswordError(fault, profile));
  return (
    <>
      <ErrorSummary errors={errors} />
      <SiteForm className="space-y-6">
        <NewPasswordFields
          loginId={loginId}
          current={undefined}
          errorsOf={(field) => errors.filter((error) => error.field === field).map((error) => error.message)}
        />
        <Button className="w-full sm:w-auto sm:min-w-60">{texts.submit}</Button>
      </SiteForm>
    </>
  );
}
