/** `page` of a list's address: clamped, 1 for what is no number (S41). */
import { z } from 'zod';

const LAST_PAGE = 10_000;

const pageNumber = z.coerce.number().int().catch(1);

/** The page asked for, 1 to 10,000. */
export function readPageNumber(address: ReadonlyMap<string, string>): number {
  return Math.min(Math.max(pageNumber.parse(address.get('page')), 1), LAST_PAGE);
}
