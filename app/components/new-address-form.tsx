/** The form behind the link in the old mailbox: current password and new address. */
import { newAddressFaults, newAddressRefusals, newAddressTexts as texts } from '../texts/email-change.ts';
import { ErrorSummary } from './error-summary.tsx';
import { PasswordField, TextField } from './fields.tsx';
import { Button } from './page.tsx';
import { RefusalNotice } from './refusal-notice.tsx';
import { SiteForm } from './site-form.tsx';

type Field = 'currentPassword' | 'newAddress';

interface NewAddressFormProps {
  loginId: string;
  /** Typed before a session ended. */
  kept: string | undefined;
  /** The refused attempt, if this is the answer to one. `typed`: the new address. */
  refused:
    | {
        faults: readonly { field: Field; fault: 'required' | 'no-address' }[];
        refusal: keyof typeof newAddressRefusals | undefined;
        typed: string;
      }
    | undefined;
}

export function NewAddressForm({ loginId, kept, refused }: NewAddressFormProps) {
  const errors = wordedErrors(refused);
  const errorsOf = (field: Field) => errors.filter((error) => error.field === field).map((error) => error.message);
  const whole = refused?.refusal === undefined ? undefined : newAddressRefusals[refused.refusal];
  return (
    <>
      {whole?.field === null ? <RefusalNotice title={whole.message} lines={[]} /> : null}
      <ErrorSummary errors={errors} />
      <SiteForm className="space-y-6">
        {/* For password managers: whose password it is. */}
        <input type="text" name="username" autoComplete="username" value={loginId} readOnly hidden />
        <PasswordField
          label={texts.currentPassword}
          name="currentPassword"
          errors={errorsOf('currentPassword')}
          required
          autoComplete="current-password"
        />
        <TextField
          label={texts.newAddress}
          name="newAddress"
          // Not type=email: the browser would refuse full-width slips that we forgive.
          inputMode="email"
          defaultValue={refused?.typed ?? kept}
          errors={errorsOf('newAddress')}
          required
          autoComplete="email"
          autoCapitalize="none"
          spellCheck={false}
        />
        <Button className="w-full sm:w-auto sm:min-w-60">{texts.submit}</Button>
      </SiteForm>
    </>
  );
}

function wordedErrors(refused: NewAddressFormProps['refused']): { field: Field; message: string }[] {
  if (refused === undefined) return [];
  const worded = refused.faults.map(({ field, fault }) => ({ field, message: wordingOf(field, fault) }));
  const refusal = refused.refusal === undefined ? undefined : newAddressRefusals[refused.refusal];
  if (refusal !== undefined && refusal.field !== null) worded.push({ field: refusal.field, message: refusal.message });
  return worded;
}

const wordingOf = (field: Field, fault: 'required' | 'no-address'): string =>
  newAddressFaults[fault === 'required' ? field : fault];
