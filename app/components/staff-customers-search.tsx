/** What customers are searched by; lives in the address. */
import { Form } from '@remix-run/react';
import { customerFilterLabels, customersTexts as texts } from '../texts/staff-customers.ts';
import { SelectField, TextField } from './fields.tsx';
import { Button, Card } from './page.tsx';

export function StaffCustomersSearch({ typed, filter }: { typed: string; filter: string }) {
  return (
    <Card>
      <Form method="get" className="grid gap-6 sm:grid-cols-2 sm:items-end">
        <TextField label={texts.search} name="q" type="search" hint={texts.searchHint} defaultValue={typed} />
        <SelectField label={texts.filter} name="filter" defaultValue={filter}>
          {Object.entries(customerFilterLabels).map(([value, label]) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </SelectField>
        <Button className="w-full sm:w-auto sm:justify-self-start sm:min-w-40">{texts.submit}</Button>
      </Form>
    </Card>
  );
}
