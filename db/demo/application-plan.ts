/** Which demo applications there are: who applied, when, for what, and how it ended. Pure, so that it reads as a table. */
import type { ApplicationItem } from '../../domain/application/content.ts';
import type { ApplicationState } from '../../domain/flows/application.ts';
import { Temporal } from 'temporal-polyfill';

export interface PlannedApplication {
  /** Index of the account's member who applied. */
  member: number;
  state: Exclude<ApplicationState, 'received'>;
  /** 申込日時, an instant in business hours. */
  appliedAt: Date;
  /** First and last day of the レンタル期間. */
  period: Pick<ApplicationItem, 'startsOn' | 'endsOn'>;
  items: { code: string; quantity: number }[];
  remarks: string;
}

// prettier-ignore
const BASKETS = [
  ['DSX2-8000', 'TBS-02'], ['OTDR-7200', 'OPM-35', 'OLS-60'], ['FSM-70', 'FC-8R'], ['SPA-9'], ['MX-10G'],
  ['OSC-500', 'DMM-65'], ['WLA-6E'], ['FSM-70R', 'HJS-02', 'TBS-02'], ['INS-1000', 'ERT-31', 'CLM-200'], ['THM-640'],
];
const DISCONTINUED = ['DTX-1800', 'OTDR-6000', 'FSM-50S'];
const TIMES = ['09:12', '10:05', '10:48', '11:31', '13:20', '14:02', '14:48', '15:37', '16:24'];
const REMARKS = ['', '', '午前中の受け取りを希望します。', '', '搬入は裏口からお願いします。'];

/** How each one stands, newest first. The newest wait for staff; the rest is answered. */
// prettier-ignore
export const firstCustomerStates: PlannedApplication['state'][] = [
  'accepted', 'accepted', 'failed', 'accepted', 'accepted', 'arranged', 'arranged', 'unable', 'arranged', 'arranged',
  'accepted', 'arranged', 'failed', 'arranged', 'arranged', 'arranged', 'unable', 'arranged', 'arranged', 'arranged',
  'arranged', 'failed', 'arranged', 'arranged', 'arranged', 'arranged', 'arranged',
];
export const secondCustomerStates: PlannedApplication['state'][] = ['accepted', 'arranged', 'failed', 'arranged'];

/** One application for each state, going back one to two a business day from the day before `today` (a JST date). */
export function planApplications(
  states: PlannedApplication['state'][],
  members: number,
  today: string,
): PlannedApplication[] {
  return states.map((state, index) => {
    const day = businessDayBefore(Temporal.PlainDate.from(today), 1 + Math.floor((index * 2) / 3));
    // The later of a day's two comes first in this list.
    const time = TIMES[(index % 3 === 1 ? 0 : 5) + (index % 4)] ?? '09:00';
    const startsOn = day.add({ days: 4 + ((index * 3) % 14) });
    const codes = BASKETS[index % BASKETS.length] ?? [];
    const wanted = state === 'failed' ? [DISCONTINUED[index % DISCONTINUED.length] ?? '', ...codes.slice(0, 1)] : codes;
    return {
      member: index % members,
      state,
      appliedAt: new Date(`${day.toString()}T${time}:${String(10 + index).padStart(2, '0')}+09:00`),
      period: { startsOn: startsOn.toString(), endsOn: startsOn.add({ days: 6 + ((index * 11) % 60) }).toString() },
      items: wanted.map((code, item) => ({ code, quantity: 1 + ((index + item) % 3) })),
      remarks: REMARKS[index % REMARKS.length] ?? '',
    };
  });
}

function businessDayBefore(today: Temporal.PlainDate, count: number): Temporal.PlainDate {
  let day = today;
  for (let left = count; left > 0;) {
    day = day.subtract({ days: 1 });
    if (day.dayOfWeek <= 5) left -= 1;
  }
  return day;
}
