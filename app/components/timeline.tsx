/** Every step of an application with its time, and what it waits for now. */
import { applicationTexts } from '../texts/application.ts';

export interface TimelineStep {
  /** Formatted, JST. */
  at: string;
  text: string;
}

export function Timeline({ steps, next }: { steps: TimelineStep[]; next: string }) {
  return (
    <>
      <ol className="space-y-4 border-s-4 border-key-200 ps-5">
        {steps.map(({ at, text }) => (
          <li key={`${at} ${text}`}>
            <p className="text-sm text-solid-gray-700">{at}</p>
            <p className="font-bold">{text}</p>
          </li>
        ))}
      </ol>
      <p className="mt-5 rounded-8 bg-solid-gray-50 p-4">
        <span className="font-bold">{applicationTexts.next}</span>
        <br />
        {next}
      </p>
    </>
  );
}
