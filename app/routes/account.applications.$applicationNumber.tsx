/** One application of the 「申込履歴」: what was sent, by whom, its results, every step and what comes next. */
import type { LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { applicationNumberPattern } from '../../domain/application/numbers.ts';
import { applicationState } from '../../domain/flows/application.ts';
import { jstMinute } from '../../domain/jst.ts';
import { intakeRefusalWording } from '../../domain/wording/intake.ts';
import { applicationWaits } from '../../domain/wording/waits.ts';
import { readApplication } from '../../db/stores/applications.ts';
import { brand } from '../../runtime/brand.ts';
import { requireMember } from '../auth/guards.server.ts';
import { ApplicationContentCards } from '../components/application-content.tsx';
import { ApplicationProblem } from '../components/application-problem.tsx';
import { ConfirmationBadge, IntakeBadge } from '../components/application-results.tsx';
import { Facts } from '../components/facts.tsx';
import { titled } from '../components/page-title.ts';
import { ButtonLink, Card, Page } from '../components/page.tsx';
import { Refreshing } from '../components/refreshing.tsx';
import { Timeline } from '../components/timeline.tsx';
import { applicationTexts, eventLabels, kindLabels } from '../texts/application.ts';
import { applicationDetailTexts } from '../texts/history.ts';

export async function loader({ context, request, params }: LoaderFunctionArgs) {
  const member = requireMember({ context, request });
  const applicationNumber = params['applicationNumber'] ?? '';
  const known = applicationNumberPattern.test(applicationNumber);
  const application = known ? await readApplication(member.accountId, { applicationNumber }) : undefined;
  if (application === undefined) throw new Response(null, { status: 404 });
  const { kind, appliedAt, memberName, intake, intakeRefusal, orderNumber, confirmation } = application;
  return {
    applicationNumber,
    kind,
    appliedAt: jstMinute(appliedAt),
    applicant: memberName,
    intake,
    orderNumber,
    confirmation,
    refusal: intakeRefusal === null ? undefined : intakeRefusalWording[intakeRefusal],
    reason: application.confirmationReason,
    content: application.content,
    timeline: application.timeline.map(({ event, at }) => ({ at: jstMinute(at), text: eventLabels[event] })),
    next: applicationWaits[applicationState(intake, confirmation)],
    contact: { telephone: brand.telephone, hours: brand.telephoneHours },
  };
}

export const meta = titled(applicationDetailTexts.title);

export default function ApplicationPage() {
  const application = useLoaderData<typeof loader>();
  const { applicationNumber, kind, appliedAt, applicant, intake, orderNumber, confirmation } = application;
  return (
    <Page title={applicationDetailTexts.title}>
      <ApplicationProblem {...application} />
      <Card title={applicationDetailTexts.result}>
        <Facts
          facts={[
            { label: applicationTexts.applicationNumber, value: <strong>{applicationNumber}</strong> },
            { label: applicationTexts.appliedAt, value: appliedAt },
            { label: applicationTexts.kind, value: kindLabels[kind] },
            { label: applicationTexts.applicant, value: applicant },
            { label: applicationTexts.intake, value: <IntakeBadge intake={intake} /> },
            { label: applicationTexts.orderNumber, value: orderNumber ?? applicationTexts.notYet },
            {
              label: applicationTexts.confirmation,
              value:
                confirmation === null ? applicationTexts.notYet : <ConfirmationBadge confirmation={confirmation} />,
            },
          ]}
        />
      </Card>
      <Card title={applicationTexts.timeline}>
        <Timeline steps={application.timeline} next={application.next} />
        {intake === 'received' ? <Refreshing /> : null}
      </Card>
      <ApplicationContentCards content={application.content} />
      <ButtonLink variant="secondary" to="/account/applications">
        {applicationDetailTexts.back}
      </ButtonLink>
    </Page>
  );
}
