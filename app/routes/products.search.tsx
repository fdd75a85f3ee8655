/** The catalogue's search while one types: a resource of the order form. */
import type { LoaderFunctionArgs } from '@remix-run/node';
import { requireMember } from '../auth/guards.server.ts';
import type { ProductSearch } from '../components/product-results.tsx';
import { searchCatalogue } from '../forms/catalogue.server.ts';
import { addressFields } from '../forms/posted.server.ts';

export async function loader({ context, request }: LoaderFunctionArgs): Promise<ProductSearch> {
  requireMember({ context, request });
  return searchCatalogue(addressFields(request).get('q') ?? '');
}
