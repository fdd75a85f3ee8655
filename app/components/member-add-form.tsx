/** 「利用者追加」. */
import { membersTexts as texts } from '../texts/members.ts';
import { ErrorSummary } from './error-summary.tsx';
import { TextField } from './fields.tsx';
import { Button, Callout, Card } from './page.tsx';
import { SiteForm } from './site-form.tsx';

interface MemberAddFormProps {
  /** How many an account may have. */
  most: number;
  full: boolean;
  /** As typed and what is wrong with it, after a refusal. */
  refused: { typed: string; error: string } | undefined;
}

export function MemberAddForm({ most, full, refused }: MemberAddFormProps) {
  const errors = refused === undefined ? [] : [refused.error];
  return (
    <Card title={texts.add}>
      <ErrorSummary errors={errors.map((message) => ({ field: 'address', message }))} />
      {full && refused === undefined ? (
        <Callout tone="info" title={texts.full(most)}>
          <p>{texts.fullNext}</p>
        </Callout>
      ) : (
        <SiteForm className="space-y-5">
          <TextField
            label={texts.address}
            name="address"
            hint={texts.addressHint}
            errors={errors}
            defaultValue={refused?.typed}
            required
            inputMode="email"
            autoComplete="off"
            autoCapitalize="off"
            spellCheck={false}
          />
          <Button name="intent" value="add" className="w-full sm:w-auto sm:min-w-60">
            {texts.addButton}
          </Button>
        </SiteForm>
      )}
    </Card>
  );
}
