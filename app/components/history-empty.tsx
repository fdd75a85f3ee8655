/** An empty 「申込履歴」: what to do next. */
import { historyTexts } from '../texts/history.ts';
import { ButtonLink, Card } from './page.tsx';

export function HistoryEmpty({ filtered }: { filtered: boolean }) {
  return (
    <Card title={filtered ? historyTexts.emptyFiltered : historyTexts.empty}>
      <p className="mb-5">{filtered ? historyTexts.emptyFilteredNext : historyTexts.emptyNext}</p>
      {filtered ? (
        <ButtonLink to="?">{historyTexts.reset}</ButtonLink>
      ) : (
        <ButtonLink to="/apply">{historyTexts.toApply}</ButtonLink>
      )}
    </Card>
  );
}
