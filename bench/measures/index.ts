/** Every measure, in the order in which `npm run bench` runs them. */
import type { Measure } from '../measure.ts';
import { applyPage } from './apply-page.ts';
import { history } from './history.ts';
import { orders } from './orders.ts';
import { signIns } from './sign-ins.ts';
import { start } from './start.ts';

export const measures: readonly Measure[] = [signIns, orders, start, history, applyPage];
