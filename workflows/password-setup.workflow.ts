/**
 * パスワード設定: an added member sets password and user name by a mailed link.
 *
 * Begun by 「利用者追加」, by staff and by the import (row and outbox line in one transaction, started by the relay). Moved by the web, which alone
 * judges links against PostgreSQL, and by the clock: a reminder after 48 hours, the end after 72. Ends completed, expired or
 * cancelled; a later resend is a new flow. Nothing for an operator to do.
 */
import { proxyActivities } from '@temporalio/workflow';
import type { ProcedureActivities } from '../activities/procedure.activities.ts';
import { passwordSetupTable, type PasswordSetupState } from '../domain/flows/password-setup.ts';
import { passwordSetupWaitsFor } from '../domain/flows/waits-for.ts';
import { waitingAdvice } from '../domain/wording/operator.ts';
import { passwordSetupWaits } from '../domain/wording/waits.ts';
import { ownDatabase } from './activity-profiles.ts';
import { followRow } from './follow-row.ts';
import { calledOff, getState, passwordSet, type PasswordSetupInput } from './password-setup.contract.ts';

const store = proxyActivities<ProcedureActivities>(ownDatabase);

export async function passwordSetup({ procedureId }: PasswordSetupInput): Promise<PasswordSetupState> {
  return followRow({
    table: passwordSetupTable,
    waitsFor: passwordSetupWaitsFor,
    waits: passwordSetupWaits,
    advice: waitingAdvice,
    getState,
    facts: [passwordSet, calledOff],
    timer: 'until the reminder or the end of the link',
    read: () => store.readPasswordSetupStanding(procedureId),
    comeDue: () => store.moveSetupOn(procedureId),
  });
}
