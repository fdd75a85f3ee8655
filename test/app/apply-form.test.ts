/** The order form, judged: slips are forgiven, every fault names its field and is worded (spec.md 見積・注文; libraries.md; S51). */
import { expect, it } from 'vitest';
import { judgeApplyForm } from '../../app/forms/apply.server.ts';
import { applyFaults } from '../../app/forms/apply-faults.ts';
import { wordFaults } from '../../app/forms/draft-page.server.ts';
import type { DraftForm } from '../../domain/application/content.ts';
import { emptyItem, formOfContent } from '../../domain/application/draft-form.ts';
import { limits } from '../../runtime/limits.ts';
import { buildContent, buildItem, buildProduct } from '../support/build.ts';
import { useStores } from '../support/stores.ts';

useStores();

const now = new Date('2027-12-27T15:00:00Z'); // 2027-12-28 in JST
const period = { startsOn: '2027-12-28', endsOn: '2028-01-29' };

async function goodForm(): Promise<{ form: DraftForm; code: string; name: string }> {
  const { code, name } = await buildProduct();
  const items = [buildItem({ productCode: code, productName: name, ...period })];
  return { form: formOfContent(buildContent({ items })), code, name };
}

const withItem = (form: DraftForm, item: Partial<DraftForm['items'][number]>): DraftForm => ({
  ...form,
  items: form.items.map((typed) => ({ ...typed, ...item })),
});

const withDelivery = (form: DraftForm, delivery: Partial<DraftForm['deliveries'][number]>): DraftForm => ({
  ...form,
  deliveries: form.deliveries.map((typed) => ({ ...typed, ...delivery })),
});

async function faultsOf(form: DraftForm): Promise<string[]> {
  const judged = await judgeApplyForm(form, now);
  return judged.ok ? [] : judged.faults.map(({ field, fault }) => `${field}: ${fault}`);
}

it('a right form becomes the content, with the product’s name of this moment', async () => {
  const { form, code, name } = await goodForm();

  const judged = await judgeApplyForm(form, now);

  expect(judged).toMatchObject({
    ok: true,
    content: { items: [{ productCode: code, productName: name, quantity: 1 }] },
  });
});

it('full-width slips are forgiven, free text is only trimmed, rows that nobody filled in are left out', async () => {
  const { form, code } = await goodForm();
  const wide = withItem(
    withDelivery(form, { postalCode: '〒２６１ー００２３', telephone: '０４３（１２３）４５６７' }),
    {
      productCode: ` ${code.toLowerCase().replaceAll('-', '－')} `,
      startsOn: '２０２７/１２/２８',
      quantity: '１２',
    },
  );

  const judged = await judgeApplyForm(
    { ...wide, items: [emptyItem(), ...wide.items], remarks: ' ＡＢＣ\r\n次の行 ' },
    now,
  );

  expect(judged).toMatchObject({
    ok: true,
    content: {
      deliveries: [{ postalCode: '261-0023', telephone: '043-123-4567' }],
      items: [{ productCode: code, ...period, quantity: 12 }],
      remarks: 'ＡＢＣ\n次の行',
    },
  });
});

it('a product may be named by its full name', async () => {
  const { code } = await buildProduct({ name: '光ファイバテープ単心分離具II' });
  const { form } = await goodForm();

  const judged = await judgeApplyForm(withItem(form, { productCode: '光ファイバテープ単心分離具ＩＩ' }), now);

  expect(judged).toMatchObject({ ok: true, content: { items: [{ productCode: code }] } });
});

it('dates are judged on the JST day', async () => {
  const { form } = await goodForm();

  expect(await faultsOf(withItem(form, { startsOn: '2027-12-27' }))).toEqual([
    'items[0].startsOn: starts-before-today',
  ]);
  expect(await faultsOf(withItem(form, { startsOn: '2027-12-28' }))).toEqual([]);
});

it.each([
  ['endsOn', '2027-12-27', 'ends-before-start'],
  ['endsOn', '2032-12-28', 'rental-too-long'],
  ['endsOn', '2029-02-29', 'date-unreal'],
  ['endsOn', '', 'required'],
  ['startsOn', 'あした', 'date-unreal'],
  ['quantity', '0', 'quantity-range'],
  ['quantity', '1000', 'quantity-range'],
  ['quantity', '1.5', 'quantity-range'],
  ['productCode', '', 'required'],
  ['productCode', 'NO-SUCH-1', 'product-unknown'],
  ['delivery', '2', 'choose'],
] as const)('%s %j of a row: %s', async (field, typed, fault) => {
  const { form } = await goodForm();

  expect(await faultsOf(withItem(form, { [field]: typed }))).toEqual([`items[0].${field}: ${fault}`]);
});

it('a product that is no longer on offer is told before anything is sent', async () => {
  const { code } = await buildProduct({ available: false });
  const { form } = await goodForm();

  expect(await faultsOf(withItem(form, { productCode: code }))).toEqual(['items[0].productCode: product-discontinued']);
});

it.each([
  [{ postalCode: '' }, 'postalCode: required'],
  [{ postalCode: '261-002' }, 'postalCode: postal-code-form'],
  [{ prefecture: '江戸' }, 'prefecture: choose'],
  [{ address1: '　' }, 'address1: required'],
  [{ address2: 'あ'.repeat(201) }, 'address2: too-long'],
  [{ telephone: '12' }, 'telephone: telephone-form'],
  [{ company: 'a\u202Eb' }, 'company: unsafe-character'],
])('お届け先1 with %j is refused', async (typed, fault) => {
  const { form } = await goodForm();

  expect(await faultsOf(withDelivery(form, typed))).toEqual([`deliveries[0].${fault}`]);
});

it('all faults are told at once', async () => {
  const { form } = await goodForm();
  const wrong = withItem(withDelivery({ ...form, rentalClass: 'x' }, { postalCode: 'x', address1: '' }), {
    productCode: 'NO-SUCH-1',
    startsOn: '',
    quantity: 'x',
  });

  expect(await faultsOf(wrong)).toEqual([
    'rentalClass: choose',
    'deliveries[0].postalCode: postal-code-form',
    'deliveries[0].address1: required',
    'items[0].productCode: product-unknown',
    'items[0].startsOn: required',
    'items[0].quantity: quantity-range',
  ]);
});

it('an order has at least one row and at most the limit', async () => {
  const { form } = await goodForm();
  const [row] = form.items;
  if (row === undefined) throw new Error('no row');
  const most = limits().itemsPerApplication;

  expect(await faultsOf({ ...form, items: [emptyItem()] })).toEqual(['items[0].productCode: items-none']);
  expect(await faultsOf({ ...form, items: Array.from({ length: most }, () => row) })).toEqual([]);
  expect(await faultsOf({ ...form, items: Array.from({ length: most + 1 }, () => row) })).toEqual([
    'items[0].productCode: items-too-many',
  ]);
});

it('every fault is worded with the field’s label', () => {
  for (const fault of applyFaults) {
    const [worded] = wordFaults([{ field: 'items[2].quantity', fault, limit: 50 }]);
    expect(worded?.message).toMatch(/[。]$/);
  }
  expect(wordFaults([{ field: 'deliveries[0].postalCode', fault: 'required', limit: undefined }])).toEqual([
    { field: 'deliveries[0].postalCode', message: 'お届け先1の郵便番号をご入力ください。' },
  ]);
});
