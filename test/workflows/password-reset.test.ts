import { afterAll, beforeAll, expect, test } from 'vitest';
import { calledOff, getState, passwordSet } from '../../workflows/password-reset.contract.ts';
import { flowEnvironment, type FlowEnvironment } from '../support/flows.ts';
import { playPasswordReset } from '../support/played-password-reset.ts';
import { minutesTaken, shownStanding } from '../support/shown-standing.ts';
import { timeSkippingEnvironment, workflowBundle } from '../support/time-skipping.ts';

let flows: FlowEnvironment;

beforeAll(async () => {
  flows = await flowEnvironment({
    environment: await timeSkippingEnvironment(),
    workflowBundle: workflowBundle(),
  });
});

afterAll(() => flows.stop());

const ends = [
  ['completed', 'passwordSet', passwordSet],
  ['cancelled', 'calledOff', calledOff],
] as const;

test.each(ends)(
  'with the link mailed it ends %s when the web has recorded it and tells %s',
  async (end, event, fact) => {
    const { handle, tell, calls } = await playPasswordReset(flows);
    await flows.sleep('10 minutes');
    expect(await handle.query(getState)).toBe('open');
    expect(await shownStanding(handle)).toMatchObject({ FlowState: 'open', WaitsFor: 'link', LastEvent: 'linkMailed' });

    await tell(end, fact);

    expect(await handle.result()).toBe(end);
    expect(calls).toEqual(['readPasswordResetStanding', 'moveResetOn', 'readPasswordResetStanding']);
    expect(await shownStanding(handle)).toMatchObject({ FlowState: end, WaitsFor: 'nothing', LastEvent: event });
  },
);

test.each(ends)('opened for a member who is known it ends %s just so', async (end, event, fact) => {
  const { handle, tell, calls } = await playPasswordReset(flows, { state: 'open' });
  await flows.sleep('10 minutes');

  await tell(end, fact);

  expect(await handle.result()).toBe(end);
  expect(calls).toEqual(['readPasswordResetStanding', 'readPasswordResetStanding']);
  expect(await shownStanding(handle)).toMatchObject({ FlowState: end, WaitsFor: 'nothing', LastEvent: event });
});

test.each([
  ['dismissed', 'nobodyFound'],
  ['repeated', 'linkMailedAgain'],
  ['setup-mailed', 'setUpLinkMailed'],
] as const)('a typed pair that comes to %s ends it at once, and nothing is waited for', async (answer, event) => {
  const { handle, calls } = await playPasswordReset(flows, { answer });

  expect(await handle.result()).toBe(answer);

  expect(calls).toEqual(['readPasswordResetStanding', 'moveResetOn']);
  expect(await minutesTaken(handle)).toBeLessThan(1);
  expect(await shownStanding(handle)).toMatchObject({ FlowState: answer, WaitsFor: 'nothing', LastEvent: event });
});

test.each(['asked', 'open'] as const)(
  'a link that nobody uses expires after an hour, also begun at %s',
  async (state) => {
    const { handle } = await playPasswordReset(flows, { state });

    expect(await handle.result()).toBe('expired');

    expect(await minutesTaken(handle)).toBeCloseTo(60, 0);
    expect(await shownStanding(handle)).toMatchObject({
      FlowState: 'expired',
      WaitsFor: 'nothing',
      LastEvent: 'timeExpired',
    });
  },
);

test('while our database is down the typed pair waits to be looked up, and its hour begins with the mail', async () => {
  const { handle, calls } = await playPasswordReset(flows, { faults: 5 });

  expect(await handle.result()).toBe('expired');

  expect(calls.filter((call) => call === 'moveResetOn')).toHaveLength(7);
  expect(await minutesTaken(handle)).toBeGreaterThan(60);
});

test('where the database says that time is left, it sleeps again for that time', async () => {
  const { handle, calls } = await playPasswordReset(flows, { state: 'open', slowClock: 5_000 });

  expect(await handle.result()).toBe('expired');

  expect(calls).toEqual(['readPasswordResetStanding', 'moveResetOn', 'moveResetOn']);
});

test('a password set in the last moment, whose fact got lost, ends it completed', async () => {
  const { handle, row } = await playPasswordReset(flows);
  await flows.sleep('59 minutes');
  row.state = 'completed';

  expect(await handle.result()).toBe('completed');

  expect(await shownStanding(handle)).toMatchObject({ FlowState: 'completed', LastEvent: 'passwordSet' });
});

test('it waits on when told of something that its row does not say, and a fact told twice ends it once', async () => {
  const { handle, tell } = await playPasswordReset(flows);
  await flows.sleep('1 minute');
  await handle.signal(passwordSet);
  await flows.sleep('1 minute');
  expect(await handle.query(getState)).toBe('open');

  await tell('cancelled', calledOff);

  expect(await handle.result()).toBe('cancelled');
});

test('started after the end of its row it ends at once, the same way', async () => {
  const { handle, calls } = await playPasswordReset(flows, { state: 'completed' });

  expect(await handle.result()).toBe('completed');

  expect(calls).toEqual(['readPasswordResetStanding']);
  expect(await shownStanding(handle)).toMatchObject({ FlowState: 'completed', WaitsFor: 'nothing' });
});
