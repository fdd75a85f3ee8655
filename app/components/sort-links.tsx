/** ▲ ▼ of one column. */
import { Link } from '@remix-run/react';
import { historyTexts } from '../texts/history.ts';

export type Direction = 'up' | 'down';

interface SortLinksProps {
  label: string;
  /** Which way the list is sorted by this column now. */
  sorted: Direction | undefined;
  hrefOf: (direction: Direction) => string;
}

const ARROW =
  'inline-flex size-8 items-center justify-center rounded-4 text-solid-gray-700 no-underline hover:bg-key-100 ' +
  'aria-[current=true]:bg-key-900 aria-[current=true]:text-white';

export function SortLinks({ label, sorted, hrefOf }: SortLinksProps) {
  return (
    <span className="inline-flex whitespace-nowrap print:hidden">
      <Link
        to={hrefOf('up')}
        preventScrollReset
        aria-label={historyTexts.up(label)}
        aria-current={sorted === 'up' ? 'true' : undefined}
        className={ARROW}
      >
        ▲
      </Link>
      <Link
        to={hrefOf('down')}
        preventScrollReset
        aria-label={historyTexts.down(label)}
        aria-current={sorted === 'down' ? 'true' : undefined}
        className={ARROW}
      >
        ▼
      </Link>
    </span>
  );
}
