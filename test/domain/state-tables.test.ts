/** The state tables as tables: sound, and what their readers say of them (style.md, Names). */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applicationState, applicationTable, confirmations, intakeResults } from '../../domain/flows/application.ts';
import { stateTables } from '../../domain/flows/index.ts';
import { edgesOf, isEnd, nextState } from '../../domain/flows/state-table.ts';
import { waitsOf } from '../../domain/wording/waits.ts';
import { runs } from '../support/runs.ts';

describe.each(stateTables)('$name', (table) => {
  const edges = edgesOf(table);

  it('leads only to states it knows', () => {
    expect(edges.filter(({ to }) => !(to in table.states))).toEqual([]);
  });

  it('reaches every state from its first', () => {
    const reached = new Set([table.initial]);
    for (const from of reached) for (const edge of edges) if (edge.from === from) reached.add(edge.to);

    expect([...reached].toSorted()).toEqual(Object.keys(table.states).toSorted());
  });

  it('can end from every state', () => {
    const ending = new Set(Object.keys(table.states).filter((state) => isEnd(table, state)));
    for (let grown = -1; grown !== ending.size;) {
      grown = ending.size;
      for (const { from, to } of edges) if (ending.has(to)) ending.add(from);
    }

    expect(ending.size).toBe(Object.keys(table.states).length);
  });

  it('whatever events come, an end stays an end', () => {
    const events = [...new Set(edges.map(({ event }) => event))];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...events), { maxLength: 12 }), (happened) => {
        let state = table.initial;
        for (const event of happened) {
          const next = nextState(table, state, event);
          if (isEnd(table, state)) expect(next).toBeUndefined();
          state = next ?? state;
        }
        expect(state in table.states).toBe(true);
      }),
      runs(200, 5_000),
    );
  });
});

it('every state has its wording, and no wording is left over', () => {
  for (const table of stateTables) {
    expect(Object.keys(waitsOf[table.name] ?? {}).toSorted()).toEqual(Object.keys(table.states).toSorted());
  }
});

it('the two columns of an application give a state of its table', () => {
  for (const intake of intakeResults) expect(applicationState(intake, null) in applicationTable.states).toBe(true);
  for (const confirmation of confirmations) expect(applicationState('accepted', confirmation)).toBe(confirmation);
});
