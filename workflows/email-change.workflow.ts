/**
 * メールアドレス変更: the old mailbox proves who asks, the new one that it exists, then the address changes.
 *
 * Begun by 「メールアドレス変更依頼」 (row and outbox line in one transaction, started by the relay). Moved by the web, which alone judges links against
 * PostgreSQL, and by the clock: 24 hours for each of the two links. Ends switched, refused (the address was taken meanwhile),
 * expired, cancelled or superseded. Nothing for an operator to do.
 */
import { proxyActivities } from '@temporalio/workflow';
import type { ProcedureActivities } from '../activities/procedure.activities.ts';
import { emailChangeTable, type EmailChangeState } from '../domain/flows/email-change.ts';
import { emailChangeWaitsFor } from '../domain/flows/waits-for.ts';
import { waitingAdvice } from '../domain/wording/operator.ts';
import { emailChangeWaits } from '../domain/wording/waits.ts';
import { ownDatabase } from './activity-profiles.ts';
import { followRow } from './follow-row.ts';
import {
  addressConfirmed,
  addressGiven,
  addressTaken,
  calledOff,
  getState,
  replaced,
  type EmailChangeInput,
} from './email-change.contract.ts';

const store = proxyActivities<ProcedureActivities>(ownDatabase);

export async function emailChange({ procedureId }: EmailChangeInput): Promise<EmailChangeState> {
  return followRow({
    table: emailChangeTable,
    waitsFor: emailChangeWaitsFor,
    waits: emailChangeWaits,
    advice: waitingAdvice,
    getState,
    facts: [addressGiven, addressConfirmed, addressTaken, calledOff, replaced],
    timer: 'until the link of this step expires',
    read: () => store.readEmailChangeStanding(procedureId),
    comeDue: () => store.expireEmailChange(procedureId),
  });
}
