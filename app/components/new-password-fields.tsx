/** A new password, typed twice, with the rules above it: on a change, a reset and a set-up alike. */
import { useState, type ReactNode } from 'react';
import type { Guessable } from '../../domain/guessable-passwords.ts';
import type { PasswordProfile, PasswordRule } from '../../domain/password-policy.ts';
import { brokenRuleText, guessableTexts, passwordFieldFaults, passwordTexts as texts } from '../texts/password.ts';
import { PasswordField } from './fields.tsx';
import { usePasswordProfile } from './password-profile.ts';
import { PasswordRules } from './password-rules.tsx';

export type NewPasswordField = 'newPassword' | 'newPasswordConfirmation';

/** What is wrong with one of the two; the newest judgement of a form answers them in the fields' order. */
export interface NewPasswordFault {
  field: NewPasswordField;
  fault: 'required' | 'not-repeated' | PasswordRule | Guessable;
}

/** A fault in words, for the field and the summary above the form. */
export function newPasswordError(
  { field, fault }: NewPasswordFault,
  profile: PasswordProfile,
): { field: NewPasswordField; message: string } {
  if (fault === 'required') return { field, message: passwordFieldFaults[field] };
  if (fault === 'not-repeated') return { field, message: passwordFieldFaults[fault] };
  if (fault === 'common' || fault === 'near-word') return { field, message: guessableTexts[fault] };
  return { field, message: brokenRuleText(fault, profile) };
}

interface NewPasswordFieldsProps {
  loginId: string;
  /** What is typed as the current password; undefined where none is asked for. */
  current: string | undefined;
  errorsOf: (field: NewPasswordField) => string[];
  /** Between the rules and the new password. */
  children?: ReactNode;
}

/** Tells password managers the policy, so that what they make up is accepted. */
const forPasswordManagers: Record<PasswordProfile, { passwordrules: string }> = {
  seed: {
    passwordrules: 'minlength: 8; maxlength: 12; required: upper; required: lower; required: digit; allowed: [-._=+];',
  },
  modern: { passwordrules: 'minlength: 8; maxlength: 64; allowed: ascii-printable;' },
};

export function NewPasswordFields({ loginId, current, errorsOf, children }: NewPasswordFieldsProps) {
  const profile = usePasswordProfile();
  const [next, setNext] = useState('');
  return (
    <>
      <PasswordRules
        candidate={next}
        context={{ loginId, current: current === '' ? undefined : current }}
        profile={profile}
      />
      {/* For password managers: whose password it is. */}
      <input type="text" name="username" autoComplete="username" value={loginId} readOnly hidden />
      {children}
      <PasswordField
        label={texts.next}
        name="newPassword"
        errors={errorsOf('newPassword')}
        required
        autoComplete="new-password"
        aria-details="password-rules"
        onChange={(event) => setNext(event.target.value)}
        {...forPasswordManagers[profile]}
      />
      <PasswordField
        label={texts.confirmation}
        name="newPasswordConfirmation"
        errors={errorsOf('newPasswordConfirmation')}
        required
        autoComplete="new-password"
        {...forPasswordManagers[profile]}
      />
    </>
  );
}
