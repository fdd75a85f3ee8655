import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  addressConfirmed,
  addressGiven,
  addressTaken,
  calledOff,
  getState,
  replaced,
} from '../../workflows/email-change.contract.ts';
import { flowEnvironment, type FlowEnvironment } from '../support/flows.ts';
import { playEmailChange } from '../support/played-email-change.ts';
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

test.each([
  ['cancelled', 'calledOff', calledOff],
  ['superseded', 'replaced', replaced],
] as const)('before the first link is used it ends %s when told %s', async (end, event, fact) => {
  const { handle, tell } = await playEmailChange(flows);
  await flows.sleep('1 hour');

  await tell(end, fact);

  expect(await handle.result()).toBe(end);
  expect(await shownStanding(handle)).toMatchObject({ FlowState: end, WaitsFor: 'nothing', LastEvent: event });
});

test.each([
  ['switched', 'addressConfirmed', addressConfirmed],
  ['refused', 'addressTaken', addressTaken],
  ['cancelled', 'calledOff', calledOff],
  ['superseded', 'replaced', replaced],
] as const)('while the new address waits to be confirmed it ends %s when told %s', async (end, event, fact) => {
  const { handle, tell, giveAddress } = await playEmailChange(flows);
  await giveAddress();
  await flows.sleep('1 hour');
  expect(await handle.query(getState)).toBe('confirming');
  expect(await shownStanding(handle)).toMatchObject({ FlowState: 'confirming', WaitsFor: 'link' });

  await tell(end, fact);

  expect(await handle.result()).toBe(end);
  expect(await shownStanding(handle)).toMatchObject({ FlowState: end, WaitsFor: 'nothing', LastEvent: event });
});

test('a first link that nobody opens expires after 24 hours', async () => {
  const { handle } = await playEmailChange(flows);

  expect(await handle.result()).toBe('expired');

  expect(await minutesTaken(handle)).toBeCloseTo(24 * 60, 0);
  expect(await shownStanding(handle)).toMatchObject({ FlowState: 'expired', LastEvent: 'timeExpired' });
});

test('an address given after 20 hours has 24 hours more to be confirmed, then expires', async () => {
  const { handle, giveAddress } = await playEmailChange(flows);
  await flows.sleep('20 hours');
  await giveAddress();
  await flows.sleep('20 hours');
  expect(await handle.query(getState)).toBe('confirming');

  expect(await handle.result()).toBe('expired');

  expect(await minutesTaken(handle)).toBeCloseTo(44 * 60, 0);
});

test('where the facts of both steps got lost it finds its end in the row', async () => {
  const { handle, row, calls } = await playEmailChange(flows);
  await flows.sleep('1 hour');
  row.state = 'switched';

  expect(await handle.result()).toBe('switched');

  expect(calls).toEqual(['readEmailChangeStanding', 'expireEmailChange']);
  expect(await shownStanding(handle)).toMatchObject({ FlowState: 'switched', LastEvent: 'addressConfirmed' });
});

test('it waits on when told of something that its row does not say, and a fact told twice moves it once', async () => {
  const { handle, tell, giveAddress } = await playEmailChange(flows);
  await handle.signal(addressConfirmed);
  await giveAddress();
  await handle.signal(addressGiven);
  await flows.sleep('1 minute');
  expect(await handle.query(getState)).toBe('confirming');

  await tell('switched', addressConfirmed);

  expect(await handle.result()).toBe('switched');
});

test('where the database says that time is left, it sleeps again for that time', async () => {
  const { handle, calls } = await playEmailChange(flows, { slowClock: 5_000 });

  expect(await handle.result()).toBe('expired');

  expect(calls).toEqual(['readEmailChangeStanding', 'expireEmailChange', 'expireEmailChange']);
});

test('started after the end of its row it ends at once, the same way', async () => {
  const { handle, calls } = await playEmailChange(flows, { state: 'refused' });

  expect(await handle.result()).toBe('refused');

  expect(calls).toEqual(['readEmailChangeStanding']);
  expect(await shownStanding(handle)).toMatchObject({ FlowState: 'refused', WaitsFor: 'nothing' });
});
