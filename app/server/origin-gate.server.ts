/** Nothing that changes anything is taken from another site, whatever path or parameter it comes by (S30, S31). */
import type { RequestHandler } from 'express';
import { Refusal } from './refusal.ts';

const SAFE = new Set(['GET', 'HEAD']);

export function originGate(publicOrigin: string): RequestHandler {
  return (request, response, next) => {
    // A leftover of Remix's older protocol that runs one action alone; our pages never use it.
    if (new URL(request.url, publicOrigin).searchParams.has('_data')) throw new Refusal(403);
    if (SAFE.has(request.method)) {
      next();
      return;
    }
    const site = request.get('sec-fetch-site');
    const origin = request.get('origin');
    if (site !== undefined && site !== 'same-origin') throw new Refusal(403);
    if (origin !== undefined && origin !== publicOrigin) throw new Refusal(403);
    if (site === undefined && origin === undefined) throw new Refusal(403);
    if (request.method !== 'POST') {
      response.setHeader('Allow', 'GET, HEAD, POST');
      throw new Refusal(405);
    }
    next();
  };
}
