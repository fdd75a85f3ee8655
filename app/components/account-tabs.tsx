/** The tabs of 「お客様情報」. */
import { NavLink } from '@remix-run/react';
import { accountSettingsTexts } from '../texts/account.ts';
import { accountTexts } from '../texts/history.ts';
import { membersTexts } from '../texts/members.ts';

const tabs = [
  { to: '/account', label: accountSettingsTexts.title },
  { to: '/account/users', label: membersTexts.title },
  { to: '/account/applications', label: accountTexts.applications },
];

export function AccountTabs() {
  return (
    <nav aria-label={accountTexts.tabs} className="border-b border-solid-gray-300 bg-white print:hidden">
      <ul className="mx-auto flex max-w-6xl flex-wrap px-2 sm:px-4">
        {tabs.map(({ to, label }) => (
          <li key={to}>
            <NavLink
              to={to}
              end={to === '/account'}
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
