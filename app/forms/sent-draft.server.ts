/** The answer to a form whose draft was sent before: one draft is one application for ever (S85). */
import { randomUUID } from 'node:crypto';
import { redirect } from '@remix-run/node';
import type { DraftForm } from '../../domain/application/content.ts';
import { differences } from '../../domain/application/differences.ts';
import { fieldsOf, formOfContent } from '../../domain/application/draft-form.ts';
import { jstMinute } from '../../domain/jst.ts';
import { findApplicationOfDraft, readApplication } from '../../db/stores/applications.ts';
import type { MemberSession } from '../../db/stores/sessions.ts';
import type { SentAlreadyView } from '../components/sent-already.tsx';
import { fieldLabel } from '../texts/application.ts';
import { judgeApplyForm } from './apply.server.ts';

/**
 * The same content leads to the same receipt; another one to a page with the receipt, the differences and the ways on (409).
 * @throws Error when the draft was not sent
 */
export async function answerForSentDraft(
  member: Pick<MemberSession, 'memberId' | 'accountId'>,
  draftId: string,
  form: DraftForm,
): Promise<Response> {
  const application = await findApplicationOfDraft(member.memberId, draftId);
  const sent = application && (await readApplication(member.accountId, application));
  if (sent === undefined) throw new Error('this draft was not sent');
  // Tidied where that is possible, so that 'ＤＳＸ2-8000' is no difference to DSX2-8000.
  const judged = await judgeApplyForm(form, sent.appliedAt);
  const differing = differences(formOfContent(sent.content), judged.ok ? formOfContent(judged.content) : form);
  const receipt = `/apply/${draftId}/done`;
  if (differing.length === 0) return redirect(receipt, 303);
  const view: SentAlreadyView = {
    receipt,
    applicationNumber: sent.applicationNumber,
    appliedAt: jstMinute(sent.appliedAt),
    intake: sent.intake,
    differences: differing.map((difference) => ({ ...difference, label: fieldLabel(difference.field) })),
    fields: fieldsOf(form),
    anotherAction: `/apply/${randomUUID()}`,
  };
  return Response.json(view, { status: 409 });
}
