/** パスワードをお忘れの方: asks for a mail with a link. What was typed is only written down here; its flow looks it up (S03). */
import { data, redirect, type ActionFunctionArgs } from '@remix-run/node';
import { useActionData } from '@remix-run/react';
import { askReset } from '../../db/stores/password-reset.ts';
import { ErrorSummary } from '../components/error-summary.tsx';
import { TextField } from '../components/fields.tsx';
import { titled } from '../components/page-title.ts';
import { Button, ButtonLink, Card, Page } from '../components/page.tsx';
import { SiteForm } from '../components/site-form.tsx';
import { judgeForgottenPassword, type ForgottenPasswordFault } from '../forms/forgotten-password.server.ts';
import { postedFields } from '../forms/posted.server.ts';
import { forgottenFaults, forgottenTexts as texts } from '../texts/password-reset.ts';
import { signInTexts } from '../texts/sign-in.ts';

export const meta = titled(texts.title);

export async function action({ context, request }: ActionFunctionArgs) {
  const judged = judgeForgottenPassword(await postedFields(request));
  if (!judged.ok) return data({ faults: judged.faults, typed: judged.typed }, { status: 422 });
  await askReset(judged, context.visit);
  return redirect('/password/forgot/asked');
}

export default function PasswordForgotten() {
  const refused = useActionData<typeof action>();
  const errors = (refused?.faults ?? []).map(worded);
  const errorsOf = (field: string) => errors.filter((error) => error.field === field).map((error) => error.message);
  return (
    <Page title={texts.title} lead={<p>{texts.lead}</p>}>
      <Card>
        <ErrorSummary errors={errors} />
        <SiteForm className="space-y-6">
          <TextField
            label={signInTexts.loginId}
            name="loginId"
            defaultValue={refused?.typed.loginId}
            errors={errorsOf('loginId')}
            required
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
          />
          <TextField
            label={signInTexts.address}
            name="address"
            // Not type=email: the browser would refuse full-width slips that we forgive.
            inputMode="email"
            defaultValue={refused?.typed.address}
            errors={errorsOf('address')}
            required
            autoComplete="email"
            autoCapitalize="none"
            spellCheck={false}
          />
          <Button className="w-full sm:w-auto sm:min-w-60">{texts.submit}</Button>
        </SiteForm>
      </Card>
      <ButtonLink to="/login" variant="text">
        {texts.back}
      </ButtonLink>
    </Page>
  );
}

const worded = ({ field, fault }: ForgottenPasswordFault) => ({ field, message: forgottenFaults[field][fault] });
