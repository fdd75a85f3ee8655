/** 申込種別, in the order of the document's 「申込内容」. */
export const applicationKinds = [
  'quote',
  'order',
  'quote-and-order',
  'order-correction',
  'equipment-exchange',
  'cancellation',
] as const;
export type ApplicationKind = (typeof applicationKinds)[number];

/** レンタル区分 (ours: a free choice). */
export const rentalClasses = ['short', 'long'] as const;
export type RentalClass = (typeof rentalClasses)[number];
