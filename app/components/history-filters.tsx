/** The filters of 「申込履歴」: a GET form, so that they live in the address. */
import { Form } from '@remix-run/react';
import { applicationKinds } from '../../domain/application/kinds.ts';
import { confirmations } from '../../domain/flows/application.ts';
import { confirmationLabels, kindLabels } from '../texts/application.ts';
import { historyTexts } from '../texts/history.ts';
import { SelectField, TextField } from './fields.tsx';
import { Button, ButtonLink, Card } from './page.tsx';

interface HistoryFiltersProps {
  typed: { kind: string; confirmation: string; from: string; to: string; orderNumber: string };
  sort: string;
  direction: string;
  /** Whether any filter is set. */
  filtered: boolean;
}

export function HistoryFilters({ typed, sort, direction, filtered }: HistoryFiltersProps) {
  return (
    <Card title={historyTexts.filters}>
      <Form method="get" key={JSON.stringify(typed)} className="space-y-5">
        <input type="hidden" name="sort" value={sort} />
        <input type="hidden" name="direction" value={direction} />
        <div className="grid gap-5 sm:grid-cols-2 lg:grid-cols-3">
          <SelectField label={historyTexts.kind} name="kind" defaultValue={typed.kind}>
            <option value="">{historyTexts.all}</option>
            {applicationKinds.map((kind) => (
              <option key={kind} value={kind}>
                {kindLabels[kind]}
              </option>
            ))}
          </SelectField>
          <SelectField label={historyTexts.confirmation} name="confirmation" defaultValue={typed.confirmation}>
            <option value="">{historyTexts.all}</option>
            <option value="none">{historyTexts.none}</option>
            {confirmations.map((confirmation) => (
              <option key={confirmation} value={confirmation}>
                {confirmationLabels[confirmation]}
              </option>
            ))}
          </SelectField>
          <TextField
            label={historyTexts.orderNumber}
            name="orderNumber"
            defaultValue={typed.orderNumber}
            inputMode="numeric"
            autoComplete="off"
          />
        </div>
        <fieldset>
          <legend className="font-bold">{historyTexts.period}</legend>
          <div className="mt-2 grid items-end gap-x-3 gap-y-2 sm:grid-cols-[14rem_auto_14rem] sm:justify-start">
            <TextField type="date" label={historyTexts.from} name="from" defaultValue={typed.from} />
            <span aria-hidden className="hidden pb-3 sm:inline">
              ~
            </span>
            <TextField type="date" label={historyTexts.to} name="to" defaultValue={typed.to} />
          </div>
        </fieldset>
        <div className="flex flex-wrap gap-4">
          <Button>{historyTexts.search}</Button>
          {filtered ? (
            <ButtonLink variant="text" to="?">
              {historyTexts.reset}
            </ButtonLink>
          ) : null}
        </div>
      </Form>
    </Card>
  );
}
