/** Every state of every page, by the route's id in the build's manifest. A route without an entry fails `every-page.test.ts`. */
import { applyPages } from './apply-pages.ts';
import { errorPages } from './error-pages.ts';
import { historyPages } from './history-pages.ts';
import { openPages } from './open-pages.ts';
import type { PageState } from './page-state.ts';
import { resetPages } from './reset-pages.ts';
import { staffPages } from './staff-pages.ts';

export const pageStates: Record<string, PageState[]> = {
  ...openPages,
  ...resetPages,
  ...applyPages,
  ...historyPages,
  ...staffPages,
  ...errorPages,
};
