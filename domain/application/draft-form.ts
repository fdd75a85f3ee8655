/** The order form's fields by name: what the page shows, a post carries, a draft keeps and two contents are compared by. */
import type { ApplicationContent, DraftForm } from './content.ts';

export const ordererFields = ['company', 'department', 'person', 'postalCode', 'address', 'telephone', 'fax'] as const;
export const deliveryFields = [
  'company',
  'department',
  'person',
  'postalCode',
  'prefecture',
  'address1',
  'address2',
  'telephone',
  'fax',
] as const;
export const itemFields = ['productCode', 'startsOn', 'endsOn', 'quantity', 'delivery'] as const;

export type DraftItem = DraftForm['items'][number];

/** A row nobody has typed into yet; it goes to お届け先1. */
export const emptyItem = (): DraftItem => ({ productCode: '', startsOn: '', endsOn: '', quantity: '1', delivery: '1' });

/** All fields of a form, in the order of the page: `['items[0].quantity', '1']`. Reading them again gives the same form. */
export function fieldsOf(form: DraftForm): [name: string, value: string][] {
  return [
    ['kind', form.kind],
    ['rentalClass', form.rentalClass],
    ...ordererFields.map((field): [string, string] => [`orderer.${field}`, form.orderer[field]]),
    ...form.deliveries.flatMap((delivery, index) =>
      deliveryFields.map((field): [string, string] => [`deliveries[${index}].${field}`, delivery[field]]),
    ),
    ...form.items.flatMap((item, index) =>
      itemFields.map((field): [string, string] => [`items[${index}].${field}`, item[field]]),
    ),
    ['remarks', form.remarks],
    ['customerReference', form.customerReference],
  ];
}

/** The form that would have been typed for a content. */
export function formOfContent(content: ApplicationContent): DraftForm {
  return {
    ...content,
    items: content.items.map(({ productCode, startsOn, endsOn, quantity, delivery }) => ({
      productCode,
      startsOn,
      endsOn,
      quantity: String(quantity),
      delivery: String(delivery),
    })),
  };
}
