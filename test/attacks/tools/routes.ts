/** The routes of the build itself: a new route is attacked without anybody adding it here. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { dataPathFor } from './single-fetch.ts';

export interface SiteRoute {
  /** Remix's name, as `_routes` and `_data` take it. */
  id: string;
  /** With parameters, `/account/applications/:applicationNumber`. */
  pattern: string;
  /** The names of its parameters; `*` for the rest of a path. */
  parameters: string[];
  index: boolean;
  hasLoader: boolean;
  hasAction: boolean;
  /** A route without one answers with data alone. */
  hasPage: boolean;
}

interface BuiltRoute {
  id: string;
  parentId?: string;
  path?: string;
  index?: boolean;
  loader: boolean;
  action: boolean;
  page: boolean;
}

// The build is loaded by a process of its own: its modules must not mix with those of the tests.
const READ_ROUTES = `
  const { routes } = await import(process.argv[1]);
  const told = Object.values(routes).map(({ id, parentId, path, index, module }) => ({ id, parentId, path, index,
    loader: 'loader' in module, action: 'action' in module, page: 'default' in module }));
  process.stdout.write(JSON.stringify(told), () => process.exit(0));
`;

/** @param build the folder with `server/index.js` */
export async function readRoutes(build: string, env: NodeJS.ProcessEnv): Promise<SiteRoute[]> {
  const entry = pathToFileURL(join(build, 'server', 'index.js')).href;
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--input-type=module', '--eval', READ_ROUTES, '--', entry],
    { env, cwd: join(build, '..') },
  );
  const built = JSON.parse(stdout) as BuiltRoute[];
  const byId = new Map(built.map((route) => [route.id, route]));
  return built.map((route) => {
    const pattern = patternOf(route, byId);
    return {
      id: route.id,
      pattern: pattern === '' ? '/' : pattern,
      parameters: [...pattern.matchAll(/:(\w+)\??|(\*)/g)].map(([, name, rest]) => name ?? rest ?? ''),
      index: route.index === true,
      hasLoader: route.loader,
      hasAction: route.action,
      hasPage: route.page,
    };
  });
}

function patternOf(route: BuiltRoute | undefined, byId: Map<string, BuiltRoute>): string {
  if (route === undefined) return '';
  const parent = route.parentId === undefined ? '' : patternOf(byId.get(route.parentId), byId);
  return route.path === undefined || route.path === '' ? parent : `${parent}/${route.path}`;
}

/** A path of the route, its parameters filled in. Optional segments are taken as given. */
export function pathOf(route: SiteRoute, values: Record<string, string>): string {
  return route.pattern.replaceAll(/:(\w+)\??|(\*)/g, (_, name: string | undefined, rest: string | undefined) => {
    const value = values[name ?? rest ?? ''];
    if (value === undefined) throw new Error(`${route.id}: tools/ids.ts doesn't know what stands for :${name ?? '*'}`);
    return encodeURIComponent(value);
  });
}

/** Where a form for this very route is posted: an index route is told from its parent. */
export const actionPathOf = (route: SiteRoute, path: string): string =>
  route.index && path !== '/' ? `${path}?index` : path;

/** A page's path, its data, its data narrowed to this route, and the older protocol that Remix still knows. */
export function waysTo(route: SiteRoute, path: string): string[] {
  const [page = '/', query] = path.split('?');
  const given = query === undefined ? '' : `?${query}`;
  const id = encodeURIComponent(route.id);
  const more = (name: string) => `${given === '' ? '?' : `${given}&`}${name}=${id}`;
  const data = dataPathFor(page);
  return [page + given, data + given, data + more('_routes'), page + more('_data')];
}
