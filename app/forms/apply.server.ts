/** The order form, judged: from the form as typed to what is applied for. Source: spec.md 見積・注文; lengths are ours. */
import { z } from 'zod';
import type { ApplicationContent, ApplicationItem, DraftForm } from '../../domain/application/content.ts';
import { rentalClasses } from '../../domain/application/kinds.ts';
import { judgePeriod, parseDate, type PeriodFault } from '../../domain/application/rental-period.ts';
import { jstDate } from '../../domain/jst.ts';
import { prefectures } from '../../domain/prefectures.ts';
import { judgeText, parsePostalCode, parseTelephone, tidyCode, tidyDate, tidyText } from '../../domain/text.ts';
import { findTypedProducts, type Product } from '../../db/stores/products.ts';
import { limits } from '../../runtime/limits.ts';
import { applyFaults, type ApplyFault, type FieldFault } from './apply-faults.ts';

export type JudgedForm = { ok: true; content: ApplicationContent } | { ok: false; faults: FieldFault[] };

/** Judges a form on the JST date of `now`. Product names are those of the catalogue at this moment. */
export async function judgeApplyForm(form: DraftForm, now: Date): Promise<JudgedForm> {
  const products = await resolveProducts(form);
  const judged = contentSchema(products, jstDate(now)).safeParse(form);
  if (judged.success) return { ok: true, content: judged.data };
  return { ok: false, faults: judged.error.issues.map(faultOfIssue) };
}

/** The products that are meant by what was typed as 商品コード, by that text. */
export async function resolveProducts(form: DraftForm): Promise<Map<string, Product>> {
  const typed = [...new Set(form.items.map((item) => item.productCode))].filter((code) => code.trim() !== '');
  return findTypedProducts(typed.slice(0, limits().itemsPerApplication));
}

type Need = 'required' | 'optional';

function report(ctx: z.RefinementCtx, fault: ApplyFault, path: string[] = [], limit?: number): void {
  ctx.addIssue({ code: 'custom', message: fault, path, params: { limit } });
}

/** Free text: tidied, judged; `longest` in code points. */
const text = (longest: number, need: Need = 'optional', lines: 'one' | 'many' = 'one') =>
  z.string().transform((typed, ctx) => {
    const tidied = tidyText(typed);
    const fault = tidied === '' && need === 'required' ? 'required' : judgeText(tidied, longest, lines);
    if (fault !== undefined) report(ctx, fault, [], longest);
    return tidied;
  });

/** A code with one right form: what `parse` makes of it, '' where nothing was typed. */
const code = (parse: (typed: string) => string | undefined, fault: ApplyFault, need: Need = 'optional') =>
  z.string().transform((typed, ctx) => {
    if (tidyCode(typed) === '') {
      if (need === 'required') report(ctx, 'required');
      return '';
    }
    const parsed = parse(typed);
    if (parsed === undefined) report(ctx, fault);
    return parsed ?? '';
  });

const ordererSchema = z.strictObject({
  company: text(100, 'required'),
  department: text(100),
  person: text(60, 'required'),
  postalCode: code(parsePostalCode, 'postal-code-form'),
  address: text(200),
  telephone: code(parseTelephone, 'telephone-form', 'required'),
  fax: code(parseTelephone, 'telephone-form'),
});

const deliverySchema = z.strictObject({
  company: text(100),
  department: text(100),
  person: text(60),
  postalCode: code(parsePostalCode, 'postal-code-form', 'required'),
  prefecture: z.enum(prefectures, { error: 'choose' satisfies ApplyFault }),
  address1: text(200, 'required'),
  address2: text(200),
  telephone: code(parseTelephone, 'telephone-form'),
  fax: code(parseTelephone, 'telephone-form'),
});

function contentSchema(products: ReadonlyMap<string, Product>, today: string) {
  const most = limits().itemsPerApplication;
  return z.strictObject({
    kind: z.enum(['order'], { error: 'choose' satisfies ApplyFault }),
    rentalClass: z.enum(rentalClasses, { error: 'choose' satisfies ApplyFault }),
    orderer: ordererSchema,
    deliveries: z.array(deliverySchema).length(1),
    items: z.array(itemSchema(products, today)).transform((found, ctx) => {
      const items = found.filter((item) => item !== undefined);
      if (items.length === 0) report(ctx, 'items-none', ['0', 'productCode']);
      if (items.length > most) report(ctx, 'items-too-many', ['0', 'productCode'], most);
      return items;
    }),
    remarks: text(1000, 'optional', 'many'),
    customerReference: text(50),
  });
}

/** One row of お届け商品情報; a row that nobody filled in is left out. */
const itemSchema = (products: ReadonlyMap<string, Product>, today: string) =>
  z
    .strictObject({
      productCode: z.string(),
      startsOn: z.string(),
      endsOn: z.string(),
      quantity: z.string(),
      delivery: z.enum(['1'], { error: 'choose' satisfies ApplyFault }),
    })
    .transform((typed, ctx): ApplicationItem | undefined => {
      if ([typed.productCode, typed.startsOn, typed.endsOn].every((value) => value.trim() === '')) return undefined;
      const product = products.get(typed.productCode);
      const productFault = judgeProduct(typed.productCode, product);
      if (productFault !== undefined) report(ctx, productFault, ['productCode']);
      const period = { startsOn: tidyDate(typed.startsOn), endsOn: tidyDate(typed.endsOn) };
      for (const [field, fault] of judgeDates(period, today)) report(ctx, fault, [field]);
      const quantity = tidyCode(typed.quantity);
      if (!/^[1-9]\d{0,2}$/.test(quantity)) report(ctx, 'quantity-range', ['quantity']);
      return {
        productCode: product?.code ?? '',
        productName: product?.name ?? '',
        ...period,
        quantity: Number(quantity),
        delivery: Number(typed.delivery),
      };
    });

function judgeProduct(typed: string, product: Product | undefined): ApplyFault | undefined {
  if (typed.trim() === '') return 'required';
  if (product === undefined) return 'product-unknown';
  return product.available ? undefined : 'product-discontinued';
}

type DateField = 'startsOn' | 'endsOn';

const PERIOD_FAULTS: Record<PeriodFault, [DateField, ApplyFault]> = {
  'date-unreal': ['startsOn', 'date-unreal'],
  'ends-before-start': ['endsOn', 'ends-before-start'],
  'starts-before-today': ['startsOn', 'starts-before-today'],
  'too-long': ['endsOn', 'rental-too-long'],
};

function judgeDates(period: Record<DateField, string>, today: string): [DateField, ApplyFault][] {
  const single = (['startsOn', 'endsOn'] as const).flatMap((field): [DateField, ApplyFault][] => {
    if (period[field] === '') return [[field, 'required']];
    return parseDate(period[field]) === undefined ? [[field, 'date-unreal']] : [];
  });
  if (single.length > 0) return single;
  const fault = judgePeriod(period.startsOn, period.endsOn, today);
  return fault === undefined ? [] : [PERIOD_FAULTS[fault]];
}

function faultOfIssue(issue: z.core.$ZodIssue): FieldFault {
  const fault = applyFaults.find((known) => known === issue.message);
  // A shape that no form has: the reader of the form and this schema have come apart.
  if (fault === undefined) throw new Error(`no such fault: ${issue.message}`);
  const limit = issue.code === 'custom' ? (issue.params?.['limit'] as number | undefined) : undefined;
  return { field: fieldName(issue.path), fault, limit };
}

/** `items[0].quantity` from zod's path. */
const fieldName = (path: PropertyKey[]): string =>
  path
    .map(String)
    .reduce((name, part) => (/^\d+$/.test(part) ? `${name}[${part}]` : name === '' ? part : `${name}.${part}`), '');
