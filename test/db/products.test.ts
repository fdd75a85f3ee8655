/** The catalogue: found by code or name in any width, case and dash (security.md S42). */
import { beforeAll, describe, expect, it } from 'vitest';
import { findProducts, findTypedProducts, searchProducts } from '../../db/stores/products.ts';
import { buildProduct } from '../support/build.ts';
import { useStores } from '../support/stores.ts';

useStores();

beforeAll(async () => {
  await buildProduct({ code: 'DSX2-8000', name: 'ケーブルアナライザ (カテゴリ8対応)' });
  await buildProduct({ code: 'DSX2-5000', name: 'ケーブルアナライザ (カテゴリ6A対応)' });
  await buildProduct({ code: 'ADSX2', name: '変換アダプタ' });
  await buildProduct({ code: 'TBS-02', name: '光ファイバテープ単心分離具II' });
  await buildProduct({ code: 'DTX-1800', name: 'ケーブルアナライザ (旧型)', available: false });
  await buildProduct({ code: 'P_100%', name: '特価品' });
  await buildProduct({ code: 'TWIN-1', name: '双子' });
  await buildProduct({ code: 'TWIN-2', name: '双子' });
});

const codes = async (typed: string) => (await searchProducts(typed)).map(({ code }) => code);

describe('search', () => {
  it.each(['dsx2', 'ＤＳＸ２', 'DSX2‐8000 ', 'ｱﾅﾗｲｻﾞ カテゴリ8'])('%s finds DSX2-8000', async (typed) => {
    expect(await codes(typed)).toContain('DSX2-8000');
  });

  it('codes that begin with what was typed come first', async () => {
    expect(await codes('dsx2')).toEqual(['DSX2-5000', 'DSX2-8000', 'ADSX2']);
  });

  it('every word has to be found', async () => {
    expect(await codes('アナライザ 6A')).toEqual(['DSX2-5000']);
  });

  it('discontinued products are not offered', async () => {
    expect(await codes('DTX-1800')).toEqual([]);
  });

  it.each(['%', '_', '\\'])('%s is text, no pattern', async (typed) => {
    expect(await codes(typed)).toEqual(typed === '\\' ? [] : ['P_100%']);
  });

  it('nothing typed finds nothing', async () => {
    expect(await codes('　 ')).toEqual([]);
  });
});

describe('a typed product', () => {
  const findTypedProduct = async (typed: string) => (await findTypedProducts([typed])).get(typed);

  it.each([
    ['DSX2-8000', 'DSX2-8000'],
    ['ｄｓｘ２－８０００', 'DSX2-8000'],
    ['光ファイバテープ単心分離具II', 'TBS-02'],
    ['光ファイバテープ単心分離具Ⅱ', 'TBS-02'],
    ['P_100%', 'P_100%'],
  ])('%s means %s', async (typed, code) => {
    expect((await findTypedProduct(typed))?.code).toBe(code);
  });

  it.each(['DSX2', 'P_1000', '双子', '', '%'])('%s means no one product', async (typed) => {
    expect(await findTypedProduct(typed)).toBeUndefined();
  });

  it('several at a time are each found by what was typed', async () => {
    const found = await findTypedProducts(['ｄｓｘ２－８０００', 'DSX2', 'TBS-02', '双子']);

    expect([...found].map(([typed, { code }]) => [typed, code])).toEqual([
      ['ｄｓｘ２－８０００', 'DSX2-8000'],
      ['TBS-02', 'TBS-02'],
    ]);
    expect(await findTypedProducts([])).toEqual(new Map());
  });

  it('discontinued products are known, so that the member is told', async () => {
    expect(await findTypedProduct('DTX-1800')).toMatchObject({ available: false });
    expect(await findProducts(['DTX-1800', 'unknown'])).toMatchObject([{ code: 'DTX-1800', available: false }]);
  });
});
