/** The worker process of the bare flow: settings as the site's worker has them, on a task queue of its own. */
import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode, DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';

const activities = {
  accept: (): Promise<string> => Promise.resolve('accepted'),
};

export type BareActivities = typeof activities;

const [address = '', taskQueue = ''] = process.argv.slice(2);

Runtime.install({ logger: new DefaultLogger('WARN'), shutdownSignals: [] });
const connection = await NativeConnection.connect({ address });
const worker = await Worker.create({
  connection,
  taskQueue,
  activities,
  workflowBundle: await bundleWorkflowCode({
    workflowsPath: fileURLToPath(new URL('accept.workflow.ts', import.meta.url)),
    logger: new DefaultLogger('WARN'),
  }),
  maxCachedWorkflows: 400,
  maxConcurrentActivityTaskExecutions: 8,
  maxConcurrentLocalActivityExecutions: 8,
});
process.once('SIGTERM', () => worker.shutdown());
process.send?.('ready');
await worker.run();
await connection.close();
process.disconnect();
