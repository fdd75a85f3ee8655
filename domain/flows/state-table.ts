/** A state machine as data: the one place that says which event leads from which state to which. Drawn into docs/flows. */
export interface StateTable<State extends string, Event extends string> {
  /** The workflow's name as operators see it. */
  name: string;
  initial: State;
  /** A state without events is an end. */
  states: Record<State, Partial<Record<Event, State>>>;
}

export interface Edge {
  from: string;
  event: string;
  to: string;
}

/** The state after `event`, or undefined where the table draws no such edge: then the event changes nothing. */
export function nextState<State extends string, Event extends string>(
  table: StateTable<State, Event>,
  state: State,
  event: Event,
): State | undefined {
  return table.states[state][event];
}

/** Whether nothing can happen any more in `state`. */
export function isEnd<State extends string, Event extends string>(
  table: StateTable<State, Event>,
  state: State,
): boolean {
  return Object.keys(table.states[state]).length === 0;
}

/** The event that leads from one state straight to another, for a flow that reads in its row where it got to; undefined where none does. */
export function eventBetween<State extends string, Event extends string>(
  table: StateTable<State, Event>,
  from: State,
  to: State,
): Event | undefined {
  const found = Object.entries<State | undefined>(table.states[from]).find(([, target]) => target === to);
  return found?.[0] as Event | undefined;
}

/** All edges of a table, in the order they are written. */
export function edgesOf<State extends string, Event extends string>(table: StateTable<State, Event>): Edge[] {
  return Object.entries<Partial<Record<Event, State>>>(table.states).flatMap(([from, events]) =>
    Object.entries(events).map(([event, to]) => ({ from, event, to: String(to) })),
  );
}
