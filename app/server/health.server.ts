/** For load balancers and monitoring: answered under any host name, without cookies. */
import { type Response, Router } from 'express';
import { pingDatabase } from '../../db/stores/health.ts';
import { isWorkerThere } from '../../db/stores/worker-beats.ts';
import { temporalAnswers } from '../../temporal/health.ts';
import { step } from './step.ts';

type Standing = 'ok' | 'down';

const standing = (answers: boolean): Standing => (answers ? 'ok' : 'down');

const databaseAnswers = (): Promise<boolean> =>
  pingDatabase().then(
    () => true,
    () => false,
  );

const workerIsThere = (): Promise<boolean> => isWorkerThere().catch(() => false);

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
      const asked = [databaseAnswers(), temporalAnswers(), workerIsThere()] as const;
      const [database, temporal, worker] = await Promise.all(asked);
      tell(response, { database: standing(database), temporal: standing(temporal), worker: standing(worker) });
    }),
  );
  return router;
}
