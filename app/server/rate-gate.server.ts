/** Requests of browsers that are not signed in are counted per client address: an office may share one (S56). */
import { countRequest } from '../../db/stores/throttle.ts';
import { Refusal } from './refusal.ts';
import { step } from './step.ts';

/** @throws Refusal 429 with the seconds to wait */
export const rateGate = step(async (_request, response) => {
  const { browser, ip } = response.locals;
  const session = browser.context.member ?? browser.context.staff;
  if (session?.stage === 'full') return;
  const wait = await countRequest(ip);
  if (wait !== undefined) throw new Refusal(429, wait);
});
