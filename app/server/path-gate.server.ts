/** An address that begins with two slashes names another site to whatever resolves it: there is no such page, and Remix could not draw one. */
import type { RequestHandler } from 'express';
import { Refusal } from './refusal.ts';

/** @throws Refusal 404 */
export const pathGate: RequestHandler = (request, _response, next) => {
  next(request.url.startsWith('//') ? new Refusal(404) : undefined);
};
