/** The story of every flow that only waits: for a fact that the web commits, or for the moment something is due. PostgreSQL decides both. */
import { allHandlersFinished, condition, setHandler } from '@temporalio/workflow';
import type { QueryDefinition, SignalDefinition } from '@temporalio/workflow';
import { isEnd, nextState, pathBetween, type StateTable } from '../domain/flows/state-table.ts';
import type { WaitsFor } from '../domain/flows/waits-for.ts';
import { showOperators } from './show-operators.ts';
import { waitUntil } from './wait.ts';

/** What an activity tells of the row. */
export interface RowStanding<State> {
  state: State;
  /** Until something is due (a reminder, the end), by the database's clock; 0 when it is. */
  millisecondsLeft: number;
}

export interface FollowedFlow<State extends string, Event extends string> {
  table: StateTable<State, Event>;
  waitsFor: Record<State, WaitsFor>;
  /** What it waits for, in words. */
  waits: Record<State, string>;
  /** What an operator can do. */
  advice: string;
  getState: QueryDefinition<State>;
  /** They carry nothing: the row is read again, so one told twice is harmless. */
  facts: readonly SignalDefinition[];
  /** What an operator reads beside the timer. */
  timer: string;
  read: () => Promise<RowStanding<State>>;
  /** Does what is due, changes nothing before that or after another end, and answers where the row stands then. */
  comeDue: () => Promise<RowStanding<State>>;
}

/** Follows a row from wherever it stands to its end. @returns the end */
export async function followRow<State extends string, Event extends string>(
  flow: FollowedFlow<State, Event>,
): Promise<State> {
  const { table } = flow;
  let state: State = table.initial;
  let told = false;
  setHandler(flow.getState, () => state);
  for (const fact of flow.facts) {
    setHandler(fact, () => {
      told = true;
    });
  }

  let row = await flow.read();
  standAt(row.state);
  while (!isEnd(table, state)) {
    const toldInTime = await waitUntil(() => told, row.millisecondsLeft, flow.timer);
    told = false;
    // Before its moment by PostgreSQL's clock the row stays as it is, and the flow sleeps for the time that is left.
    row = toldInTime ? await flow.read() : await flow.comeDue();
    for (const event of pathBetween(table, state, row.state)) moveTo(event);
  }
  await condition(allHandlersFinished);
  return state;

  /** The one place that changes the state; an event that the table doesn't draw changes nothing. */
  function moveTo(event: Event): void {
    const next = nextState(table, state, event);
    if (next !== undefined) standAt(next, event);
  }

  function standAt(next: State, lastEvent?: Event): void {
    state = next;
    const standing = { flowState: state, waitsFor: flow.waitsFor[state], needsAttention: false };
    showOperators(lastEvent === undefined ? standing : { ...standing, lastEvent }, flow.waits[state], flow.advice);
  }
}
