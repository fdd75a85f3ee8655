/** The band for someone who is signed in: where one can go, who one is, the way out. */
import { NavLink } from '@remix-run/react';
import { LogOut } from 'lucide-react';
import { frameTexts, type NavigationEntry } from '../texts/frame.ts';
import { SiteForm } from './site-form.tsx';

interface SignedInBandProps {
  navigation: readonly NavigationEntry[];
  /** Who is signed in, as one says it: company and user name, or a staff name. */
  who: readonly string[];
  signOutAction: string;
}

export function SignedInBand({ navigation, who, signOutAction }: SignedInBandProps) {
  return (
    <>
      <div className="flex w-full items-center justify-between gap-x-4 pt-1 pb-2 text-sm sm:w-auto sm:pb-1">
        <p>
          {who.map((words) => (
            <span key={words} className="me-1 inline-block">
              {words}
            </span>
          ))}
        </p>
        <SiteForm action={signOutAction} className="shrink-0 print:hidden">
          <button className="inline-flex min-h-11 cursor-pointer items-center gap-2 rounded-8 border border-white px-4 font-bold hover:bg-white hover:text-key-1100">
            <LogOut aria-hidden className="size-4" />
            {frameTexts.signOut}
          </button>
        </SiteForm>
      </div>
      {navigation.length === 0 ? null : (
        <nav aria-label={frameTexts.mainNavigation} className="w-full border-t border-key-800 print:hidden">
          <ul className="-mx-3 flex flex-wrap">
            {navigation.map(({ to, label }) => (
              <li key={to}>
                <NavLink
                  to={to}
                  className="inline-flex min-h-12 items-center border-b-4 border-transparent px-3 font-bold hover:underline aria-[current=page]:border-yellow-400"
                >
                  {label}
                </NavLink>
              </li>
            ))}
          </ul>
        </nav>
      )}
    </>
  );
}
