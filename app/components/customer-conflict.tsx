/** Two staff persons changed one customer: what the other one changed, beside what was typed here. */
import type { AccountField } from '../../domain/account-data.ts';
import { accountLabels, customerEditTexts as texts } from '../texts/staff-customer-data.ts';
import { Facts } from './facts.tsx';
import { Card } from './page.tsx';

interface CustomerConflictProps {
  conflicts: readonly { field: AccountField; seen: string; current: string; typed: string }[];
}

export function CustomerConflict({ conflicts }: CustomerConflictProps) {
  return (
    <Card title={texts.conflictTitle}>
      <ul className="divide-y divide-solid-gray-300">
        {conflicts.map(({ field, seen, current, typed }) => (
          <li key={field} className="py-4 first:pt-0">
            <h3 className="mb-2 font-bold">{accountLabels[field]}</h3>
            <Facts
              facts={[
                { label: texts.seen, value: seen || texts.blank },
                { label: texts.current, value: current || texts.blank },
                { label: texts.typed, value: typed || texts.blank },
              ]}
            />
          </li>
        ))}
      </ul>
      <p className="mt-4 leading-175">{texts.merged}</p>
    </Card>
  );
}
