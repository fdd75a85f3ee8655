/** 「登録情報変更」: ユーザ名 and 多要素認証. */
import { registrationTexts as texts } from '../texts/account.ts';
import { userNameTexts } from '../texts/user-name.ts';
import type { FieldError } from './error-summary.tsx';
import { PasswordField, RadioGroup, TextField } from './fields.tsx';
import { Button, Callout, Card } from './page.tsx';
import { HiddenFields } from './hidden-fields.tsx';
import { SiteForm } from './site-form.tsx';

/** Ids of the fields, for the error summary. */
export const REGISTRATION_FIELDS = { userName: 'userName', currentPassword: 'registrationPassword' } as const;

interface RegistrationFormProps {
  /** What the fields begin with. */
  shown: { userName: string; mfa: boolean };
  /** Whether 多要素認証 is on: turning it off asks for the current password. */
  mfaIsOn: boolean;
  /** Asked of the whole account: there is nothing to choose. */
  mfaRequired: boolean;
  /** What is shown was typed before the session ended. */
  restored: boolean;
  errors: readonly FieldError[];
}

export function RegistrationForm({ shown, mfaIsOn, mfaRequired, restored, errors }: RegistrationFormProps) {
  const errorsOf = (id: string) => errors.filter(({ field }) => field === id).map(({ message }) => message);
  const { off, on } = texts.mfaChoices;
  return (
    <Card title={texts.title}>
      {restored ? (
        <div className="mb-6">
          <Callout tone="info" title={texts.restored} />
        </div>
      ) : null}
      <SiteForm action="/account?index" className="group/registration space-y-6">
        <TextField
          label={userNameTexts.label}
          name="userName"
          id={REGISTRATION_FIELDS.userName}
          hint={userNameTexts.hint}
          errors={errorsOf(REGISTRATION_FIELDS.userName)}
          defaultValue={shown.userName}
          required
          autoComplete="name"
        />
        {mfaRequired ? (
          <MfaRequired chosen={shown.mfa ? 'on' : 'off'} />
        ) : (
          <RadioGroup
            label={texts.mfa}
            name="mfa"
            hint={texts.mfaNote.map((line) => (
              <p key={line}>{line}</p>
            ))}
            options={[
              { value: 'off', label: off },
              { value: 'on', label: on },
            ]}
            defaultValue={shown.mfa ? 'on' : 'off'}
          />
        )}
        {mfaIsOn && !mfaRequired ? (
          // Asked for only while 「利用しない」 is chosen; by style sheet, so that it works without JavaScript.
          <div className="hidden group-has-[input[value=off]:checked]/registration:block">
            <PasswordField
              label={texts.currentPassword}
              name="currentPassword"
              id={REGISTRATION_FIELDS.currentPassword}
              hint={texts.currentPasswordHint}
              errors={errorsOf(REGISTRATION_FIELDS.currentPassword)}
              required
              autoComplete="current-password"
            />
          </div>
        ) : null}
        <Button name="intent" value="change-registration" className="w-full sm:w-auto sm:min-w-60">
          {texts.submit}
        </Button>
      </SiteForm>
    </Card>
  );
}

/** The member's own choice stays as it was, for when it counts again. */
function MfaRequired({ chosen }: { chosen: 'on' | 'off' }) {
  return (
    <div>
      <p className="font-bold">{texts.mfa}</p>
      <p className="mt-2">{texts.mfaRequired}</p>
      <p className="mt-1 text-sm leading-170 text-solid-gray-700">{texts.mfaRequiredNote}</p>
      <HiddenFields fields={[['mfa', chosen]]} />
    </div>
  );
}
