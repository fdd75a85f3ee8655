/** From the posted fields of the order form to the form as typed. Only the fields named here are read (S51). */
import type { DraftForm } from '../../domain/application/content.ts';
import { deliveryFields, itemFields, ordererFields, type DraftItem } from '../../domain/application/draft-form.ts';

/** Far more rows than the form takes, so that too many are kept and told rather than lost; the gate bounds the fields (S60). */
const MOST_ROWS = 200;

/** The form as typed, nothing changed; '' for a field that is missing. */
export function readDraftForm(fields: ReadonlyMap<string, string>): DraftForm {
  return {
    kind: fields.get('kind') ?? '',
    rentalClass: fields.get('rentalClass') ?? '',
    orderer: readGroup(fields, 'orderer', ordererFields),
    deliveries: [readGroup(fields, 'deliveries[0]', deliveryFields)],
    items: readItems(fields),
    remarks: fields.get('remarks') ?? '',
    customerReference: fields.get('customerReference') ?? '',
  };
}

function readGroup<Field extends string>(
  fields: ReadonlyMap<string, string>,
  group: string,
  names: readonly Field[],
): Record<Field, string> {
  return Object.fromEntries(names.map((name) => [name, fields.get(`${group}.${name}`) ?? ''])) as Record<Field, string>;
}

function readItems(fields: ReadonlyMap<string, string>): DraftItem[] {
  const items: DraftItem[] = [];
  while (items.length < MOST_ROWS && fields.has(`items[${items.length}].productCode`)) {
    items.push(readGroup(fields, `items[${items.length}]`, itemFields));
  }
  return items;
}
