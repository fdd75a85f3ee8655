/** The route table: one file in app/routes per page, by Remix's flat-routes names. */
import type { RouteConfig } from '@remix-run/route-config';
import { flatRoutes } from '@remix-run/fs-routes';

const routes: Promise<RouteConfig> = Promise.resolve(flatRoutes());

export default routes;
