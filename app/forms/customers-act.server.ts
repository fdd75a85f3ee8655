/** The list of customers, as posted: what is done for all of them. */
import type { everyoneTexts } from '../texts/staff-customers.ts';

export type EveryoneAct = keyof typeof everyoneTexts.acts;

export type CustomersAct =
  { intent: 'mail-never-mailed' } | { intent: 'act-on-everyone'; act: EveryoneAct | undefined; confirmed: boolean };

/** Reads it. @throws Response 400 for what no form of the page posts */
export function readCustomersAct(fields: ReadonlyMap<string, string>): CustomersAct {
  const intent = fields.get('intent');
  if (intent === 'mail-never-mailed') return { intent };
  if (intent !== 'act-on-everyone') throw new Response(null, { status: 400 });
  const confirmed = fields.has('confirm');
  const act = fields.get('act');
  switch (act) {
    case undefined:
    case 'end-every-session':
    case 'require-every-password-change':
      return { intent, act, confirmed };
    default:
      throw new Response(null, { status: 400 });
  }
}
