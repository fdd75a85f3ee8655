/**
 * The web process. Loads the site as built (`build/web.js` beside `build/server`) or, with WATCH=1, from its sources by the
 * development server, and lets it serve. Everything else is inside that build, so that there is one of every module (decision 0001).
 */
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { ServerBuild } from '@remix-run/node';
import { config } from '../runtime/config.ts';
import type { Serving, serveSite } from './server/serve.server.ts';

type SiteBuild = ServerBuild & { entry: { module: { serveSite: typeof serveSite } } };

const here = dirname(fileURLToPath(import.meta.url));

async function serveBuilt(): Promise<void> {
  const build = (await import(pathToFileURL(join(here, 'server', 'index.js')).href)) as SiteBuild;
  await serve(build, { build, clientDirectory: join(here, 'client'), development: undefined });
}

async function serveFromSources(): Promise<void> {
  const { createServer } = await import('vite');
  const vite = await createServer({ server: { middlewareMode: true } });
  const load = async () => (await vite.ssrLoadModule('virtual:remix/server-build')) as SiteBuild;
  await serve(await load(), {
    build: load,
    clientDirectory: join(here, '..', 'public'),
    development: vite.middlewares,
  });
  await vite.close();
}

const serve = (site: SiteBuild, serving: Serving): Promise<void> => site.entry.module.serveSite(serving);

try {
  await (config().watch ? serveFromSources() : serveBuilt());
} catch (error) {
  // A wrong setting is one line for whoever started this; anything else is a fault and shows where.
  const { name, message, stack } = error as Error;
  process.stderr.write(`${name === 'ConfigurationError' ? message : (stack ?? message)}\n`);
  process.exitCode = 1;
}
