/** From page to page of a list. */
import { ButtonLink } from './page.tsx';
import { historyTexts } from '../texts/history.ts';

interface PagerProps {
  page: number;
  last: number;
  /** The address of another page of the same list. */
  hrefOf: (page: number) => string;
}

/** Nothing when all fits on one page. */
export function Pager({ page, last, hrefOf }: PagerProps) {
  if (last <= 1) return null;
  return (
    <nav aria-label={historyTexts.pages} className="flex flex-wrap items-center gap-4 print:hidden">
      {page > 1 ? (
        <ButtonLink variant="secondary" rel="prev" to={hrefOf(page - 1)}>
          {historyTexts.previous}
        </ButtonLink>
      ) : null}
      <p aria-current="page">{historyTexts.page(page, last)}</p>
      {page < last ? (
        <ButtonLink variant="secondary" rel="next" to={hrefOf(page + 1)}>
          {historyTexts.next}
        </ButtonLink>
      ) : null}
    </nav>
  );
}
