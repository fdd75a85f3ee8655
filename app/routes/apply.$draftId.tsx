/** 見積・注文, 入力: the order form. Every button saves the draft and leads to a page that can be reloaded (Post/Redirect/Get). */
import { data, redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import type { DraftForm } from '../../domain/application/content.ts';
import { jstDate } from '../../domain/jst.ts';
import { findApplicationOfDraft } from '../../db/stores/applications.ts';
import { readDraft, saveDraft } from '../../db/stores/drafts.ts';
import { dropKeptInput } from '../../db/stores/kept-inputs.ts';
import { limits } from '../../runtime/limits.ts';
import { requireMember } from '../auth/guards.server.ts';
import { ApplyForm } from '../components/apply-form.tsx';
import { ApplySteps } from '../components/apply-steps.tsx';
import { ErrorSummary } from '../components/error-summary.tsx';
import { titled } from '../components/page-title.ts';
import { ButtonLink, Callout, Page } from '../components/page.tsx';
import { SentAlreadyBoundary } from '../components/sent-already-boundary.tsx';
import { formAfter, readApplyAct, type ApplyAct } from '../forms/apply-act.server.ts';
import { judgeApplyForm, resolveProducts } from '../forms/apply.server.ts';
import { searchCatalogue } from '../forms/catalogue.server.ts';
import { readDraftForm } from '../forms/draft-form.server.ts';
import { prefilledForm, readKeptForm, wordFaults } from '../forms/draft-page.server.ts';
import { addressFields, postedFields } from '../forms/posted.server.ts';
import { rowIdOf } from '../forms/row-id.server.ts';
import { answerForSentDraft } from '../forms/sent-draft.server.ts';
import { applyTexts } from '../texts/apply.ts';

export async function loader({ context, request, params }: LoaderFunctionArgs) {
  const member = requireMember({ context, request });
  const draftId = rowIdOf(params['draftId']);
  if ((await findApplicationOfDraft(member.memberId, draftId)) !== undefined) throw redirect(`/apply/${draftId}/done`);
  const address = addressFields(request);
  const kept = await readKeptForm(member.memberId, new URL(request.url).pathname);
  const form = kept ?? (await readDraft(member.memberId, draftId)) ?? (await prefilledForm(member));
  const products = await resolveProducts(form);
  const now = new Date();
  return {
    draftId,
    form,
    productNames: form.items.map((item) => products.get(item.productCode)?.name),
    search: await searchFor(form, address.get('search')),
    errors: address.has('check') ? await errorsIn(form, now) : [],
    saved: address.has('saved'),
    restored: kept !== undefined,
    today: jstDate(now),
    mostItems: limits().itemsPerApplication,
  };
}

/** What 「検索」 of a row finds. @param row from the address, ignored where it names none */
async function searchFor(form: DraftForm, row: string | undefined) {
  const item = row === undefined ? undefined : form.items[Number(row)];
  return item === undefined ? undefined : { row: Number(row), result: await searchCatalogue(item.productCode) };
}

async function errorsIn(form: DraftForm, now: Date) {
  const judged = await judgeApplyForm(form, now);
  return judged.ok ? [] : wordFaults(judged.faults);
}

export async function action({ context, request, params }: ActionFunctionArgs) {
  const member = requireMember({ context, request });
  const draftId = rowIdOf(params['draftId']);
  const fields = await postedFields(request);
  const asked = readApplyAct(fields.get('intent') ?? '');
  const form = formAfter(readDraftForm(fields), asked);
  if (!(await saveDraft(member.memberId, draftId, form))) throw await answerForSentDraft(member, draftId, form);
  await dropKeptInput(member.memberId, new URL(request.url).pathname);
  const errors = asked.act === 'confirm' ? await errorsIn(form, new Date()) : [];
  if (errors.length > 0) return data({ errors }, { status: 422 });
  return redirect(`/apply/${draftId}${wayOn(asked, form)}`, 303);
}

function wayOn(asked: ApplyAct, form: DraftForm): string {
  switch (asked.act) {
    case 'save':
      return '?saved=1';
    case 'confirm':
      return '/confirm';
    case 'add-row':
      return `#items[${form.items.length - 1}].productCode`;
    case 'remove-row':
      return '#add-row';
    case 'search':
      return `?search=${asked.row}#items[${asked.row}].productCode`;
    case 'choose':
      return `#items[${asked.row}].productCode`;
  }
}

export const meta = titled(applyTexts.input.title);

const texts = applyTexts.input;

export default function ApplyInputPage() {
  const loaded = useLoaderData<typeof loader>();
  const errors = useActionData<typeof action>()?.errors ?? loaded.errors;
  return (
    <Page title={texts.title} lead={texts.lead}>
      <ApplySteps current="input" />
      <ErrorSummary errors={errors} />
      {loaded.restored ? <Callout tone="info" title={texts.restored} /> : null}
      {loaded.saved ? <Callout tone="success" title={texts.saved} /> : null}
      <ApplyForm key={loaded.draftId} {...loaded} errors={errors} />
      <ButtonLink variant="text" to="/apply">
        {texts.backToList}
      </ButtonLink>
    </Page>
  );
}

export { SentAlreadyBoundary as ErrorBoundary };
