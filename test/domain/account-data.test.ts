/** お客様情報 as staff type it or a file brings it: forgiven the same slips as in the order form, or told (security.md S80). */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { accountFields, differingFields, judgeAccountData, type AccountData } from '../../domain/account-data.ts';
import { runs } from '../support/runs.ts';

const RIGHT: AccountData = {
  company: '株式会社テスト電設',
  department: '設備部',
  postalCode: '100-0001',
  address: '東京都千代田区千代田1-1',
  telephone: '03-0000-0000',
  fax: '03-0000-0001',
};

const faultsOf = (over: Partial<AccountData>) => judgeAccountData({ ...RIGHT, ...over }).faults;

it('what is right is stored as it is, and only the company is needed', () => {
  const alone = { company: 'あ', department: '', postalCode: '', address: '', telephone: '', fax: '' };

  expect(judgeAccountData(RIGHT)).toEqual({ data: RIGHT, faults: [] });
  expect(judgeAccountData(alone)).toEqual({ data: alone, faults: [] });
});

it.each([
  [{ postalCode: '〒１００−０００１' }, { postalCode: '100-0001' }],
  [{ postalCode: '1000001' }, { postalCode: '100-0001' }],
  [{ telephone: '（０３）００００ー００００' }, { telephone: '03-0000-0000' }],
  [{ company: '　株式会社テスト\u0301 ' }, { company: '株式会社テスト\u0301' }],
  [{ fax: '　' }, { fax: '' }],
])('%j is stored as %j', (typed, stored) => {
  expect(judgeAccountData({ ...RIGHT, ...typed })).toEqual({ data: { ...RIGHT, ...stored }, faults: [] });
});

it.each([
  [{ company: '　' }, { field: 'company', fault: 'required', limit: undefined }],
  [{ company: 'あ'.repeat(101) }, { field: 'company', fault: 'too-long', limit: 100 }],
  [{ department: '🏢'.repeat(101) }, { field: 'department', fault: 'too-long', limit: 100 }],
  [{ address: '東京都\n千代田区' }, { field: 'address', fault: 'unsafe-character', limit: undefined }],
  [{ address: 'あ'.repeat(201) }, { field: 'address', fault: 'too-long', limit: 200 }],
  [{ postalCode: '100-000' }, { field: 'postalCode', fault: 'postal-code-form', limit: undefined }],
  [{ telephone: '3-0000-0000' }, { field: 'telephone', fault: 'telephone-form', limit: undefined }],
  [{ fax: 'なし' }, { field: 'fax', fault: 'telephone-form', limit: undefined }],
])('%j is told', (typed, fault) => {
  expect(faultsOf(typed)).toEqual([fault]);
});

it('one emoji counts as one character, up to the limit', () => {
  expect(faultsOf({ company: '🏢'.repeat(100) })).toEqual([]);
});

it('whatever is typed: what has no fault is stored the same when it is judged again', () => {
  const typed = fc.record(
    Object.fromEntries(accountFields.map((field) => [field, fc.string({ unit: 'binary', maxLength: 220 })])) as Record<
      keyof AccountData,
      fc.Arbitrary<string>
    >,
  );

  fc.assert(
    fc.property(typed, (given) => {
      const { data, faults } = judgeAccountData(given);
      const faulty = new Set(faults.map(({ field }) => field));
      const again = judgeAccountData(data);
      for (const field of accountFields.filter((each) => !faulty.has(each))) {
        expect(again.data[field]).toBe(data[field]);
        expect(again.faults.some((fault) => fault.field === field)).toBe(false);
      }
    }),
    runs(1_000, 50_000),
  );
});

it('fields that differ are named in the order of the form', () => {
  expect(differingFields(RIGHT, { ...RIGHT, fax: '', company: 'あ' })).toEqual(['company', 'fax']);
  expect(differingFields(RIGHT, { ...RIGHT })).toEqual([]);
});
