/** Every state of every page, by the route's id in the build's manifest. A route without an entry fails `every-page.test.ts`. */
import { accountPages } from './account-pages.ts';
import { applyPages } from './apply-pages.ts';
import { emailChangePages } from './email-change-pages.ts';
import { errorPages } from './error-pages.ts';
import { historyPages } from './history-pages.ts';
import { membersPages } from './members-pages.ts';
import { openPages } from './open-pages.ts';
import type { PageState } from './page-state.ts';
import { resetPages } from './reset-pages.ts';
import { staffCustomerDataPages } from './staff-customer-data-pages.ts';
import { staffCustomerPages } from './staff-customer-pages.ts';
import { staffPages } from './staff-pages.ts';

export const pageStates: Record<string, PageState[]> = {
  ...openPages,
  ...resetPages,
  ...applyPages,
  ...accountPages,
  ...historyPages,
  ...membersPages,
  ...staffPages,
  ...staffCustomerPages,
  ...staffCustomerDataPages,
  ...emailChangePages,
  ...errorPages,
};
