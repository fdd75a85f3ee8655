/** For load balancers and monitoring: answered under any host name, without cookies. */
import { type Response, Router } from 'express';
import { pingDatabase } from '../../db/stores/health.ts';
import { checkTemporal } from '../../temporal/health.ts';
import { step } from './step.ts';

type Standing = 'ok' | 'down';

const standing = (answers: boolean): Standing => (answers ? 'ok' : 'down');

const databaseAnswers = (): Promise<boolean> =>
  pingDatabase().then(
    () => true,
    () => false,
  );

function tell(response: Response, parts: Record<string, Standing>): void {
  const ok = Object.values(parts).every((part) => part === 'ok');
  response
    .status(ok ? 200 : 503)
    .set('Cache-Control', 'no-store')
    .json({ status: ok ? 'ok' : 'down', ...parts });
}

/** `/healthz`: this process and the database, all that a submission needs. `/readyz`: every part, each by name. */
export function health(isStopping: () => boolean): Router {
  const router = Router();
  router.get(
    '/healthz',
    step(async (_request, response) => {
      // A process that drains asks for no more requests.
      tell(response, { process: standing(!isStopping()), database: standing(await databaseAnswers()) });
    }),
  );
  router.get(
    '/readyz',
    step(async (_request, response) => {
      const [database, { temporal, worker }] = await Promise.all([databaseAnswers(), checkTemporal()]);
      tell(response, { database: standing(database), temporal: standing(temporal), worker: standing(worker) });
    }),
  );
  return router;
}
