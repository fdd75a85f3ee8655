/** What staff can do to all members of all customers at once, and the first mails after an import. */
import { everyoneTexts as texts, neverMailedTexts } from '../texts/staff-customers.ts';
import { ActChoice } from './act-choice.tsx';
import { Checkbox } from './checkbox.tsx';
import type { FieldError } from './error-summary.tsx';
import { Button, Callout, Card } from './page.tsx';
import { SiteForm } from './site-form.tsx';

const ACTION = '/staff/customers?index';

/** Nothing where nobody waits for a first mail. */
export function NeverMailed({ count }: { count: number }) {
  if (count === 0) return null;
  return (
    <Callout tone="info" title={neverMailedTexts.title(count)}>
      <p>{neverMailedTexts.text}</p>
      <SiteForm action={ACTION}>
        <Button variant="secondary" name="intent" value="mail-never-mailed">
          {neverMailedTexts.submit}
        </Button>
      </SiteForm>
    </Callout>
  );
}

interface StaffEveryoneProps {
  /** As it was posted, after a refusal. */
  kept: { act: string | undefined; confirmed: boolean };
  errors: readonly FieldError[];
}

export function StaffEveryone({ kept, errors }: StaffEveryoneProps) {
  const errorsOf = (id: string) => errors.filter(({ field }) => field === id).map(({ message }) => message);
  return (
    <Card title={texts.title}>
      <p className="mb-6 leading-175">{texts.lead}</p>
      <SiteForm action={ACTION} className="space-y-6">
        <ActChoice label={texts.act} acts={texts.acts} chosen={kept.act} errors={errorsOf('act')} />
        <Checkbox name="confirm" label={texts.confirm} ticked={kept.confirmed} error={errorsOf('confirm')[0]} />
        <Button variant="danger" name="intent" value="act-on-everyone" className="w-full sm:w-auto sm:min-w-60">
          {texts.submit}
        </Button>
      </SiteForm>
    </Card>
  );
}
