/** 見積・注文, 完了: the receipt of what a draft became. It can be looked at again for ever. */
import { redirect, type LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { applicationState } from '../../domain/flows/application.ts';
import { jstMinute } from '../../domain/jst.ts';
import { intakeRefusalWording } from '../../domain/wording/intake.ts';
import { findApplicationOfDraft, readApplication } from '../../db/stores/applications.ts';
import { requireMember } from '../auth/guards.server.ts';
import { ApplySteps } from '../components/apply-steps.tsx';
import { titled } from '../components/page-title.ts';
import { Page } from '../components/page.tsx';
import { Receipt } from '../components/receipt.tsx';
import { rowIdOf } from '../forms/row-id.server.ts';
import { applyTexts } from '../texts/apply.ts';

export async function loader({ context, request, params }: LoaderFunctionArgs) {
  const member = requireMember({ context, request });
  const draftId = rowIdOf(params['draftId']);
  const sent = await findApplicationOfDraft(member.memberId, draftId);
  const application = sent && (await readApplication(member.accountId, sent));
  if (application === undefined) throw redirect(`/apply/${draftId}`);
  const { applicationNumber, appliedAt, intake, intakeRefusal, orderNumber, confirmation } = application;
  return {
    applicationNumber,
    appliedAt: jstMinute(appliedAt),
    kind: application.kind,
    intake,
    state: applicationState(intake, confirmation),
    orderNumber,
    refusal: intakeRefusal === null ? undefined : intakeRefusalWording[intakeRefusal],
  };
}

export const meta = titled(applyTexts.done.title);

export default function ApplyDonePage() {
  const receipt = useLoaderData<typeof loader>();
  return (
    <Page title={applyTexts.done.title} lead={applyTexts.done.lead}>
      <ApplySteps current="done" />
      <Receipt {...receipt} />
    </Page>
  );
}
