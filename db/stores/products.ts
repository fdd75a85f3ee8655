/** The catalogue. */
import { tidyCode } from '../../domain/text.ts';
import type { Tx } from '../connect.ts';
import { rows } from '../raw.ts';

export interface Product {
  code: string;
  name: string;
  category: string;
  available: boolean;
}

/** What products are searched by: width, case and kind of dash don't matter. */
export const searchKeyOf = (text: string): string => tidyCode(text).toLowerCase();

/** LIKE's own signs, taken literally (S42). */
export const escapeLike = (text: string): string => text.replaceAll(/[\\%_]/g, String.raw`\$&`);

/** Products on offer whose code or name contains every word of `typed`, codes that begin with it first. @param most how many at the most */
export async function searchProducts(typed: string, most = 20): Promise<Product[]> {
  const words = searchKeyOf(typed)
    .split(/\s+/)
    .filter((word) => word !== '')
    .slice(0, 5);
  if (words.length === 0) return [];
  return rows<Product>(
    `select code, name, category, available from products
     where available and search_key like all ($1::text[]) order by (lower(code) like $2) desc, code limit $3`,
    [words.map((word) => `%${escapeLike(word)}%`), `${escapeLike(words[0] ?? '')}%`, most],
  );
}

/** The products of these codes (as stored), discontinued ones too; unknown codes are missing from the answer. */
export async function findProducts(codes: string[], tx?: Tx): Promise<Product[]> {
  return rows<Product>(
    `select code, name, category, available from products where code = any($1::text[])`,
    [codes],
    tx,
  );
}

/** The product that each typed code or full name means: exactly one, or it is missing. Width, case and kind of dash don't matter. */
export async function findTypedProducts(typed: readonly string[]): Promise<Map<string, Product>> {
  if (typed.length === 0) return new Map();
  // A search key is the code's and the name's with a blank between.
  const patterns = typed.map((text) => escapeLike(searchKeyOf(text))).flatMap((key) => [`${key} %`, `% ${key}`]);
  const found = await rows<Product>(
    `select code, name, category, available from products where search_key like any ($1::text[])`,
    [patterns],
  );
  return new Map(
    typed.flatMap((text) => {
      const key = searchKeyOf(text);
      const [meant, ...others] = found.filter(
        ({ code, name }) => searchKeyOf(code) === key || searchKeyOf(name) === key,
      );
      return meant === undefined || others.length > 0 ? [] : [[text, meant]];
    }),
  );
}
