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
import { Button } from './page.tsx';
import { PasswordRules } from './password-rules.tsx';
import { RefusalNotice } from './refusal-notice.tsx';
import { SiteForm } from './site-form.tsx';

type Field = 'currentPassword' | 'newPassword' | 'newPasswordConfirmation';

interface PasswordChangeFormProps {
  loginId: string;
  faults: readonly { field: Field; fault: 'required' | 'not-repeated' | PasswordRule }[];
  refusal: keyof typeof passwordChangeRefusals | undefined;
}

/** Tells password managers the customer's policy, so that what they make up is accepted. */
const forPasswordManagers = {
  passwordrules: 'minlength: 8; maxlength: 12; required: upper; required: lower; required: digit; allowed: [-._=+];',
};

export function PasswordChangeForm({ loginId, faults, refusal }: PasswordChangeFormProps) {
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const errors = wordedErrors({ faults, refusal });
  const errorsOf = (field: Field) => errors.filter((error) => error.field === field).map((error) => error.message);
  return (
    <>
      {refusal === 'has-to-wait' ? <RefusalNotice title={passwordChangeRefusals[refusal]} lines={[]} /> : null}
      <ErrorSummary errors={errors} />
      <SiteForm className="space-y-6">
        <PasswordRules candidate={next} context={{ loginId, current: current === '' ? undefined : current }} />
        {/* For password managers: whose password it is. */}
        <input type="text" name="username" autoComplete="username" value={loginId} readOnly hidden />
        <PasswordField
          label={texts.current}
          name="currentPassword"
          errors={errorsOf('currentPassword')}
          required
          autoComplete="current-password"
          onChange={(event) => setCurrent(event.target.value)}
        />
        <PasswordField
          label={texts.next}
          name="newPassword"
          errors={errorsOf('newPassword')}
          required
          autoComplete="new-password"
          aria-details="password-rules"
          onChange={(event) => setNext(event.target.value)}
          {...forPasswordManagers}
        />
        <PasswordField
          label={texts.confirmation}
          name="newPasswordConfirmation"
          errors={errorsOf('newPasswordConfirmation')}
          required
          autoComplete="new-password"
          {...forPasswordManagers}
        />
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
