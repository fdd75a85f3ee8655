/** 申込結果 and 確認結果 as badges; the customer's words. */
import type { Confirmation, Intake } from '../../domain/flows/application.ts';
import { confirmationLabels, intakeLabels } from '../texts/application.ts';
import { Badge, type Tone } from './page.tsx';

const INTAKE_TONES: Record<Intake, Tone> = { received: 'neutral', accepted: 'info', failed: 'error' };
const CONFIRMATION_TONES: Record<Confirmation, Tone> = { arranged: 'success', unable: 'error' };

export function IntakeBadge({ intake }: { intake: Intake }) {
  return <Badge tone={INTAKE_TONES[intake]}>{intakeLabels[intake]}</Badge>;
}

/** Nothing while 確認結果 is empty. */
export function ConfirmationBadge({ confirmation }: { confirmation: Confirmation | null }) {
  if (confirmation === null) return null;
  return <Badge tone={CONFIRMATION_TONES[confirmation]}>{confirmationLabels[confirmation]}</Badge>;
}
