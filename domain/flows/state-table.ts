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

/**
 * The events that lead from one state to another by the fewest edges, for a flow that reads in its row where it got to; none where
 * it is there already or no way leads there.
 */
export function pathBetween<State extends string, Event extends string>(
  table: StateTable<State, Event>,
  from: State,
  to: State,
): Event[] {
  const paths: { at: State; events: Event[] }[] = [{ at: from, events: [] }];
  const seen = new Set<State>([from]);
  for (const { at, events } of paths) {
    if (at === to) return events;
    for (const [event, next] of Object.entries<State | undefined>(table.states[at])) {
      if (next === undefined || seen.has(next)) continue;
      seen.add(next);
      paths.push({ at: next, events: [...events, event as Event] });
    }
  }
  return [];
}

/** All edges of a table, in the order they are written. */
export function edgesOf<State extends string, Event extends string>(table: StateTable<State, Event>): Edge[] {
  return Object.entries<Partial<Record<Event, State>>>(table.states).flatMap(([from, events]) =>
    Object.entries(events).map(([event, to]) => ({ from, event, to: String(to) })),
  );
}
