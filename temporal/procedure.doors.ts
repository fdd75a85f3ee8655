/** The doors to the flows that wait for a mailed link. Nobody waits for them: the relay alone starts and tells them. */
import { readProcedureStanding } from '../db/stores/procedures.ts';
import { emailChangeWaitsFor, passwordResetWaitsFor, passwordSetupWaitsFor } from '../domain/flows/waits-for.ts';
import type { WaitsFor } from '../domain/flows/waits-for.ts';
import type { ProcedureKind, ProcedureStates } from '../domain/procedures.ts';
import * as emailChange from '../workflows/email-change.contract.ts';
import * as passwordReset from '../workflows/password-reset.contract.ts';
import * as passwordSetup from '../workflows/password-setup.contract.ts';
import { startOf, type Door } from './door.ts';

function procedureDoor<Kind extends ProcedureKind>(
  kind: Kind,
  waitsFor: Record<ProcedureStates[Kind], WaitsFor>,
  flow: Pick<Door, 'workflowType' | 'workflowId' | 'facts'>,
): Door {
  return {
    ...flow,
    startOptions: async (procedureId) => {
      const { state, since, customerNumber } = await readProcedureStanding(kind, procedureId);
      return startOf(
        flow.workflowId(procedureId),
        { procedureId },
        { customerNumber, flowState: state, waitsFor: waitsFor[state], stateSince: since, needsAttention: false },
        [customerNumber, kind],
      );
    },
  };
}

export const passwordResetDoor = procedureDoor('password-reset', passwordResetWaitsFor, {
  workflowType: passwordReset.passwordResetType,
  workflowId: passwordReset.passwordResetId,
  facts: { passwordSet: passwordReset.passwordSet, calledOff: passwordReset.calledOff },
});

export const passwordSetupDoor = procedureDoor('password-setup', passwordSetupWaitsFor, {
  workflowType: passwordSetup.passwordSetupType,
  workflowId: passwordSetup.passwordSetupId,
  facts: { passwordSet: passwordSetup.passwordSet, calledOff: passwordSetup.calledOff },
});

export const emailChangeDoor = procedureDoor('email-change', emailChangeWaitsFor, {
  workflowType: emailChange.emailChangeType,
  workflowId: emailChange.emailChangeId,
  facts: {
    addressGiven: emailChange.addressGiven,
    addressConfirmed: emailChange.addressConfirmed,
    addressTaken: emailChange.addressTaken,
    calledOff: emailChange.calledOff,
    replaced: emailChange.replaced,
  },
});
