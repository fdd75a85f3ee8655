/** The one route. */
import { route, type RouteConfig } from '@remix-run/route-config';

const routes: RouteConfig = [route('apply/:draftId', 'routes/apply.$draftId.tsx')];

export default routes;
