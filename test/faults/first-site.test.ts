/** One half of the faults; the other breaks a second site at the same time. */
import { breakSite } from './two-sites.ts';

breakSite(0);
