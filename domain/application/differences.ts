/** Where two forms differ, field by field: shown when a draft that was sent before is sent again with another content (S85). */
import type { DraftForm } from './content.ts';
import { fieldsOf } from './draft-form.ts';

export interface Difference {
  /** The field's name, `items[0].quantity`. */
  field: string;
  /** What was sent; undefined where that row was not there. */
  sent: string | undefined;
  typed: string | undefined;
}

/** The fields whose values differ, in the order of the page: those of `sent`, then those only `typed` has. */
export function differences(sent: DraftForm, typed: DraftForm): Difference[] {
  const before = new Map(fieldsOf(sent));
  const after = new Map(fieldsOf(typed));
  return [...new Set([...before.keys(), ...after.keys()])]
    .map((field) => ({ field, sent: before.get(field), typed: after.get(field) }))
    .filter((difference) => difference.sent !== difference.typed);
}
