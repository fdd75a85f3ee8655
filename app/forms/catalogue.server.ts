/** The catalogue as the order form shows it. */
import { searchProducts } from '../../db/stores/products.ts';
import type { ProductSearch } from '../components/product-results.tsx';

const MOST_FOUND = 20;
const LONGEST_SEARCH = 100;

/** Products on offer whose code or name contains what was typed. */
export async function searchCatalogue(typed: string): Promise<ProductSearch> {
  const found = await searchProducts(typed.slice(0, LONGEST_SEARCH), MOST_FOUND);
  return { typed, found: found.map(({ code, name }) => ({ code, name })), most: MOST_FOUND };
}
