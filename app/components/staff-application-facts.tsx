/** Who applied and how the application stands, for staff. */
import type { ApplicationKind } from '../../domain/application/kinds.ts';
import type { Confirmation, Intake } from '../../domain/flows/application.ts';
import { applicationTexts, kindLabels } from '../texts/application.ts';
import { staffApplicationTexts as texts } from '../texts/staff-applications.ts';
import { IntakeBadge } from './application-results.tsx';
import { Facts } from './facts.tsx';
import { Badge, Card } from './page.tsx';

interface StaffApplicationFactsProps {
  applicationNumber: string;
  appliedAt: string;
  kind: ApplicationKind;
  customerNumber: string;
  company: string;
  applicant: string;
  telephone: string;
  intake: Intake;
  refusal: string | undefined;
  orderNumber: string | null;
  confirmation: Confirmation | null;
  reason: string | null;
}

export function StaffApplicationFacts(application: StaffApplicationFactsProps) {
  const { refusal, reason, confirmation } = application;
  return (
    <>
      <Card title={applicationTexts.applicationNumber + ' ' + application.applicationNumber}>
        <Facts
          facts={[
            { label: applicationTexts.appliedAt, value: application.appliedAt },
            { label: applicationTexts.kind, value: kindLabels[application.kind] },
            { label: applicationTexts.intake, value: <IntakeBadge intake={application.intake} /> },
            ...(refusal === undefined ? [] : [{ label: texts.intakeReason, value: refusal }]),
            { label: applicationTexts.orderNumber, value: application.orderNumber ?? applicationTexts.notYet },
            { label: applicationTexts.confirmation, value: <StaffConfirmation confirmation={confirmation} /> },
            ...(reason === null ? [] : [{ label: texts.unableReason, value: reason }]),
          ]}
        />
      </Card>
      <Card title={texts.customer}>
        <Facts
          facts={[
            { label: texts.customerNumber, value: application.customerNumber },
            { label: texts.company, value: application.company },
            { label: texts.applicant, value: application.applicant },
            { label: texts.telephone, value: <a href={`tel:${application.telephone}`}>{application.telephone}</a> },
          ]}
        />
      </Card>
    </>
  );
}

function StaffConfirmation({ confirmation }: { confirmation: Confirmation | null }) {
  if (confirmation === null) return applicationTexts.notYet;
  return <Badge tone={confirmation === 'arranged' ? 'success' : 'error'}>{texts.confirmation[confirmation]}</Badge>;
}
