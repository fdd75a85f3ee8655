/** The only door to holidays: Japanese ones from the bundled table, the company's own from ours. */
import holidays from '@holiday-jp/holiday_jp';
import { rows } from '../raw.ts';

/** All days from `from` to `to` (`YYYY-MM-DD`, JST) that are no business days for another reason than the weekend. */
export async function readHolidays(from: string, to: string): Promise<string[]> {
  const own = await rows<{ day: string }>(`select day::text as day from company_holidays where day between $1 and $2`, [
    from,
    to,
  ]);
  const national = holidays.between(new Date(`${from}T00:00:00Z`), new Date(`${to}T00:00:00Z`));
  return [
    ...new Set([...own.map(({ day }) => day), ...national.map(({ date }) => date.toISOString().slice(0, 10))]),
  ].sort();
}
