/** The form of パスワード変更, with its rules above. */
import { useState } from 'react';
import type { PasswordProfile } from '../../domain/password-policy.ts';
import { passwordChangeRefusals, passwordFieldFaults, passwordTexts as texts } from '../texts/password.ts';
import { ErrorSummary } from './error-summary.tsx';
import { PasswordField } from './fields.tsx';
import {
  newPasswordError,
  NewPasswordFields,
  type NewPasswordFault,
  type NewPasswordField,
} from './new-password-fields.tsx';
import { Button } from './page.tsx';
import { usePasswordProfile } from './password-profile.ts';
import { RefusalNotice } from './refusal-notice.tsx';
import { SiteForm } from './site-form.tsx';

type Field = 'currentPassword' | NewPasswordField;

interface PasswordChangeFormProps {
  loginId: string;
  faults: readonly (NewPasswordFault | { field: 'currentPassword'; fault: 'required' })[];
  refusal: keyof typeof passwordChangeRefusals | undefined;
}

export function PasswordChangeForm({ loginId, faults, refusal }: PasswordChangeFormProps) {
  const [current, setCurrent] = useState('');
  const errors = wordedErrors({ faults, refusal }, usePasswordProfile());
  const errorsOf = (field: Field) => errors.filter((error) => error.field === field).map((error) => error.message);
  return (
    <>
      {refusal === 'has-to-wait' ? <RefusalNotice title={passwordChangeRefusals[refusal]} lines={[]} /> : null}
      <ErrorSummary errors={errors} />
      <SiteForm className="space-y-6">
        <NewPasswordFields loginId={loginId} current={current} errorsOf={errorsOf}>
          <PasswordField
            label={texts.current}
            name="currentPassword"
            errors={errorsOf('currentPassword')}
            required
            autoComplete="current-password"
            onChange={(event) => setCurrent(event.target.value)}
          />
        </NewPasswordFields>
        <Button className="w-full sm:w-auto sm:min-w-60">{texts.submit}</Button>
      </SiteForm>
    </>
  );
}

function wordedErrors(
  { faults, refusal }: Pick<PasswordChangeFormProps, 'faults' | 'refusal'>,
  profile: PasswordProfile,
): { field: Field; message: string }[] {
  const worded: { field: Field; message: string }[] = faults.map((found) =>
    found.field === 'currentPassword'
      ? { field: found.field, message: passwordFieldFaults.currentPassword }
      : newPasswordError(found, profile),
  );
  if (refusal === 'current-password-wrong')
    worded.push({ field: 'currentPassword', message: passwordChangeRefusals[refusal] });
  return worded;
}
