/** The other half of the faults. */
import { breakSite } from './two-sites.ts';

breakSite(1);
