/** `page` of a list's address: clamped, 1 for what is no number (S41). */
import { z } from 'zod';
import { typedText } from './typed-text.server.ts';

const LAST_PAGE = 10_000;

const pageNumber = z.coerce.number().int().catch(1);

/** The page asked for, 1 to 10,000. @throws Response 400 (see typedText) */
export function readPageNumber(address: URLSearchParams): number {
  return Math.min(Math.max(pageNumber.parse(typedText(address, 'page')), 1), LAST_PAGE);
}
