/** A row of パスワード再設定, played in memory by the rules of its store (played-rows.ts says why). */
import { randomUUID } from 'node:crypto';
import type { SignalDefinition, WorkflowHandle } from '@temporalio/client';
import { passwordResetTable, type PasswordResetState } from '../../domain/flows/password-reset.ts';
import { isEnd } from '../../domain/flows/state-table.ts';
import { passwordResetWaitsFor } from '../../domain/flows/waits-for.ts';
import { passwordResetId, passwordResetType } from '../../workflows/password-reset.contract.ts';
import type { FlowEnvironment, PlayedActivities } from './flows.ts';
import { HOUR, fault, type Calls } from './played-rows.ts';

export interface PlayedPasswordReset {
  handle: WorkflowHandle;
  row: { state: PasswordResetState; dueAt: number };
  calls: Calls;
  /** The web moves the row to an end and tells the flow. */
  tell: (state: PasswordResetState, fact: SignalDefinition) => Promise<void>;
}

export interface PasswordResetPlay {
  /** Default: just asked for. `open`: by staff or by the link of a ログイン通知メール. */
  state?: PasswordResetState;
  /** What looking up the typed pair comes to. */
  answer?: 'open' | 'dismissed' | 'repeated' | 'setup-mailed';
  /** How much later than the flow the database's clock comes to the end of the link. */
  slowClock?: number;
  /** How often our database fails first. */
  faults?: number;
}

/** A started flow whose link lives an hour from the moment it is mailed. */
export async function playPasswordReset(
  flows: FlowEnvironment,
  play: PasswordResetPlay = {},
): Promise<PlayedPasswordReset> {
  const begun = await flows.now();
  const state = play.state ?? passwordResetTable.initial;
  const row: PlayedPasswordReset['row'] = { state, dueAt: state === 'asked' ? begun : begun + HOUR };
  const calls: Calls = [];
  let clockLag = play.slowClock ?? 0;
  let faults = play.faults ?? 0;
  const standingAt = (now: number) => ({ state: row.state, millisecondsLeft: Math.max(0, row.dueAt - now) });
  const activities: PlayedActivities = {
    readPasswordResetStanding: async () => {
      calls.push('readPasswordResetStanding');
      return standingAt(await flows.now());
    },
    moveResetOn: async () => {
      calls.push('moveResetOn');
      if (faults > 0) {
        faults -= 1;
        throw fault('database-unreachable');
      }
      const now = await flows.now();
      if (row.state === 'asked') {
        Object.assign(row, { state: play.answer ?? 'open', dueAt: now + HOUR });
        return standingAt(now);
      }
      const byTheDatabase = now - clockLag;
      clockLag = 0;
      if (!isEnd(passwordResetTable, row.state) && row.dueAt <= byTheDatabase) row.state = 'expired';
      return standingAt(byTheDatabase);
    },
  };
  const id = randomUUID();
  const standing = {
    // Nobody is known yet where a pair was only typed.
    ...(state === 'asked' ? {} : { customerNumber: 'C000001' }),
    flowState: row.state,
    waitsFor: passwordResetWaitsFor[row.state],
    needsAttention: false,
  };
  const handle = await flows.start(passwordResetType, passwordResetId(id), { procedureId: id }, standing, activities);
  const tell = async (end: PasswordResetState, fact: SignalDefinition) => {
    row.state = end;
    await handle.signal(fact);
  };
  return { handle, row, calls, tell };
}
