/** A row of パスワード設定, played in memory by the rules of its store (played-rows.ts says why). */
import { randomUUID } from 'node:crypto';
import type { SignalDefinition, WorkflowHandle } from '@temporalio/client';
import { passwordSetupTable, type PasswordSetupState } from '../../domain/flows/password-setup.ts';
import { isEnd } from '../../domain/flows/state-table.ts';
import { passwordSetupWaitsFor } from '../../domain/flows/waits-for.ts';
import { passwordSetupId, passwordSetupType } from '../../workflows/password-setup.contract.ts';
import type { FlowEnvironment, PlayedActivities } from './flows.ts';
import { HOUR, type Calls } from './played-rows.ts';

export interface PlayedPasswordSetup {
  handle: WorkflowHandle;
  row: { state: PasswordSetupState; dueAt: number; endsAt: number };
  calls: Calls;
  /** When the reminder was mailed, in milliseconds. */
  reminders: number[];
  /** The web moves the row to an end and tells the flow. */
  tell: (state: PasswordSetupState, fact: SignalDefinition) => Promise<void>;
}

export interface PasswordSetupPlay {
  state?: PasswordSetupState;
  /** How much later than the flow the database's clock comes to what is due. */
  slowClock?: number;
  /** Since the link was mailed, in hours: the worker was down till now. */
  hoursLate?: number;
}

/** A started flow: reminder after 48 hours, end after 72. */
export async function playPasswordSetup(
  flows: FlowEnvironment,
  play: PasswordSetupPlay = {},
): Promise<PlayedPasswordSetup> {
  const mailedAt = (await flows.now()) - (play.hoursLate ?? 0) * HOUR;
  const row: PlayedPasswordSetup['row'] = {
    state: play.state ?? passwordSetupTable.initial,
    dueAt: mailedAt + 48 * HOUR,
    endsAt: mailedAt + 72 * HOUR,
  };
  const calls: Calls = [];
  const reminders: number[] = [];
  let clockLag = play.slowClock ?? 0;
  const left = (until: number, now: number) => Math.max(0, until - now);
  const activities: PlayedActivities = {
    readPasswordSetupStanding: async () => {
      calls.push('readPasswordSetupStanding');
      return { state: row.state, millisecondsLeft: left(row.dueAt, await flows.now()) };
    },
    moveSetupOn: async () => {
      calls.push('moveSetupOn');
      const now = (await flows.now()) - clockLag;
      clockLag = 0;
      if (!isEnd(passwordSetupTable, row.state) && row.endsAt <= now) row.state = 'expired';
      if (row.state === 'open' && row.dueAt <= now) {
        Object.assign(row, { state: 'reminded', dueAt: row.endsAt });
        reminders.push(now);
      }
      return { state: row.state, millisecondsLeft: left(row.dueAt, now) };
    },
  };
  const id = randomUUID();
  const standing = {
    customerNumber: 'C000001',
    flowState: row.state,
    waitsFor: passwordSetupWaitsFor[row.state],
    needsAttention: false,
  };
  const handle = await flows.start(passwordSetupType, passwordSetupId(id), { procedureId: id }, standing, activities);
  const tell = async (state: PasswordSetupState, fact: SignalDefinition) => {
    row.state = state;
    await handle.signal(fact);
  };
  return { handle, row, calls, reminders, tell };
}
