/** レンタル期間: first and last day, and how many days that is. */
import { useState } from 'react';
import { parseDate, rentalDays } from '../../domain/application/rental-period.ts';
import { applicationTexts, itemLabels } from '../texts/application.ts';
import { applyTexts } from '../texts/apply.ts';
import { TextField } from './fields.tsx';

type DateField = 'startsOn' | 'endsOn';

interface PeriodFieldsProps {
  /** What the names begin with, `items[0].`. */
  prefix: string;
  typed: Record<DateField, string>;
  /** Today in JST: no rental begins earlier. */
  today: string;
  errorsOf: (name: string) => string[] | undefined;
}

export function PeriodFields({ prefix, typed, today, errorsOf }: PeriodFieldsProps) {
  const [dates, setDates] = useState(typed);
  const field = (name: DateField, min: string) => (
    <TextField
      type="date"
      label={itemLabels[name]}
      name={prefix + name}
      defaultValue={typed[name]}
      min={min}
      errors={errorsOf(prefix + name)}
      required
      onChange={(event) => setDates({ ...dates, [name]: event.target.value })}
    />
  );
  const days = daysOf(dates);
  return (
    <div>
      <div className="grid gap-5 sm:grid-cols-2">
        {field('startsOn', today)}
        {field('endsOn', dates.startsOn > today ? dates.startsOn : today)}
      </div>
      <p className="mt-3">
        {applicationTexts.period}{' '}
        <output className="text-lg font-bold text-key-1000">
          {days === undefined ? '' : applicationTexts.days(days)}
        </output>
        <span className="ms-2 text-sm text-solid-gray-700">{applyTexts.input.periodHint}</span>
      </p>
    </div>
  );
}

function daysOf({ startsOn, endsOn }: Record<DateField, string>): number | undefined {
  if (parseDate(startsOn) === undefined || parseDate(endsOn) === undefined || endsOn < startsOn) return undefined;
  return rentalDays(startsOn, endsOn);
}
