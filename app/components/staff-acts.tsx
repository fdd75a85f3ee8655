/** 手配済にする and 手配不可; while an act is on its way, who gave it. */
import { staffApplicationTexts as texts } from '../texts/staff-applications.ts';
import { ErrorSummary } from './error-summary.tsx';
import { TextAreaField } from './fields.tsx';
import { Button, Callout, Card } from './page.tsx';
import { Refreshing } from './refreshing.tsx';
import { SiteForm } from './site-form.tsx';

interface StaffActsProps {
  /** Whether staff can answer it now. */
  waiting: boolean;
  working: { act: 'arrange' | 'decline'; name: string; at: string } | undefined;
  /** The reason as typed and what is wrong with it, after a refusal. */
  refused: { reason: string; error?: string | undefined } | undefined;
}

export function StaffActs({ waiting, working, refused }: StaffActsProps) {
  if (!waiting) return <Card title={texts.actions}>{texts.notWaiting}</Card>;
  if (working !== undefined) {
    return (
      <Card title={texts.actions}>
        <Callout tone="info" title={texts.working}>
          <p>{texts.workingText(texts[working.act], working.name, working.at)}</p>
          <p>
            <a href="?refresh=1" className="inline-flex min-h-8 items-center font-bold underline underline-offset-4">
              {texts.reload}
            </a>
          </p>
        </Callout>
        {/* What was just refused stays to be read. */}
        {refused === undefined ? <Refreshing /> : null}
      </Card>
    );
  }
  const errors = refused?.error === undefined ? [] : [refused.error];
  return (
    <Card title={texts.actions}>
      <p className="mb-5">{texts.actionsLead}</p>
      <ErrorSummary errors={errors.map((message) => ({ field: 'reason', message }))} />
      <SiteForm>
        <Button name="verb" value="arrange">
          {texts.arrange}
        </Button>
      </SiteForm>
      <SiteForm className="mt-8 space-y-5 border-t border-solid-gray-300 pt-6">
        <h3 className="font-bold">{texts.declineTitle}</h3>
        <TextAreaField
          label={texts.reason}
          name="reason"
          hint={texts.reasonHint}
          defaultValue={refused?.reason}
          errors={errors}
          required
        />
        <Button variant="danger" name="verb" value="decline">
          {texts.decline}
        </Button>
      </SiteForm>
    </Card>
  );
}
