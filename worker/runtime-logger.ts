/** The SDK's own log through ours: its lines name workflows and activities, and errors lose their messages (S66, S71). */
import { ApplicationFailure } from '@temporalio/common';
import { DefaultLogger, Runtime, type LogEntry, type LogLevel } from '@temporalio/worker';
import type { Logger } from '../runtime/logger.ts';

const LEVELS: Record<LogLevel, 'debug' | 'info' | 'warn' | 'error'> = {
  TRACE: 'debug',
  DEBUG: 'debug',
  INFO: 'info',
  WARN: 'warn',
  ERROR: 'error',
};

/** What a line keeps of its metadata. Task tokens, arguments and failures stay out. */
const KEPT = ['workflowId', 'workflowType', 'runId', 'activityType', 'activityId', 'attempt', 'taskQueue', 'state'];

/** Once in a process, before the first worker. @param metricsPort where Prometheus may ask the SDK, if anywhere */
export function installRuntime(log: Logger, metricsPort: number | undefined): void {
  Runtime.install({
    logger: new DefaultLogger('INFO', (entry) => log[LEVELS[entry.level]](keep(entry), entry.message)),
    // The worker's own handlers stop it in the order that the site needs.
    shutdownSignals: [],
    telemetryOptions: {
      logging: { forward: {}, filter: { core: 'WARN', other: 'ERROR' } },
      ...(metricsPort === undefined ? {} : { metrics: { prometheus: { bindAddress: `127.0.0.1:${metricsPort}` } } }),
    },
  });
}

function keep({ meta }: LogEntry): Record<string, unknown> {
  const all = meta ?? {};
  const kept = Object.fromEntries(KEPT.filter((key) => key in all).map((key) => [key, all[key] as unknown]));
  const error: unknown = all['error'];
  if (error === undefined) return kept;
  // Our activities' failures are a stable code in `type`; of all others only the name and the stack are logged.
  return { ...kept, ...(error instanceof ApplicationFailure ? { fault: error.type } : { err: error }) };
}
