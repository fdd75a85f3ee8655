/** 見積・注文, 確認: all that will be sent, and the button that sends it. */
import {
  data,
  redirect,
  type ActionFunctionArgs,
  type HeadersFunction,
  type LoaderFunctionArgs,
} from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { fieldsOf } from '../../domain/application/draft-form.ts';
import { awaitIntake } from '../../temporal/application.door.ts';
import { contentDigest, findApplicationOfDraft, submitApplication } from '../../db/stores/applications.ts';
import { readDraft, saveDraft } from '../../db/stores/drafts.ts';
import { dropKeptInput } from '../../db/stores/kept-inputs.ts';
import { countSubmission } from '../../db/stores/throttle.ts';
import { requireMember } from '../auth/guards.server.ts';
import { ApplicationContentCards } from '../components/application-content.tsx';
import { ApplySteps } from '../components/apply-steps.tsx';
import { HiddenFields } from '../components/hidden-fields.tsx';
import { titled } from '../components/page-title.ts';
import { Button, ButtonLink, Callout, Page } from '../components/page.tsx';
import { SentAlreadyBoundary } from '../components/sent-already-boundary.tsx';
import { SiteForm } from '../components/site-form.tsx';
import { judgeApplyForm } from '../forms/apply.server.ts';
import { readDraftForm } from '../forms/draft-form.server.ts';
import { postedFields } from '../forms/posted.server.ts';
import { rowIdOf } from '../forms/row-id.server.ts';
import { answerForSentDraft } from '../forms/sent-draft.server.ts';
import { itemsStartingSoon } from '../forms/starting-soon.server.ts';
import { applicationTexts } from '../texts/application.ts';
import { applyTexts } from '../texts/apply.ts';

export async function loader({ context, request, params }: LoaderFunctionArgs) {
  const member = requireMember({ context, request });
  const draftId = rowIdOf(params['draftId']);
  if ((await findApplicationOfDraft(member.memberId, draftId)) !== undefined) throw redirect(`/apply/${draftId}/done`);
  const form = await readDraft(member.memberId, draftId);
  if (form === undefined) throw redirect(`/apply/${draftId}`);
  const now = new Date();
  const judged = await judgeApplyForm(form, now);
  if (!judged.ok) throw redirect(`/apply/${draftId}?check=1`);
  return {
    draftId,
    content: judged.content,
    /** What is shown is what is sent: the button names this content. */
    digest: contentDigest(judged.content).toString('hex'),
    fields: fieldsOf(form),
    startingSoon: await itemsStartingSoon(judged.content.items, now),
  };
}

export async function action({ context, request, params }: ActionFunctionArgs) {
  const member = requireMember({ context, request });
  const draftId = rowIdOf(params['draftId']);
  const fields = await postedFields(request);
  const shown = fields.get('digest');
  const typed = readDraftForm(fields);
  const receipt = `/apply/${draftId}/done`;
  const sent = await findApplicationOfDraft(member.memberId, draftId);
  if (sent?.digest === shown) return redirect(receipt, 303);
  if (sent !== undefined) throw await answerForSentDraft(member, draftId, typed);
  const wait = await countSubmission(member.memberId);
  if (wait !== undefined) {
    // One of the clicks before may have sent it meanwhile.
    if ((await findApplicationOfDraft(member.memberId, draftId))?.digest === shown) return redirect(receipt, 303);
    return data({ wait }, { status: 429, headers: { 'Retry-After': String(wait) } });
  }
  const form = await currentForm(member.memberId, draftId, typed);
  const judged = await judgeApplyForm(form, new Date());
  if (!judged.ok) return redirect(`/apply/${draftId}?check=1`, 303);
  if (contentDigest(judged.content).toString('hex') !== shown) return data({ wait: undefined }, { status: 409 });
  const outcome = await submitApplication(member, draftId, judged.content, context.visit);
  if (!outcome.ok) throw await answerForSentDraft(member, draftId, typed);
  await dropKeptInput(member.memberId, new URL(request.url).pathname);
  await awaitIntake(outcome.value.id);
  return redirect(receipt, 303);
}

/** The draft as it stands, perhaps changed in another tab; the posted form becomes it where there is none any more. */
async function currentForm(memberId: string, draftId: string, typed: ReturnType<typeof readDraftForm>) {
  const draft = await readDraft(memberId, draftId);
  if (draft === undefined) await saveDraft(memberId, draftId, typed);
  return draft ?? typed;
}

/** Retry-After. */
export const headers: HeadersFunction = ({ actionHeaders }) => actionHeaders;

export const meta = titled(applyTexts.confirm.title);

const texts = applyTexts.confirm;

export default function ApplyConfirmPage() {
  const { draftId, content, digest, fields, startingSoon } = useLoaderData<typeof loader>();
  return (
    <Page title={texts.title} lead={texts.lead}>
      <ApplySteps current="confirm" />
      <Answer />
      {startingSoon.length === 0 ? null : (
        <Callout tone="warning" title={texts.startsSoonTitle}>
          <p>{texts.startsSoon(startingSoon.map((position) => applicationTexts.item(position)).join('、'))}</p>
        </Callout>
      )}
      <ApplicationContentCards content={content} />
      <SiteForm className="flex flex-col gap-4 sm:flex-row-reverse sm:justify-between">
        <HiddenFields fields={[...fields, ['digest', digest]]} />
        <Button className="sm:min-w-64">{texts.submit}</Button>
        <ButtonLink variant="secondary" to={`/apply/${draftId}`}>
          {texts.back}
        </ButtonLink>
      </SiteForm>
    </Page>
  );
}

/** Why the button didn't send it. */
function Answer() {
  const answer = useActionData<typeof action>();
  if (answer === undefined) return null;
  const [title, text] =
    answer.wait === undefined
      ? [texts.changedTitle, texts.changed]
      : [texts.throttledTitle, texts.throttled(answer.wait)];
  return (
    <div role="alert">
      <Callout tone="warning" title={title}>
        <p>{text}</p>
      </Callout>
    </div>
  );
}

export { SentAlreadyBoundary as ErrorBoundary };
