/** The order form: 発注者様情報, レンタル情報, お届け先情報, お届け商品情報, 備考. */
import type { DraftForm } from '../../domain/application/content.ts';
import { rentalClasses } from '../../domain/application/kinds.ts';
import { applicationTexts, kindLabels, rentalClassLabels, sectionLabels } from '../texts/application.ts';
import { applyTexts } from '../texts/apply.ts';
import { DeliveryFields, OrdererFields } from './address-fields.tsx';
import type { FieldError } from './error-summary.tsx';
import { RadioGroup, TextAreaField, TextField } from './fields.tsx';
import { ItemRows } from './item-rows.tsx';
import { Button, Card } from './page.tsx';
import type { ProductSearch } from './product-results.tsx';
import { SiteForm } from './site-form.tsx';

interface ApplyFormProps {
  draftId: string;
  form: DraftForm;
  productNames: (string | undefined)[];
  search: { row: number; result: ProductSearch } | undefined;
  errors: FieldError[];
  today: string;
  mostItems: number;
}

const texts = applyTexts.input;

export function ApplyForm({ draftId, form, productNames, search, errors, today, mostItems }: ApplyFormProps) {
  const errorsOf = (name: string) => errors.filter(({ field }) => field === name).map(({ message }) => message);
  return (
    <SiteForm action={`/apply/${draftId}`} className="space-y-8" noValidate>
      {/* Enter in a field presses the first button: it must be one that does no harm. */}
      <button name="intent" value="save" tabIndex={-1} aria-hidden className="sr-only" />
      <Card title={sectionLabels.kind}>
        <input type="hidden" name="kind" value={form.kind} />
        <p className="text-lg font-bold">{kindLabels.order}</p>
      </Card>
      <Card title={sectionLabels.orderer}>
        <p className="mb-6">{texts.ordererLead}</p>
        <OrdererFields values={form.orderer} errorsOf={errorsOf} />
      </Card>
      <Card title={sectionLabels.rental}>
        <RadioGroup
          label={applicationTexts.rentalClass}
          name="rentalClass"
          required
          defaultValue={form.rentalClass}
          options={rentalClasses.map((value) => ({ value, label: rentalClassLabels[value] }))}
          errors={errorsOf('rentalClass')}
        />
      </Card>
      <Card title={sectionLabels.deliveries}>
        <p className="mb-6">{texts.deliveryLead}</p>
        {form.deliveries.map((delivery, index) => (
          <fieldset key={index}>
            <legend className="mb-4 text-lg font-bold">{applicationTexts.delivery(index + 1)}</legend>
            <DeliveryFields values={delivery} index={index} errorsOf={errorsOf} />
          </fieldset>
        ))}
      </Card>
      <Card title={sectionLabels.items}>
        <p className="mb-6">{texts.itemsLead}</p>
        <ItemRows
          items={form.items}
          productNames={productNames}
          search={search}
          errorsOf={errorsOf}
          today={today}
          most={mostItems}
        />
      </Card>
      <Card title={sectionLabels.others}>
        <div className="space-y-6">
          <TextField
            label={applicationTexts.customerReference}
            name="customerReference"
            defaultValue={form.customerReference}
            hint={texts.customerReferenceHint}
            errors={errorsOf('customerReference')}
            autoComplete="off"
          />
          <TextAreaField
            label={applicationTexts.remarks}
            name="remarks"
            defaultValue={form.remarks}
            hint={texts.remarksHint}
            errors={errorsOf('remarks')}
          />
        </div>
      </Card>
      <div className="flex flex-col gap-4 sm:flex-row-reverse sm:justify-between">
        <Button name="intent" value="confirm" className="sm:min-w-64">
          {texts.toConfirm}
        </Button>
        <Button variant="secondary" name="intent" value="save">
          {texts.save}
        </Button>
      </div>
    </SiteForm>
  );
}
