/** 入力 → 確認 → 完了: where one is. */
import { applyTexts } from '../texts/apply.ts';

const steps = ['input', 'confirm', 'done'] as const;
export type ApplyStep = (typeof steps)[number];

export function ApplySteps({ current }: { current: ApplyStep }) {
  return (
    <ol aria-label={applyTexts.stepsLabel} className="flex gap-2 print:hidden">
      {steps.map((step, index) => (
        <li
          key={step}
          aria-current={step === current ? 'step' : undefined}
          className="flex-1 border-t-8 border-solid-gray-300 pt-2 text-solid-gray-700 aria-[current=step]:border-key-900 aria-[current=step]:font-bold aria-[current=step]:text-key-1000"
        >
          {`${index + 1}. ${applyTexts.steps[step]}`}
        </li>
      ))}
    </ol>
  );
}
