import { afterAll, beforeAll, expect, test } from 'vitest';
import { codeAccepted, getState, signInLeft, triesExhausted } from '../../workflows/otp.contract.ts';
import { flowEnvironment, type FlowEnvironment } from '../support/flows.ts';
import { playOtp } from '../support/played-rows.ts';
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
  ['accepted', codeAccepted],
  ['exhausted', triesExhausted],
  ['cancelled', signInLeft],
] as const)('it ends %s when the web has recorded it and tells', async (end, fact) => {
  const { handle, row } = await playOtp(flows);
  row.state = end;

  await handle.signal(fact);

  expect(await handle.result()).toBe(end);
  expect(await shownStanding(handle)).toMatchObject({ FlowState: end, WaitsFor: 'nothing', NeedsAttention: false });
});

test('a code that nobody types expires after ten minutes', async () => {
  const { handle } = await playOtp(flows);

  expect(await handle.result()).toBe('expired');

  expect(await minutesTaken(handle)).toBeCloseTo(10, 1);
  expect(await shownStanding(handle)).toMatchObject({ FlowState: 'expired', LastEvent: 'timeExpired' });
});

test('it waits on when told of something that its row does not say', async () => {
  const { handle, row } = await playOtp(flows);

  await handle.signal(codeAccepted);
  await flows.sleep('1 minute');

  expect(await handle.query(getState)).toBe('open');
  row.state = 'accepted';
  await handle.signal(codeAccepted);
  expect(await handle.result()).toBe('accepted');
});

test('a fact told twice ends it once', async () => {
  const { handle, row } = await playOtp(flows);
  row.state = 'exhausted';

  await Promise.all([handle.signal(triesExhausted), handle.signal(triesExhausted)]);

  expect(await handle.result()).toBe('exhausted');
});

test('where the database says that time is left, it sleeps again for that time', async () => {
  const { handle, calls } = await playOtp(flows, { slowClock: 5_000 });

  expect(await handle.result()).toBe('expired');

  expect(calls).toEqual(['readChallengeStanding', 'expireChallenge', 'expireChallenge']);
});

test('a code accepted in the last moment, whose fact got lost, ends it accepted', async () => {
  const { handle, row, calls } = await playOtp(flows);
  await flows.sleep('9 minutes');
  row.state = 'accepted';

  expect(await handle.result()).toBe('accepted');

  expect(calls).toEqual(['readChallengeStanding', 'expireChallenge']);
});

test('started after the end of its row it ends at once, the same way', async () => {
  const { handle, calls } = await playOtp(flows, { state: 'cancelled' });

  expect(await handle.result()).toBe('cancelled');

  expect(calls).toEqual(['readChallengeStanding']);
  expect(await shownStanding(handle)).toMatchObject({ FlowState: 'cancelled', WaitsFor: 'nothing' });
});
