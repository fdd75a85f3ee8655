/** First of all: what a request is called, where it comes from, whose area it asks for; and one line of log when it is over. */
import { randomBytes, randomInt } from 'node:crypto';
import type { RequestHandler } from 'express';
import { logger } from '../../runtime/logger.ts';
import type { ClientAddress } from './client-address.server.ts';
import { areaOf } from './paths.ts';

/** Read out on the telephone: no look-alikes, no lower case. */
const REFERENCE_ALPHABET = 'ACDEFGHJKMNPQRTUVWXY34679';

const newReference = (): string => Array.from({ length: 10 }, () => REFERENCE_ALPHABET[randomInt(25)]).join('');

export function requestFacts(clientAddress: ClientAddress): RequestHandler {
  const log = logger('web');
  return (request, response, next) => {
    const begun = performance.now();
    const { locals } = response;
    locals.requestId = newReference();
    locals.nonce = randomBytes(16).toString('base64');
    locals.ip = clientAddress(request);
    locals.area = areaOf(request.path);
    response.setHeader('X-Request-Id', locals.requestId);
    response.once('close', () => {
      log.info({
        requestId: locals.requestId,
        ip: locals.ip,
        method: request.method,
        // Never the query: links in mails carry their token there (S19, S71).
        path: request.path.slice(0, 200),
        status: response.headersSent ? response.statusCode : 0,
        ms: Math.round(performance.now() - begun),
      });
    });
    next();
  };
}
