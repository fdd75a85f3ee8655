/** The form of both sign-ins; staff have no ログインID. */
import { signInRefusals, signInRequired, signInTexts } from '../texts/sign-in.ts';
import { ErrorSummary } from './error-summary.tsx';
import { PasswordField, TextField } from './fields.tsx';
import { Button } from './page.tsx';
import { RefusalNotice } from './refusal-notice.tsx';
import { SiteForm } from './site-form.tsx';

type Field = keyof typeof signInRequired;

interface SignInFormProps {
  withLoginId: boolean;
  /** The refused attempt, if this is the answer to one. */
  refused:
    | {
        missing: Field[];
        refusal: { reason: keyof typeof signInRefusals; until: string } | undefined;
        typed: { loginId: string; address: string };
      }
    | undefined;
}

export function SignInForm({ withLoginId, refused }: SignInFormProps) {
  const missing = refused?.missing ?? [];
  const errorsOf = (field: Field) => (missing.includes(field) ? [signInRequired[field]] : undefined);
  const refusal = refused?.refusal;
  return (
    <>
      {refusal === undefined ? null : (
        <RefusalNotice title={signInTexts.refusedTitle} lines={signInRefusals[refusal.reason](refusal.until)} />
      )}
      <ErrorSummary errors={missing.map((field) => ({ field, message: signInRequired[field] }))} />
      <SiteForm className="space-y-6">
        {withLoginId ? (
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
        ) : null}
        <TextField
          label={signInTexts.address}
          name="address"
          // Not type=email: the browser would refuse full-width slips that we forgive.
          inputMode="email"
          defaultValue={refused?.typed.address}
          errors={errorsOf('address')}
          required
          autoComplete={withLoginId ? 'email' : 'username'}
          autoCapitalize="none"
          spellCheck={false}
        />
        <PasswordField
          label={signInTexts.password}
          name="password"
          errors={errorsOf('password')}
          required
          autoComplete="current-password"
        />
        <Button className="w-full sm:w-auto sm:min-w-60">{signInTexts.submit}</Button>
      </SiteForm>
    </>
  );
}
