/** Why an application came to nothing, and whom to ask. Nothing while it is well. */
import { applicationDetailTexts as texts } from '../texts/history.ts';
import { Callout } from './page.tsx';

interface ApplicationProblemProps {
  /** Why 受付失敗, in words. */
  refusal: string | undefined;
  /** Why staff couldn't arrange it, as they wrote it. */
  reason: string | null;
  contact: { telephone: string; hours: string };
}

export function ApplicationProblem({ refusal, reason, contact }: ApplicationProblemProps) {
  if (refusal === undefined && reason === null) return null;
  return (
    <Callout tone="error" title={refusal === undefined ? texts.unableTitle : texts.failedTitle}>
      <p className="whitespace-pre-line">{refusal ?? texts.unableReason(reason ?? '')}</p>
      <p>{texts.contact}</p>
      <p className="font-bold">{texts.telephone(contact.telephone, contact.hours)}</p>
    </Callout>
  );
}
