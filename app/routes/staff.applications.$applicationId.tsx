/** Staff: one application, and the answer to it: 手配済 or 手配不可. */
import { setTimeout as pause } from 'node:timers/promises';
import { data, redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { applicationState } from '../../domain/flows/application.ts';
import { jstMinute } from '../../domain/jst.ts';
import { intakeRefusalWording } from '../../domain/wording/intake.ts';
import { applicationWaits } from '../../domain/wording/waits.ts';
import { readApplication } from '../../db/stores/applications.ts';
import { giveCommand, openCommandOn, readCommandState } from '../../db/stores/commands.ts';
import { limits } from '../../runtime/limits.ts';
import { requireStaff } from '../auth/guards.server.ts';
import { ApplicationContentCards } from '../components/application-content.tsx';
import { titled } from '../components/page-title.ts';
import { ButtonLink, Callout, Card, Page } from '../components/page.tsx';
import { StaffActs } from '../components/staff-acts.tsx';
import { StaffApplicationFacts } from '../components/staff-application-facts.tsx';
import { Timeline } from '../components/timeline.tsx';
import { readStaffAct } from '../forms/staff-act.server.ts';
import { addressFields, postedFields } from '../forms/posted.server.ts';
import { rowIdOf } from '../forms/row-id.server.ts';
import { applicationTexts, eventLabels } from '../texts/application.ts';
import { staffApplicationTexts as texts } from '../texts/staff-applications.ts';

export async function loader({ context, request, params }: LoaderFunctionArgs) {
  requireStaff({ context, request });
  const id = rowIdOf(params['applicationId']);
  const application = await readApplication(undefined, { id });
  if (application === undefined) throw new Response(null, { status: 404 });
  const { kind, appliedAt, intake, intakeRefusal, orderNumber, confirmation, content } = application;
  const state = applicationState(intake, confirmation);
  const open = await openCommandOn(id);
  return {
    facts: {
      applicationNumber: application.applicationNumber,
      appliedAt: jstMinute(appliedAt),
      kind,
      customerNumber: application.customerNumber,
      company: application.company,
      applicant: application.memberName,
      telephone: content.orderer.telephone,
      intake,
      refusal: intakeRefusal === null ? undefined : intakeRefusalWording[intakeRefusal],
      orderNumber,
      confirmation,
      reason: application.confirmationReason,
    },
    content,
    timeline: application.timeline.map(({ event, at }) => ({ at: jstMinute(at), text: eventLabels[event] })),
    next: applicationWaits[state],
    waiting: state === 'accepted',
    working: open === undefined ? undefined : { act: open.verb, name: open.staffName, at: jstMinute(open.givenAt) },
    answered: addressFields(request).has('answered') ? confirmation : null,
  };
}

export async function action({ context, request, params }: ActionFunctionArgs) {
  const staff = requireStaff({ context, request });
  const id = rowIdOf(params['applicationId']);
  const asked = readStaffAct(await postedFields(request));
  if (!asked.ok) return data({ reason: asked.typed, error: asked.error, refused: undefined }, { status: 422 });
  const outcome = await giveCommand(staff, id, asked.act, context.visit);
  if (outcome.ok) {
    await awaitCommand(outcome.value.commandId);
    return redirect(`/staff/applications/${id}?answered=1`, 303);
  }
  switch (outcome.reason) {
    case 'unknown-application':
      throw new Response(null, { status: 404 });
    case 'already-given':
    case 'not-waiting':
      return data({ reason: asked.typed, error: undefined, refused: outcome.reason }, { status: 409 });
  }
}

const POLL_MILLISECONDS = 100;

/** Waits until the flow has judged the act, at most `commandWaitMilliseconds`; then the page says 処理中. */
async function awaitCommand(commandId: string): Promise<void> {
  const deadline = performance.now() + limits().commandWaitMilliseconds;
  while ((await readCommandState(commandId)) === 'open' && performance.now() < deadline) await pause(POLL_MILLISECONDS);
}

export const meta = titled(texts.title);

export default function StaffApplicationPage() {
  const { facts, content, timeline, next, waiting, working, answered } = useLoaderData<typeof loader>();
  const refusal = useActionData<typeof action>();
  return (
    <Page title={texts.title}>
      {refusal?.refused === undefined ? null : (
        <div role="alert">
          <Callout tone="warning" title={texts.refused[refusal.refused]} />
        </div>
      )}
      {answered === null ? null : <Callout tone="success" title={texts.applied[answered]} />}
      <StaffApplicationFacts {...facts} />
      <StaffActs waiting={waiting} working={working} refused={refusal} />
      <Card title={applicationTexts.timeline}>
        <Timeline steps={timeline} next={next} />
      </Card>
      <ApplicationContentCards content={content} />
      <ButtonLink variant="secondary" to="/staff">
        {texts.back}
      </ButtonLink>
    </Page>
  );
}
