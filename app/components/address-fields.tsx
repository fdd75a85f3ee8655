/** 発注者様情報 and one お届け先. */
import type { DraftForm } from '../../domain/application/content.ts';
import { deliveryFields, ordererFields } from '../../domain/application/draft-form.ts';
import { prefectures } from '../../domain/prefectures.ts';
import { deliveryLabels, ordererLabels } from '../texts/application.ts';
import { applyTexts } from '../texts/apply.ts';
import { SelectField, TextField } from './fields.tsx';

interface FieldsProps<Values> {
  values: Values;
  errorsOf: (name: string) => string[] | undefined;
}

type OrdererField = (typeof ordererFields)[number];
type DeliveryField = (typeof deliveryFields)[number];

/** What the browser may fill in, which keyboard a telephone shows. */
interface Manner {
  required?: true;
  autoComplete: string;
  inputMode?: 'tel' | 'numeric';
  hint?: string;
}

const ORDERER: Record<OrdererField, Manner> = {
  company: { required: true, autoComplete: 'billing organization' },
  department: { autoComplete: 'off' },
  person: { required: true, autoComplete: 'billing name' },
  postalCode: { autoComplete: 'billing postal-code', inputMode: 'numeric', hint: applyTexts.input.postalCodeHint },
  address: { autoComplete: 'billing street-address' },
  telephone: { required: true, autoComplete: 'billing tel', inputMode: 'tel' },
  fax: { autoComplete: 'off', inputMode: 'tel' },
};

const DELIVERY: Record<DeliveryField, Manner> = {
  company: { autoComplete: 'shipping organization' },
  department: { autoComplete: 'off' },
  person: { autoComplete: 'shipping name' },
  postalCode: {
    required: true,
    autoComplete: 'shipping postal-code',
    inputMode: 'numeric',
    hint: applyTexts.input.postalCodeHint,
  },
  prefecture: { required: true, autoComplete: 'shipping address-level1' },
  address1: { required: true, autoComplete: 'shipping address-line1' },
  address2: { autoComplete: 'shipping address-line2' },
  telephone: { autoComplete: 'shipping tel', inputMode: 'tel' },
  fax: { autoComplete: 'off', inputMode: 'tel' },
};

export function OrdererFields({ values, errorsOf }: FieldsProps<DraftForm['orderer']>) {
  return (
    <div className="space-y-6">
      {ordererFields.map((field) => (
        <TextField
          key={field}
          label={ordererLabels[field]}
          name={`orderer.${field}`}
          defaultValue={values[field]}
          errors={errorsOf(`orderer.${field}`)}
          {...ORDERER[field]}
        />
      ))}
    </div>
  );
}

/** @param index from 0: お届け先1 */
export function DeliveryFields({
  values,
  errorsOf,
  index,
}: FieldsProps<DraftForm['deliveries'][number]> & { index: number }) {
  return (
    <div className="space-y-6">
      {deliveryFields.map((field) => {
        const name = `deliveries[${index}].${field}`;
        const common = { label: deliveryLabels[field], name, defaultValue: values[field], errors: errorsOf(name) };
        if (field !== 'prefecture') return <TextField key={field} {...common} {...DELIVERY[field]} />;
        return (
          <SelectField key={field} {...common} {...DELIVERY[field]} className="max-w-64">
            <option value="">{applyTexts.input.choosePrefecture}</option>
            {prefectures.map((prefecture) => (
              <option key={prefecture}>{prefecture}</option>
            ))}
          </SelectField>
        );
      })}
    </div>
  );
}
