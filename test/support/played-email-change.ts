/** A row of メールアドレス変更, played in memory by the rules of its store (played-rows.ts says why). */
import { randomUUID } from 'node:crypto';
import type { SignalDefinition, WorkflowHandle } from '@temporalio/client';
import { emailChangeTable, type EmailChangeState } from '../../domain/flows/email-change.ts';
import { isEnd } from '../../domain/flows/state-table.ts';
import { emailChangeWaitsFor } from '../../domain/flows/waits-for.ts';
import { addressGiven, emailChangeId, emailChangeType } from '../../workflows/email-change.contract.ts';
import type { FlowEnvironment, PlayedActivities } from './flows.ts';
import { HOUR, type Calls } from './played-rows.ts';

export interface PlayedEmailChange {
  handle: WorkflowHandle;
  row: { state: EmailChangeState; endsAt: number };
  calls: Calls;
  /** The web moves the row to an end and tells the flow. */
  tell: (state: EmailChangeState, fact: SignalDefinition) => Promise<void>;
  /** The new address is given: from then on the second step has 24 hours of its own. */
  giveAddress: () => Promise<void>;
}

/** A started flow whose first link lives 24 hours. `slowClock`: how much later than the flow the database's clock comes to the end. */
export async function playEmailChange(
  flows: FlowEnvironment,
  over: { state?: EmailChangeState; slowClock?: number } = {},
): Promise<PlayedEmailChange> {
  const row = { state: over.state ?? emailChangeTable.initial, endsAt: (await flows.now()) + 24 * HOUR };
  const calls: Calls = [];
  let clockLag = over.slowClock ?? 0;
  const left = async () => Math.max(0, row.endsAt - (await flows.now()));
  const activities: PlayedActivities = {
    readEmailChangeStanding: async () => {
      calls.push('readEmailChangeStanding');
      return { state: row.state, millisecondsLeft: await left() };
    },
    expireEmailChange: async () => {
      calls.push('expireEmailChange');
      const stillLeft = (await left()) + clockLag;
      clockLag = 0;
      if (!isEnd(emailChangeTable, row.state) && stillLeft === 0) row.state = 'expired';
      return { state: row.state, millisecondsLeft: stillLeft };
    },
  };
  const id = randomUUID();
  const standing = {
    customerNumber: 'C000001',
    flowState: row.state,
    waitsFor: emailChangeWaitsFor[row.state],
    needsAttention: false,
  };
  const handle = await flows.start(emailChangeType, emailChangeId(id), { procedureId: id }, standing, activities);
  const tell = async (state: EmailChangeState, fact: SignalDefinition) => {
    row.state = state;
    await handle.signal(fact);
  };
  const giveAddress = async () => {
    row.endsAt = (await flows.now()) + 24 * HOUR;
    await tell('confirming', addressGiven);
  };
  return { handle, row, calls, tell, giveAddress };
}
