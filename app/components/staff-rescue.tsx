/** For an account into which nobody gets: staff add an address. And 多要素認証 for a whole account. */
import { forcedMfaTexts, rescueTexts as texts } from '../texts/staff-customers.ts';
import { Checkbox } from './checkbox.tsx';
import type { FieldError } from './error-summary.tsx';
import { TextField } from './fields.tsx';
import { Button, Card } from './page.tsx';
import { SiteForm } from './site-form.tsx';

export const RESCUE_FIELDS = { address: 'address', identified: 'rescueIdentified' } as const;

interface StaffRescueProps {
  typed: { address: string; identified: boolean };
  /** Undefined while there is room. */
  fullAt: number | undefined;
  errors: readonly FieldError[];
}

export function StaffRescue({ typed, fullAt, errors }: StaffRescueProps) {
  const errorsOf = (id: string) => errors.filter(({ field }) => field === id).map(({ message }) => message);
  if (fullAt !== undefined) return <Card title={texts.title}>{texts.full(fullAt)}</Card>;
  return (
    <Card title={texts.title}>
      <p className="mb-6 leading-175">{texts.lead}</p>
      <SiteForm className="space-y-6">
        <TextField
          label={texts.address}
          name="address"
          id={RESCUE_FIELDS.address}
          defaultValue={typed.address}
          errors={errorsOf(RESCUE_FIELDS.address)}
          required
          inputMode="email"
          autoComplete="off"
        />
        <Checkbox
          name="identified"
          id={RESCUE_FIELDS.identified}
          label={texts.identified}
          ticked={typed.identified}
          error={errorsOf(RESCUE_FIELDS.identified)[0]}
        />
        <Button variant="secondary" name="intent" value="add-member" className="w-full sm:w-auto sm:min-w-60">
          {texts.submit}
        </Button>
      </SiteForm>
    </Card>
  );
}

export function ForcedMfa({ required }: { required: boolean }) {
  return (
    <Card title={forcedMfaTexts.title}>
      <p className="mb-6 leading-175">{required ? forcedMfaTexts.on : forcedMfaTexts.off}</p>
      <SiteForm>
        <Button variant="secondary" name="intent" value={required ? 'release-mfa' : 'require-mfa'}>
          {required ? forcedMfaTexts.release : forcedMfaTexts.require}
        </Button>
      </SiteForm>
    </Card>
  );
}
