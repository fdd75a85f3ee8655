/** Only requests for our own origin go on. X-Forwarded-Host is never looked at (S18). */
import type { RequestHandler } from 'express';
import { Refusal } from './refusal.ts';

/** S60. */
const LONGEST_URL_BYTES = 8 * 1024;

const LOOPBACK = /^(127\.0\.0\.1|\[::1\])(:\d{1,5})?$/;

/** @param publicOrigin the only origin that the site answers for */
export function hostGate(publicOrigin: string): RequestHandler {
  const ours = new URL(publicOrigin).host;
  return (request, response, next) => {
    const { method, url, rawHeaders } = request;
    // An absolute URL or `*` instead of a path, or two Host headers: proxies and servers read them differently.
    if (!url.startsWith('/') || hostHeaders(rawHeaders) !== 1) throw new Refusal(400);
    if (Buffer.byteLength(url) > LONGEST_URL_BYTES) throw new Refusal(414);
    const host = request.get('host')?.toLowerCase();
    if (host === ours) {
      next();
    } else if (host !== undefined && LOOPBACK.test(host) && (method === 'GET' || method === 'HEAD')) {
      // Cookies of 127.0.0.1 and localhost are not the same: one of the two is the site.
      response.redirect(308, publicOrigin + url);
    } else {
      throw new Refusal(421);
    }
  };
}

const hostHeaders = (rawHeaders: string[]): number =>
  rawHeaders.filter((name, index) => index % 2 === 0 && name.toLowerCase() === 'host').length;
