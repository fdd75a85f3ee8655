/** What browsers refused to load for our content security policy: logged, so that a slip of ours or an attack is seen (S34). */
import express, { Router } from 'express';
import { z } from 'zod';
import { countRequest } from '../../db/stores/throttle.ts';
import { logger } from '../../runtime/logger.ts';
import { Refusal } from './refusal.ts';
import { step } from './step.ts';

const short = z.string().max(2000);

const report = z.object({
  'csp-report': z.object({
    'document-uri': short.optional(),
    'blocked-uri': short.optional(),
    'effective-directive': short.optional(),
    'source-file': short.optional(),
    'line-number': z.number().optional(),
  }),
});

/** Without query and fragment: a mailed link's token stands there. */
const withoutQuery = (uri: string | undefined): string | undefined => uri?.replace(/[?#].*$/s, '');

export function cspReports(): Router {
  const log = logger('csp');
  const router = Router();
  router.use(
    '/csp-report',
    step(async (_request, response) => {
      const wait = await countRequest(response.locals.ip);
      if (wait !== undefined) throw new Refusal(429, wait);
    }),
  );
  router.post('/csp-report', express.json({ type: () => true, limit: '8kb' }), (request, response) => {
    const parsed = report.safeParse(request.body);
    if (parsed.success) {
      const told = parsed.data['csp-report'];
      log.warn(
        {
          page: withoutQuery(told['document-uri']),
          blocked: withoutQuery(told['blocked-uri']),
          directive: told['effective-directive'],
          source: withoutQuery(told['source-file']),
          line: told['line-number'],
        },
        'refused by the content security policy',
      );
    }
    response.status(204).end();
  });
  return router;
}
