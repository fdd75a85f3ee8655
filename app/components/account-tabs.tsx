/** The tabs of 「お客様情報」. */
import { NavLink } from '@remix-run/react';
import { accountTexts } from '../texts/history.ts';

const tabs = [{ to: '/account/applications', label: accountTexts.applications }];

export function AccountTabs() {
  return (
    <nav aria-label={accountTexts.tabs} className="border-b border-solid-gray-300 bg-white print:hidden">
      <ul className="mx-auto flex max-w-6xl flex-wrap px-2 sm:px-4">
        {tabs.map(({ to, label }) => (
          <li key={to}>
            <NavLink
              to={to}
              className="inline-flex min-h-12 items-center border-b-4 border-transparent px-4 font-bold text-key-1000 hover:underline aria-[current=page]:border-key-900"
            >
              {label}
            </NavLink>
          </li>
        ))}
      </ul>
    </nav>
  );
}
