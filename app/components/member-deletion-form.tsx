/** Deleting a 利用者: what it means, and the current password of whoever does it. */
import { deletionRefusals, memberDeletionTexts as texts } from '../texts/members.ts';
import { ErrorSummary } from './error-summary.tsx';
import { PasswordField } from './fields.tsx';
import { Button, ButtonLink, Callout, Card } from './page.tsx';
import { RefusalNotice } from './refusal-notice.tsx';
import { SiteForm } from './site-form.tsx';

interface MemberDeletionFormProps {
  invited: boolean;
  self: boolean;
  refusal: keyof typeof deletionRefusals | undefined;
}

export function MemberDeletionForm({ invited, self, refusal }: MemberDeletionFormProps) {
  const ofField = refusal === 'missing' || refusal === 'current-password-wrong';
  const errors = ofField ? [deletionRefusals[refusal]] : [];
  return (
    <>
      {refusal === undefined || ofField ? null : (
        <RefusalNotice title={texts.refused} lines={[deletionRefusals[refusal]]} />
      )}
      <ErrorSummary errors={errors.map((message) => ({ field: 'currentPassword', message }))} />
      <Card title={texts.consequences}>
        <ul className="list-disc space-y-2 ps-6 leading-175">
          {(invited ? texts.invited : texts.active).map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
        {self ? (
          <div className="mt-5">
            <Callout tone="warning">
              <p>{texts.self}</p>
            </Callout>
          </div>
        ) : null}
      </Card>
      <Card>
        <SiteForm className="space-y-6">
          <PasswordField
            label={texts.currentPassword}
            name="currentPassword"
            hint={texts.currentPasswordHint}
            errors={errors}
            required
            autoComplete="current-password"
          />
          <div className="flex flex-wrap gap-4">
            <Button variant="danger" className="w-full sm:w-auto sm:min-w-60">
              {texts.submit}
            </Button>
            <ButtonLink variant="secondary" to="/account/users" className="w-full sm:w-auto sm:min-w-60">
              {texts.back}
            </ButtonLink>
          </div>
        </SiteForm>
      </Card>
    </>
  );
}
