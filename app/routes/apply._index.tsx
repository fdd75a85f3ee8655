/** 「見積・注文」: a new order, or one of the saved drafts. */
import { randomUUID } from 'node:crypto';
import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { jstMinute } from '../../domain/jst.ts';
import { deleteDraft, listDrafts } from '../../db/stores/drafts.ts';
import { limits } from '../../runtime/limits.ts';
import { requireMember } from '../auth/guards.server.ts';
import { DraftList } from '../components/draft-list.tsx';
import { titled } from '../components/page-title.ts';
import { ButtonLink, Callout, Card, Page } from '../components/page.tsx';
import { addressFields, postedFields } from '../forms/posted.server.ts';
import { rowIdOf } from '../forms/row-id.server.ts';
import { applyTexts } from '../texts/apply.ts';

/** A fresh id stands in the link; the draft's row appears at its first save. */
export async function loader({ context, request }: LoaderFunctionArgs) {
  const member = requireMember({ context, request });
  const drafts = await listDrafts(member.memberId);
  return {
    freshDraftId: randomUUID(),
    draftDays: limits().draftDays,
    deleted: addressFields(request).has('deleted'),
    drafts: drafts.map(({ id, updatedAt, productCodes }) => ({ id, savedAt: jstMinute(updatedAt), productCodes })),
  };
}

/** 削除 of a draft. */
export async function action({ context, request }: ActionFunctionArgs) {
  const member = requireMember({ context, request });
  const fields = await postedFields(request);
  await deleteDraft(member.memberId, rowIdOf(fields.get('draftId')));
  return redirect('/apply?deleted=1', 303);
}

export const meta = titled(applyTexts.title);

const texts = applyTexts.list;

export default function ApplyPage() {
  const { freshDraftId, draftDays, deleted, drafts } = useLoaderData<typeof loader>();
  return (
    <Page title={applyTexts.title} lead={texts.lead}>
      {deleted ? <Callout tone="success" title={texts.deleted} /> : null}
      <Card title={texts.newTitle}>
        <p className="mb-5">{texts.newLead}</p>
        <ButtonLink to={`/apply/${freshDraftId}`}>{texts.newOrder}</ButtonLink>
      </Card>
      <Card title={texts.drafts}>
        <DraftList drafts={drafts} />
        <p className="mt-5 text-sm text-solid-gray-700">{texts.draftHint(draftDays)}</p>
      </Card>
    </Page>
  );
}
