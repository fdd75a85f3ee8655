/** The receipt of an application: its numbers, the result so far, what comes next. */
import type { ApplicationKind } from '../../domain/application/kinds.ts';
import type { ApplicationState, Intake } from '../../domain/flows/application.ts';
import { applicationTexts, kindLabels } from '../texts/application.ts';
import { applyTexts } from '../texts/apply.ts';
import { IntakeBadge } from './application-results.tsx';
import { Facts } from './facts.tsx';
import { ButtonLink, Callout, Card } from './page.tsx';
import { Refreshing } from './refreshing.tsx';

interface ReceiptProps {
  applicationNumber: string;
  appliedAt: string;
  kind: ApplicationKind;
  intake: Intake;
  state: ApplicationState;
  orderNumber: string | null;
  /** Why 受付失敗, in words. */
  refusal: string | undefined;
}

const texts = applyTexts.done;

export function Receipt({ applicationNumber, appliedAt, kind, intake, state, orderNumber, refusal }: ReceiptProps) {
  const facts = [
    { label: applicationTexts.applicationNumber, value: <Number>{applicationNumber}</Number> },
    { label: applicationTexts.intake, value: <IntakeBadge intake={intake} /> },
    ...(orderNumber === null ? [] : [{ label: applicationTexts.orderNumber, value: <Number>{orderNumber}</Number> }]),
    { label: applicationTexts.kind, value: kindLabels[kind] },
    { label: applicationTexts.appliedAt, value: appliedAt },
  ];
  return (
    <>
      <div role="status">
        <Result intake={intake} refusal={refusal} />
      </div>
      <Card>
        <Facts facts={facts} />
        <p className="mt-5 text-sm text-solid-gray-700">{texts.numberLead}</p>
      </Card>
      <Card title={texts.nextTitle}>
        <ul className="list-disc space-y-2 ps-6">
          {texts.next[state].map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      </Card>
      <div className="flex flex-wrap gap-4">
        <ButtonLink to={`/account/applications/${applicationNumber}`}>{texts.toDetail}</ButtonLink>
        <ButtonLink variant="secondary" to="/account/applications">
          {texts.toHistory}
        </ButtonLink>
        <ButtonLink variant="secondary" to="/apply">
          {texts.another}
        </ButtonLink>
      </div>
    </>
  );
}

function Number({ children }: { children: string }) {
  return <strong className="text-2xl leading-120 tracking-wide">{children}</strong>;
}

function Result({ intake, refusal }: Pick<ReceiptProps, 'intake' | 'refusal'>) {
  switch (intake) {
    case 'received':
      return (
        <Callout tone="info" title={texts.working}>
          <p>{texts.workingLate}</p>
          <p>
            <a href="?refresh=1" className="inline-flex min-h-8 items-center font-bold underline underline-offset-4">
              {texts.reload}
            </a>
          </p>
          <Refreshing />
        </Callout>
      );
    case 'accepted':
      return <Callout tone="success" title={texts.accepted} />;
    case 'failed':
      return (
        <Callout tone="error" title={texts.failed}>
          <p>{refusal}</p>
        </Callout>
      );
  }
}
