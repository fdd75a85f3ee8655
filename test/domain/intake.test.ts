/** 申込結果: what is taken in and what is refused, and why first (spec.md 申込結果). */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { intakeRefusals, judgeIntake, type ProductFact } from '../../domain/application/intake.ts';
import type { ApplicationItem } from '../../domain/application/content.ts';
import { intakeRefusalWording } from '../../domain/wording/intake.ts';
import { runs } from '../support/runs.ts';

const appliedOn = '2027-12-28';
const item = (over: Partial<ApplicationItem> = {}): ApplicationItem => ({
  productCode: 'DSX2-8000',
  productName: 'ケーブルアナライザ',
  startsOn: '2027-12-28',
  endsOn: '2028-01-29',
  quantity: 1,
  delivery: 1,
  ...over,
});
const products: ProductFact[] = [
  { code: 'DSX2-8000', available: true },
  { code: 'TBS-02', available: true },
  { code: 'DTX-1800', available: false },
];
const judge = (items: ApplicationItem[]) => judgeIntake({ items }, products, appliedOn);

describe('one row', () => {
  it.each([
    ['on offer, from today', item(), undefined],
    ['unknown', item({ productCode: 'NONE' }), 'product-unknown'],
    ['of another case', item({ productCode: 'dsx2-8000' }), 'product-unknown'],
    ['discontinued', item({ productCode: 'DTX-1800' }), 'product-discontinued'],
    ['from yesterday', item({ startsOn: '2027-12-27' }), 'period-not-possible'],
    ['backwards', item({ endsOn: '2027-12-27' }), 'period-not-possible'],
    ['of no real date', item({ endsOn: '2028-02-30' }), 'period-not-possible'],
  ])('%s: %#', (_what, row, refusal) => {
    expect(judge([row])).toBe(refusal);
  });
});

it('one bad row refuses the whole application, whatever stands around it', () => {
  const bad = fc.constantFrom(
    { row: item({ productCode: 'NONE' }), refusal: 'product-unknown' },
    { row: item({ productCode: 'DTX-1800' }), refusal: 'product-discontinued' },
    { row: item({ startsOn: '2027-01-01' }), refusal: 'period-not-possible' },
  );
  const good = fc.array(fc.constantFrom(item(), item({ productCode: 'TBS-02' })), { maxLength: 10 });
  fc.assert(
    fc.property(good, bad, good, (before, { row, refusal }, after) => {
      expect(judge([...before, ...after])).toBeUndefined();
      expect(judge([...before, row, ...after])).toBe(refusal);
    }),
    runs(500, 10_000),
  );
});

it('every reason is worded for the customer', () => {
  expect(Object.keys(intakeRefusalWording).toSorted()).toEqual(intakeRefusals.toSorted());
  expect(Object.values(intakeRefusalWording).filter((sentence) => !sentence.endsWith('。'))).toEqual([]);
});
