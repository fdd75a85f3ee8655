/** The order form's fields by name, and where two forms differ (spec.md 見積・注文; security.md S85). */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readDraftForm } from '../../app/forms/draft-form.server.ts';
import { differences } from '../../domain/application/differences.ts';
import { deliveryFields, fieldsOf, itemFields, ordererFields } from '../../domain/application/draft-form.ts';
import type { DraftForm } from '../../domain/application/content.ts';

/** Any text in each of the fields. */
function group<Field extends string>(fields: readonly Field[]): fc.Arbitrary<Record<Field, string>> {
  return fc
    .array(fc.string(), { minLength: fields.length, maxLength: fields.length })
    .map((texts) => Object.fromEntries(fields.map((field, index) => [field, texts[index]])) as Record<Field, string>);
}

const forms: fc.Arbitrary<DraftForm> = fc.record({
  kind: fc.string(),
  rentalClass: fc.string(),
  orderer: group(ordererFields),
  deliveries: fc.tuple(group(deliveryFields)),
  items: fc.array(group(itemFields), { minLength: 1, maxLength: 60 }),
  remarks: fc.string(),
  customerReference: fc.string(),
});

it('a form that is posted is read again exactly as it was typed', () => {
  fc.assert(
    fc.property(forms, (form) => {
      expect(readDraftForm(new Map(fieldsOf(form)))).toEqual(form);
    }),
    { numRuns: 50 },
  );
});

it('a form differs from itself in nothing, and from another in the fields whose values differ', () => {
  fc.assert(
    fc.property(forms, forms, (one, other) => {
      expect(differences(one, one)).toEqual([]);
      const there = differences(one, other);
      expect(there).toHaveLength(differences(other, one).length);
      for (const { sent, typed } of there) expect(sent).not.toBe(typed);
    }),
    { numRuns: 50 },
  );
});

it('a row that only one of two forms has differs with nothing', () => {
  const [form] = fc.sample(forms, { numRuns: 1, seed: 1 });
  if (form === undefined) throw new Error('no sample');
  const longer = { ...form, items: [...form.items, ...form.items.slice(0, 1)] };

  const added = differences(form, longer);

  expect(added.map(({ field }) => field)).toEqual(itemFields.map((field) => `items[${form.items.length}].${field}`));
  expect(added.every(({ sent }) => sent === undefined)).toBe(true);
});
