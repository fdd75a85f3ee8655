/** The document's two legends below the list. */
import { historyTexts } from '../texts/history.ts';

const legends = [
  { title: historyTexts.intakeLegend, lines: historyTexts.intakeLegendText },
  { title: historyTexts.confirmationLegend, lines: historyTexts.confirmationLegendText },
];

export function HistoryLegends() {
  return (
    <div className="space-y-5 text-sm leading-170 text-solid-gray-800">
      {legends.map(({ title, lines }) => (
        <section key={title}>
          <h2 className="font-bold">{title}</h2>
          {lines.map((line) => (
            <p key={line}>{line}</p>
          ))}
        </section>
      ))}
    </div>
  );
}
