/** The form of パスワード変更, with its rules above. */
import { useState } from 'react';
import type { PasswordRule } from '../../domain/password-policy.ts';
import {
  brokenRuleTexts,
  passwordChangeRefusals,
  passwordFieldFaults,
  passwordTexts as texts,
} from '../texts/password.ts';
import { ErrorSummary } from './error-summary.tsx';
import { PasswordField } from './fields.tsx';
import { NewPasswordFields, type NewPasswordField } from './new-password-fields.tsx';
import { Button } from './page.tsx';
import { RefusalNotice } from './refusal-notice.tsx';
import { SiteForm } from './site-form.tsx';

type Field = 'currentPassword' | NewPasswordField;

interface PasswordChangeFormProps {
  loginId: string;
  faults: readonly { field: Field; fault: 'required' | 'not-repeated' | PasswordRule }[];
  refusal: keyof typeof passwordChangeRefusals | undefined;
}

export function PasswordChangeForm({ loginId, faults, refusal }: PasswordChangeFormProps) {
  const [current, setCurrent] = useState('');
  const errors = wordedErrors({ faults, refusal });
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

function wordedErrors({
  faults,
  refusal,
}: Pick<PasswordChangeFormProps, 'faults' | 'refusal'>): { field: Field; message: string }[] {
  const worded = faults.map(({ field, fault }) => ({ field, message: wordingOf(field, fault) }));
  if (refusal === 'current-password-wrong')
    worded.push({ field: 'currentPassword', message: passwordChangeRefusals[refusal] });
  return worded;
}

function wordingOf(field: Field, fault: PasswordChangeFormProps['faults'][number]['fault']): string {
  if (fault === 'required') return passwordFieldFaults[field];
  return fault === 'not-repeated' ? passwordFieldFaults[fault] : brokenRuleTexts[fault];
}
