/** 申込番号 and 注文番号 (spec.md 見積・注文). */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  applicationNumberFrom,
  applicationNumberPattern,
  firstOrderSerial,
  lastOrderSerial,
  orderNumberFrom,
} from '../../domain/application/numbers.ts';
import { runs } from '../support/runs.ts';

it('an 申込番号 is A and eight characters, none of which looks like another', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 8, maxLength: 16 }), (bytes) => {
      const number = applicationNumberFrom(bytes);
      expect(number).toHaveLength(9);
      expect(number).toMatch(applicationNumberPattern);
      expect(number.slice(1)).not.toMatch(/[0O1ILBS25Z8a-z]/);
    }),
    runs(2_000, 50_000),
  );
});

it('every one of its eight characters depends on its own byte', () => {
  const base = new Uint8Array(8);
  const changed = Array.from(base, (_, index) => applicationNumberFrom(base.with(index, 1)));

  expect(new Set([applicationNumberFrom(base), ...changed]).size).toBe(9);
});

it('an 注文番号 is twelve digits: month and serial', () => {
  expect(orderNumberFrom('202205', firstOrderSerial)).toBe('202205100001');
  expect(orderNumberFrom('202212', lastOrderSerial)).toBe('202212999999');
});

it('two months or serials never share an 注文番号', () => {
  const serials = fc.integer({ min: firstOrderSerial, max: lastOrderSerial });
  const months = fc.constantFrom('202601', '202612', '202701');
  fc.assert(
    fc.property(months, serials, months, serials, (month, serial, otherMonth, otherSerial) => {
      const same = month === otherMonth && serial === otherSerial;
      expect(orderNumberFrom(month, serial) === orderNumberFrom(otherMonth, otherSerial)).toBe(same);
    }),
    runs(2_000, 20_000),
  );
});
