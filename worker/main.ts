/** The worker process: flows, their activities, the relay and the reconciler. Ends in order on SIGTERM and SIGINT. */
import { NativeConnection, Worker } from '@temporalio/worker';
import { mailActivities, siteActivities } from '../activities/index.ts';
import { createMailTransport } from '../activities/mail/transport.ts';
import { closeDatabase } from '../db/connect.ts';
import { pingDatabase } from '../db/stores/health.ts';
import { brand } from '../runtime/brand.ts';
import { config, ConfigurationError } from '../runtime/config.ts';
import { keyRing } from '../runtime/keys.ts';
import { logger } from '../runtime/logger.ts';
import { callTemporal, closeTemporal } from '../temporal/client.ts';
import { connectionSettings } from '../temporal/connection-settings.ts';
import { startReconciler } from '../temporal/reconciler.ts';
import { startRelay } from '../temporal/relay.ts';
import { ensureSearchAttributes } from '../temporal/search-attributes.ts';
import { taskQueues } from '../workflows/task-queues.contract.ts';
import { startHeartbeat } from './heartbeat.ts';
import { patiently } from './patience.ts';
import { startPurger } from './purger.ts';
import { installRuntime } from './runtime-logger.ts';
import { startSealer } from './sealer.ts';
import { workflowBundle } from './workflow-bundle.ts';

/** Started together with everything else, the others may take a while. */
const PATIENCE_MILLISECONDS = 60_000;
const MAIL_CONNECTIONS = 5;
/** Connections that relay and reconciler take from the pool beside the activities. */
const OTHER_CONNECTIONS = 2;

async function main(): Promise<void> {
  const { temporal, databasePool, metricsPort, publicOrigin, mailFrom, smtpUrl } = config();
  const log = logger('worker');
  installRuntime(log, metricsPort);
  // A missing key would only be noticed by the first letter: better by whoever starts us (S69).
  keyRing('secret');
  await patiently('the database', PATIENCE_MILLISECONDS, pingDatabase);
  const connection = await patiently(`Temporal at ${temporal.address}`, PATIENCE_MILLISECONDS, async () => {
    await callTemporal(5000, (_client, { operatorService }) =>
      ensureSearchAttributes({ operatorService }, temporal.namespace),
    );
    return NativeConnection.connect(connectionSettings());
  });
  const transport = createMailTransport({
    url: smtpUrl,
    from: { name: brand.siteTitle, address: mailFrom },
    connections: MAIL_CONNECTIONS,
  });
  const shared = {
    connection,
    namespace: temporal.namespace,
    shutdownGraceTime: '20 seconds',
    shutdownForceTime: '30 seconds',
  } as const;
  const atOnce = Math.max(1, databasePool - OTHER_CONNECTIONS);
  const site = await Worker.create({
    ...shared,
    taskQueue: taskQueues.site,
    workflowBundle: await workflowBundle(),
    activities: siteActivities(),
    maxCachedWorkflows: 400,
    // Each holds one connection of the pool for some milliseconds: more of them would only wait for each other.
    maxConcurrentActivityTaskExecutions: atOnce,
    maxConcurrentLocalActivityExecutions: atOnce,
  });
  const mail = await Worker.create({
    ...shared,
    taskQueue: taskQueues.mail,
    activities: mailActivities(transport, { brand, publicOrigin }),
    maxConcurrentActivityTaskExecutions: MAIL_CONNECTIONS,
  });

  const relay = startRelay();
  const reconciler = startReconciler();
  const heartbeat = startHeartbeat();
  const sealer = startSealer();
  const purger = startPurger();
  const workers = [site, mail];
  const stop = (): void => {
    void heartbeat.stop();
    for (const worker of workers) if (worker.getState() === 'RUNNING') worker.shutdown();
  };
  process.once('SIGTERM', stop).once('SIGINT', stop);
  log.info('ready');
  // When one of them fails, the other ends in order too, and the supervisor starts the process anew.
  const ends = await Promise.allSettled(workers.map((worker) => worker.run().finally(stop)));
  await Promise.all([relay.stop(), reconciler.stop(), heartbeat.stop(), sealer.stop(), purger.stop()]);
  transport.close();
  await closeTemporal();
  await connection.close();
  await closeDatabase();
  for (const end of ends) if (end.status === 'rejected') throw end.reason;
}

try {
  await main();
} catch (error) {
  const expected = error instanceof ConfigurationError || (error instanceof Error && error.cause !== undefined);
  process.stderr.write(`worker: ${expected ? error.message : String((error as Error).stack)}\n`);
  // Whatever is still open belongs to a start that failed: nothing is under way that an end could break off.
  process.exit(1);
}
