/** お客様情報 as staff type it, when they register a customer and when they change one. */
import { accountFields, type AccountData, type AccountField } from '../../domain/account-data.ts';
import { accountHints, accountLabels } from '../texts/staff-customer-data.ts';
import type { FieldError } from './error-summary.tsx';
import { TextField } from './fields.tsx';

/** Of the hidden fields that say what the page showed when it was opened. */
export const SEEN_PREFIX = 'seen.';

const KEYBOARDS: Partial<Record<AccountField, 'numeric' | 'tel'>> = {
  postalCode: 'numeric',
  telephone: 'tel',
  fax: 'tel',
};

interface CustomerFieldsProps {
  values: AccountData;
  errors: readonly FieldError[];
}

/** What a browser remembers is of another customer: nothing is filled in. */
export function CustomerFields({ values, errors }: CustomerFieldsProps) {
  return (
    <div className="space-y-6">
      {accountFields.map((field) => (
        <TextField
          key={field}
          label={accountLabels[field]}
          name={field}
          hint={accountHints[field]}
          defaultValue={values[field]}
          errors={messagesOf(errors, field)}
          required={field === 'company'}
          inputMode={KEYBOARDS[field] ?? 'text'}
          autoComplete="off"
        />
      ))}
    </div>
  );
}

export const messagesOf = (errors: readonly FieldError[], id: string): string[] =>
  errors.filter(({ field }) => field === id).map(({ message }) => message);
