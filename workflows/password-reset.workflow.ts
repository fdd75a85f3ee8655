/**
 * パスワード再設定: from a typed login ID and address to a new password.
 *
 * Begun by 「パスワードをお忘れの方はこちら」, by the link of a ログイン通知メール and by staff (row and outbox line in one transaction, started by the relay).
 * First it looks up what was typed: the page must not know (S03). Then it waits for the mailed link, at most an hour.
 * Ends completed, expired or cancelled; or at once, where there is nobody or an earlier link is still valid. Nothing for an operator to do.
 */
import { proxyActivities } from '@temporalio/workflow';
import type { ProcedureActivities } from '../activities/procedure.activities.ts';
import { passwordResetTable, type PasswordResetState } from '../domain/flows/password-reset.ts';
import { passwordResetWaitsFor } from '../domain/flows/waits-for.ts';
import { waitingAdvice } from '../domain/wording/operator.ts';
import { passwordResetWaits } from '../domain/wording/waits.ts';
import { ownDatabase } from './activity-profiles.ts';
import { followRow } from './follow-row.ts';
import { calledOff, getState, passwordSet, type PasswordResetInput } from './password-reset.contract.ts';

const store = proxyActivities<ProcedureActivities>(ownDatabase);

export async function passwordReset({ procedureId }: PasswordResetInput): Promise<PasswordResetState> {
  return followRow({
    table: passwordResetTable,
    waitsFor: passwordResetWaitsFor,
    waits: passwordResetWaits,
    advice: waitingAdvice,
    getState,
    facts: [passwordSet, calledOff],
    timer: 'until the link expires',
    read: () => store.readPasswordResetStanding(procedureId),
    comeDue: () => store.moveResetOn(procedureId),
  });
}
