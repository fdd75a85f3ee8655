/** The form behind the link of the 「パスワード設定依頼メール」. */
import type { UserNameFault } from '../../domain/user-name.ts';
import { setupTexts as texts } from '../texts/password-setup.ts';
import { userNameFaults, userNameTexts } from '../texts/user-name.ts';
import { ErrorSummary } from './error-summary.tsx';
import { TextField } from './fields.tsx';
import {
  newPasswordError,
  NewPasswordFields,
  type NewPasswordFault,
  type NewPasswordField,
} from './new-password-fields.tsx';
import { Button } from './page.tsx';
import { usePasswordProfile } from './password-profile.ts';
import { SiteForm } from './site-form.tsx';

type Field = 'userName' | NewPasswordField;

interface PasswordSetupFormProps {
  loginId: string;
  /** As typed, after a refusal. */
  userName: string | undefined;
  faults: readonly (NewPasswordFault | { field: 'userName'; fault: UserNameFault })[];
}

export function PasswordSetupForm({ loginId, userName, faults }: PasswordSetupFormProps) {
  const profile = usePasswordProfile();
  const errors: { field: Field; message: string }[] = faults.map((found) =>
    found.field === 'userName'
      ? { field: found.field, message: userNameFaults[found.fault] }
      : newPasswordError(found, profile),
  );
  const errorsOf = (field: Field) => errors.filter((error) => error.field === field).map((error) => error.message);
  return (
    <>
      <ErrorSummary errors={errors} />
      <SiteForm className="space-y-6">
        <TextField
          label={userNameTexts.label}
          name="userName"
          hint={userNameTexts.hint}
          errors={errorsOf('userName')}
          defaultValue={userName}
          required
          autoComplete="name"
        />
        <NewPasswordFields loginId={loginId} current={undefined} errorsOf={errorsOf} />
        <Button className="w-full sm:w-auto sm:min-w-60">{texts.submit}</Button>
      </SiteForm>
    </>
  );
}
