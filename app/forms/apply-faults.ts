/** What can be wrong with a field of the order form. Each is worded in app/texts/apply-faults.ts. */
export const applyFaults = [
  'required',
  'choose',
  'too-long',
  'unsafe-character',
  'postal-code-form',
  'telephone-form',
  'product-unknown',
  'product-discontinued',
  'date-unreal',
  'ends-before-start',
  'starts-before-today',
  'rental-too-long',
  'quantity-range',
  'items-none',
  'items-too-many',
] as const;
export type ApplyFault = (typeof applyFaults)[number];

/** A fault of one field. `limit` is the most characters or rows, where the fault is about that. */
export interface FieldFault {
  /** The field's name, `items[0].quantity`. */
  field: string;
  fault: ApplyFault;
  limit: number | undefined;
}
