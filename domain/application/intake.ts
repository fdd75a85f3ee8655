/** Whether the company can take an application in: the business rules of 申込結果. Pure; the order system's facts are passed in. */
import type { ApplicationContent } from './content.ts';
import { judgePeriod } from './rental-period.ts';

/** Why 受付失敗. Each is worded in domain/wording/intake.ts. */
export const intakeRefusals = ['product-unknown', 'product-discontinued', 'period-not-possible'] as const;
export type IntakeRefusal = (typeof intakeRefusals)[number];

export interface ProductFact {
  code: string;
  available: boolean;
}

/**
 * The first reason against an order, or undefined when it is taken in.
 * @param appliedOn the JST date of 申込日時: every date rule is judged on it, however late the flow gets here (spec.md).
 */
export function judgeIntake(
  content: Pick<ApplicationContent, 'items'>,
  products: ProductFact[],
  appliedOn: string,
): IntakeRefusal | undefined {
  const byCode = new Map(products.map((product) => [product.code, product]));
  for (const item of content.items) {
    const product = byCode.get(item.productCode);
    if (product === undefined) return 'product-unknown';
    if (!product.available) return 'product-discontinued';
    if (judgePeriod(item.startsOn, item.endsOn, appliedOn) !== undefined) return 'period-not-possible';
  }
  return undefined;
}
