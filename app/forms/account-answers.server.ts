/** What the buttons of 「お客様情報設定」 answer: a redirect that says what was done, or the page again with what was typed (422). */
import { data, redirect } from '@remix-run/node';
import { cancelEmailChange, mailEmailChangeAgain, requestEmailChange } from '../../db/stores/email-change.ts';
import { dropKeptInput } from '../../db/stores/kept-inputs.ts';
import { cancelMfaCode } from '../../db/stores/mfa.ts';
import { cancelOwnReset, mailOwnResetAgain } from '../../db/stores/own-procedures.ts';
import { endOwnSessions } from '../../db/stores/own-sessions.ts';
import { changeRegistration, type RegistrationChanged } from '../../db/stores/registration.ts';
import type { MemberSession } from '../../db/stores/sessions.ts';
import { passwordForHashing } from '../../db/stores/sign-in.ts';
import type { Visit } from '../../db/stores/visit.ts';
import { jstMinute } from '../../domain/jst.ts';
import { judgeUserName } from '../../domain/user-name.ts';
import { memberSessions } from '../auth/browser-sessions.server.ts';
import type { FieldError } from '../components/error-summary.tsx';
import { SESSION_FIELDS } from '../components/own-sessions.tsx';
import { REGISTRATION_FIELDS } from '../components/registration-form.tsx';
import {
  accountFaults,
  accountRefusals,
  codeLockedLines,
  resetMailLines,
  type accountNotices,
} from '../texts/account.ts';
import { userNameFaults } from '../texts/user-name.ts';
import type { AccountAct, TypedRegistration } from './account-act.server.ts';

export const ACCOUNT_PAGE = '/account';

type Act<Name extends AccountAct['act']> = Extract<AccountAct, { act: Name }>;

interface Refused {
  errors: FieldError[];
  /** Where no field is to blame. */
  notice: string[];
  typed: TypedRegistration | undefined;
  /** From when on an address change may be asked for again. */
  emailChangeAgainAt: string | undefined;
}

const refuse = (refused: Partial<Refused>) =>
  data({ errors: [], notice: [], typed: undefined, emailChangeAgainAt: undefined, ...refused }, { status: 422 });

const goOn = (done: keyof typeof accountNotices, headers: HeadersInit = {}) =>
  redirect(`${ACCOUNT_PAGE}?${new URLSearchParams({ done }).toString()}`, { status: 303, headers });

/** 「登録情報変更」. */
export async function answerRegistration(
  member: MemberSession,
  { typed, currentPassword }: Act<'change-registration'>,
  visit: Visit,
) {
  const name = judgeUserName(typed.userName);
  if (!name.ok)
    return refuse({ typed, errors: [{ field: REGISTRATION_FIELDS.userName, message: userNameFaults[name.reason] }] });
  const wanted = { userName: name.value, mfa: typed.mfa };
  const outcome = await changeRegistration(member, wanted, passwordForHashing(currentPassword), visit);
  if (outcome.ok) return registrationDone(member, outcome.value);
  switch (outcome.reason) {
    case 'current-password-wrong': {
      const message = currentPassword === '' ? accountFaults['password-missing'] : accountRefusals[outcome.reason];
      return refuse({ typed, errors: [{ field: REGISTRATION_FIELDS.currentPassword, message }] });
    }
    case 'has-to-wait':
      return refuse({ typed, notice: [accountRefusals[outcome.reason]] });
    case 'mfa-required':
      return refuse({ typed, notice: [accountFaults[outcome.reason]] });
    case 'code-locked':
      return refuse({ typed, notice: codeLockedLines(jstMinute(outcome.until ?? new Date())) });
  }
}

async function registrationDone(member: MemberSession, { changed, codeMailed, secret }: RegistrationChanged) {
  await dropKeptInput(member.memberId, ACCOUNT_PAGE);
  if (codeMailed) return redirect(`${ACCOUNT_PAGE}/mfa`, 303);
  if (secret === undefined) return goOn(changed ? 'registration' : 'unchanged');
  return goOn('mfa-off', { 'Set-Cookie': await memberSessions().remember(secret) });
}

/** 「ログアウトさせる」. */
export async function answerEndSessions(
  member: MemberSession,
  { which, currentPassword }: Act<'end-sessions'>,
  visit: Visit,
) {
  const field = SESSION_FIELDS.currentPassword;
  const errors: FieldError[] = [];
  if (which === undefined) errors.push({ field: SESSION_FIELDS.which, message: accountFaults['browser-missing'] });
  if (currentPassword === '') errors.push({ field, message: accountFaults['password-missing'] });
  if (which === undefined || currentPassword === '') return refuse({ errors });
  const outcome = await endOwnSessions(member, which, passwordForHashing(currentPassword), visit);
  if (outcome.ok) return goOn('signed-out');
  const message = accountRefusals[outcome.reason];
  return outcome.reason === 'has-to-wait' ? refuse({ notice: [message] }) : refuse({ errors: [{ field, message }] });
}

/** 「メールアドレス変更依頼」, and what can be done about one that waits. */
export async function answerEmailChange(
  member: MemberSession,
  { act }: Act<'request-email-change' | 'mail-email-change-again' | 'cancel-email-change'>,
  visit: Visit,
) {
  switch (act) {
    case 'request-email-change': {
      const outcome = await requestEmailChange(member, visit);
      return outcome.ok ? redirect('/email-change/requested', 303) : tooManyMails(outcome.until);
    }
    case 'mail-email-change-again': {
      const outcome = await mailEmailChangeAgain(member, visit);
      if (outcome.ok) return goOn('mailed');
      return outcome.reason === 'too-many' ? tooManyMails(outcome.until) : goOn('not-open');
    }
    case 'cancel-email-change':
      return goOn((await cancelEmailChange(member, visit)).ok ? 'cancelled' : 'not-open');
  }
}

const tooManyMails = (until: Date | undefined) => refuse({ emailChangeAgainAt: jstMinute(until ?? new Date()) });

/** 「メールを再送する」 and 「このお手続きを取り消す」 of a reset. */
export async function answerReset(
  member: MemberSession,
  { act, procedureId }: Act<'mail-reset-again' | 'cancel-reset'>,
  visit: Visit,
) {
  if (act === 'cancel-reset')
    return goOn((await cancelOwnReset(member, procedureId, visit)) ? 'cancelled' : 'not-open');
  const outcome = await mailOwnResetAgain(member, procedureId, visit);
  if (outcome.ok) return goOn('mailed');
  if (outcome.reason === 'nothing-open') return goOn('not-open');
  return refuse({ notice: resetMailLines(jstMinute(outcome.until ?? new Date())) });
}

/** 「このお手続きを取り消す」 of the code that turns 多要素認証 on. */
export async function answerCancelMfa(member: MemberSession, visit: Visit) {
  return goOn((await cancelMfaCode(member, visit)) ? 'cancelled' : 'not-open');
}
