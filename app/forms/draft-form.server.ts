/** From the posted fields of the order form to the form as typed. Only the fields named here are read (S51). */
import type { DraftForm } from '../../domain/application/content.ts';
import { deliveryFields, itemFields, ordererFields, type DraftItem } from '../../domain/application/draft-form.ts';
import { typedText } from './typed-text.server.ts';

/** Far more rows than the form takes, so that too many are kept and told rather than lost; the gate bounds the fields (S60). */
const MOST_ROWS = 200;

/** The form as typed, nothing changed. @throws Response 400 (see typedText) */
export function readDraftForm(fields: FormData): DraftForm {
  return {
    kind: typedText(fields, 'kind'),
    rentalClass: typedText(fields, 'rentalClass'),
    orderer: readGroup(fields, 'orderer', ordererFields),
    deliveries: [readGroup(fields, 'deliveries[0]', deliveryFields)],
    items: readItems(fields),
    remarks: typedText(fields, 'remarks'),
    customerReference: typedText(fields, 'customerReference'),
  };
}

function readGroup<Field extends string>(
  fields: FormData,
  group: string,
  names: readonly Field[],
): Record<Field, string> {
  return Object.fromEntries(names.map((name) => [name, typedText(fields, `${group}.${name}`)])) as Record<
    Field,
    string
  >;
}

function readItems(fields: FormData): DraftItem[] {
  const items: DraftItem[] = [];
  while (items.length < MOST_ROWS && fields.has(`items[${items.length}].productCode`)) {
    items.push(readGroup(fields, `items[${items.length}]`, itemFields));
  }
  return items;
}
