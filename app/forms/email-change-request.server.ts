/** What the button 「メールアドレス変更依頼」 on お客様情報設定 answers. */
import { data, redirect } from '@remix-run/node';
import { requestEmailChange } from '../../db/stores/email-change.ts';
import type { MemberSession } from '../../db/stores/sessions.ts';
import type { Visit } from '../../db/stores/visit.ts';
import { jstMinute } from '../../domain/jst.ts';

/** The value of the button named `intent`. */
export const REQUEST_EMAIL_CHANGE = 'request-email-change';

/** Leads to the page of the request, or says (422) from when on it may be asked again. */
export async function answerEmailChangeRequest(member: MemberSession, visit: Visit) {
  const outcome = await requestEmailChange(member, visit);
  if (outcome.ok) return redirect('/email-change/requested');
  const until = outcome.until === undefined ? '' : jstMinute(outcome.until);
  return data({ asked: REQUEST_EMAIL_CHANGE, until }, { status: 422 });
}
