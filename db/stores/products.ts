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
const escapeLike = (text: string): string => text.replaceAll(/[\\%_]/g, String.raw`\$&`);

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

/** The product a typed code or full name means: exactly one, or none. Width, case and kind of dash don't matter. */
export async function findTypedProduct(typed: string): Promise<Product | undefined> {
  const key = searchKeyOf(typed);
  // A search key is the code's and the name's with a blank between.
  const found = await rows<Product>(
    `select code, name, category, available from products where search_key like $1 or search_key like $2`,
    [`${escapeLike(key)} %`, `% ${escapeLike(key)}`],
  );
  const meant = found.filter(({ code, name }) => searchKeyOf(code) === key || searchKeyOf(name) === key);
  return meant.length === 1 ? meant[0] : undefined;
}
