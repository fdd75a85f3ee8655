/** The web process from its first to its last request. */
import { once } from 'node:events';
import { createRequestHandler, type ServerBuild } from '@remix-run/node';
import type { RequestHandler } from 'express';
import { closeDatabase, connectDatabase } from '../../db/connect.ts';
import { config } from '../../runtime/config.ts';
import { keyRing } from '../../runtime/keys.ts';
import { limits } from '../../runtime/limits.ts';
import { logger } from '../../runtime/logger.ts';
import { expressSite } from './express-site.server.ts';
import { drain, httpServer } from './http-server.server.ts';
import { pageMatcher } from './page-matcher.ts';
import { stylesheetsOf } from './refusal-page.server.tsx';

export interface Serving {
  /** The build of this very module; a function under the development server, which builds anew after a change. */
  build: ServerBuild | (() => Promise<ServerBuild>);
  /** The folder of the browser's files. */
  clientDirectory: string;
  development: RequestHandler | undefined;
}

/** Listens until the process is told to end; then drains and closes. @throws ConfigurationError, or when the port is taken */
export async function serveSite({ build, clientDirectory, development }: Serving): Promise<void> {
  const log = logger('web');
  const { host, port, publicOrigin, trustedProxies } = config();
  // A missing key or a wrong limit stops the start, not the first sign-in (S73).
  for (const purpose of ['session', 'secret', 'pepper'] as const) keyRing(purpose);
  limits();
  connectDatabase();
  const built = typeof build === 'function' ? await build() : build;
  let stopping = false;
  const app = expressSite({
    answer: createRequestHandler(build, development === undefined ? 'production' : 'development'),
    isPage: pageMatcher(built.routes),
    stylesheets: stylesheetsOf(built),
    clientDirectory,
    development,
    publicOrigin,
    trustedProxies,
    isStopping: () => stopping,
  });
  const server = httpServer(app);
  // S76: told, and the process goes on: one request's slip is not everybody's.
  process.on('unhandledRejection', (error) => log.error({ err: error }, 'unhandled rejection'));
  server.listen(port, host);
  await once(server, 'listening');
  log.info({ origin: publicOrigin }, 'listening');
  const signal = await Promise.race([once(process, 'SIGTERM'), once(process, 'SIGINT')]);
  stopping = true;
  log.info({ signal: String(signal[0]) }, 'draining');
  await drain(server);
  await closeDatabase();
}
