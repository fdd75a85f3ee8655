import { afterAll, beforeAll, expect, test } from 'vitest';
import { calledOff, getState, passwordSet } from '../../workflows/password-setup.contract.ts';
import { flowEnvironment, type FlowEnvironment } from '../support/flows.ts';
import { playPasswordSetup } from '../support/played-password-setup.ts';
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

const HOURS = 60;

const ends = [
  ['completed', 'passwordSet', passwordSet],
  ['cancelled', 'calledOff', calledOff],
] as const;

test.each(ends)(
  'before the reminder it ends %s when the web has recorded it and tells %s',
  async (end, event, fact) => {
    const { handle, tell, reminders } = await playPasswordSetup(flows);
    await flows.sleep('1 hour');

    await tell(end, fact);

    expect(await handle.result()).toBe(end);
    expect(reminders).toEqual([]);
    expect(await shownStanding(handle)).toMatchObject({ FlowState: end, WaitsFor: 'nothing', LastEvent: event });
  },
);

test.each(ends)('after the reminder it ends %s just so', async (end, event, fact) => {
  const { handle, tell, reminders } = await playPasswordSetup(flows);
  await flows.sleep('50 hours');
  expect(await handle.query(getState)).toBe('reminded');
  expect(await shownStanding(handle)).toMatchObject({ FlowState: 'reminded', WaitsFor: 'link' });

  await tell(end, fact);

  expect(await handle.result()).toBe(end);
  expect(reminders).toHaveLength(1);
  expect(await shownStanding(handle)).toMatchObject({ FlowState: end, LastEvent: event });
});

test('nobody sets a password: one reminder after 48 hours, the end after 72', async () => {
  const begun = await flows.now();
  const { handle, reminders } = await playPasswordSetup(flows);

  expect(await handle.result()).toBe('expired');

  expect(reminders.map((at) => (at - begun) / 60_000)).toEqual([expect.closeTo(48 * HOURS, -1)]);
  expect(await minutesTaken(handle)).toBeCloseTo(72 * HOURS, -1);
  expect(await shownStanding(handle)).toMatchObject({ FlowState: 'expired', LastEvent: 'timeExpired' });
});

test('where the database says that time is left, it sleeps again for that time, and reminds once', async () => {
  const { handle, calls, reminders } = await playPasswordSetup(flows, { slowClock: 5_000 });

  expect(await handle.result()).toBe('expired');

  expect(reminders).toHaveLength(1);
  expect(calls).toEqual(['readPasswordSetupStanding', 'moveSetupOn', 'moveSetupOn', 'moveSetupOn']);
});

test('a worker that comes back after 50 hours reminds at once, after 80 hours it only notes the end', async () => {
  const late = await playPasswordSetup(flows, { hoursLate: 50 });
  await flows.sleep('1 minute');
  expect(await late.handle.query(getState)).toBe('reminded');
  expect(late.reminders).toHaveLength(1);
  expect(await late.handle.result()).toBe('expired');

  const tooLate = await playPasswordSetup(flows, { hoursLate: 80 });

  expect(await tooLate.handle.result()).toBe('expired');
  expect(tooLate.reminders).toEqual([]);
});

test('a password set in the last moment, whose fact got lost, ends it completed', async () => {
  const { handle, row } = await playPasswordSetup(flows);
  await flows.sleep('71 hours');
  row.state = 'completed';

  expect(await handle.result()).toBe('completed');
});

test('it waits on when told of something that its row does not say', async () => {
  const { handle, tell } = await playPasswordSetup(flows);

  await handle.signal(passwordSet);
  await flows.sleep('1 minute');

  expect(await handle.query(getState)).toBe('open');
  await tell('cancelled', calledOff);
  expect(await handle.result()).toBe('cancelled');
});

test('started after the end of its row it ends at once, the same way', async () => {
  const { handle, calls } = await playPasswordSetup(flows, { state: 'cancelled' });

  expect(await handle.result()).toBe('cancelled');

  expect(calls).toEqual(['readPasswordSetupStanding']);
});
