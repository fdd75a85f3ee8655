/** Labels and their values, side by side where there is room. */
import type { ReactNode } from 'react';

export interface Fact {
  label: string;
  value: ReactNode;
}

export function Facts({ facts }: { facts: Fact[] }) {
  return (
    <dl className="divide-y divide-solid-gray-200">
      {facts.map(({ label, value }) => (
        <div key={label} className="gap-x-6 py-3 first:pt-0 last:pb-0 sm:grid sm:grid-cols-[12rem_1fr]">
          <dt className="font-bold text-solid-gray-800">{label}</dt>
          <dd className="whitespace-pre-line">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
