import { WorkflowUpdateFailedError } from '@temporalio/client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { getState, giveUp, retry } from '../../workflows/letter.contract.ts';
import { flowEnvironment, type FlowEnvironment } from '../support/flows.ts';
import { HOUR, MINUTE, playLetter } from '../support/played-rows.ts';
import { minutesTaken, shownStanding } from '../support/shown-standing.ts';
import { timeSkippingEnvironment, workflowBundle } from '../support/time-skipping.ts';

let flows: FlowEnvironment;
const byOperator = { args: [{ operator: 'ops1' }] as [{ operator: string }] };

beforeAll(async () => {
  flows = await flowEnvironment({
    environment: await timeSkippingEnvironment(),
    workflowBundle: workflowBundle(),
  });
});

afterAll(() => flows.stop());

test('a letter that the mail server takes is sent', async () => {
  const { handle, tries } = await playLetter(flows, ['takes it']);

  expect(await handle.result()).toBe('sent');

  expect(tries).toHaveLength(1);
  expect(await shownStanding(handle)).toMatchObject({ FlowState: 'sent', LastEvent: 'delivered', WaitsFor: 'nothing' });
});

test('a letter whose row can not be read for a while is sent when it can', async () => {
  const { handle, tries } = await playLetter(flows, ['takes it'], { faults: 12 });

  expect(await handle.result()).toBe('sent');

  expect(tries).toHaveLength(1);
});

test('temporary refusals are tried again, at most a minute apart', async () => {
  const { handle, tries } = await playLetter(flows, [
    ...Array.from({ length: 9 }, () => 'refuses for now' as const),
    'takes it',
  ]);

  expect(await handle.result()).toBe('sent');

  const gaps = tries.slice(1).map((at, index) => Math.round((at - (tries[index] ?? 0)) / 1000));
  expect(gaps.slice(0, 4)).toEqual([2, 4, 8, 16]);
  expect(Math.max(...gaps)).toBeLessThanOrEqual(61);
});

test('a permanent refusal parks at once; a retry sends it', async () => {
  const { handle, calls, tries } = await playLetter(flows, ['refuses for good', 'takes it']);
  await flows.sleep('1 minute');
  expect(await shownStanding(handle)).toMatchObject({
    FlowState: 'parked',
    LastEvent: 'refusedForGood',
    WaitsFor: 'operator',
    NeedsAttention: true,
  });

  const answer = await handle.executeUpdate(retry, byOperator);

  expect(answer).toBe('pending');
  expect(await handle.result()).toBe('sent');
  expect(calls).toEqual(['reopenLetter ops1']);
  expect(tries).toHaveLength(2);
});

test('a parked letter waits for an operator, who can give it up', async () => {
  const { handle, calls } = await playLetter(flows, ['refuses for good']);
  await flows.sleep('30 days');

  const answer = await handle.executeUpdate(giveUp, byOperator);

  expect(answer).toBe('abandoned');
  expect(await handle.result()).toBe('abandoned');
  expect(calls).toEqual(['recordAbandoned ops1']);
});

test('temporary refusals until its time is over park it', async () => {
  const { handle, tries } = await playLetter(flows, ['refuses for now'], { lifetime: 2 * HOUR });
  await flows.sleep(2 * HOUR + MINUTE);

  expect(await handle.query(getState)).toBe('parked');
  expect(await shownStanding(handle)).toMatchObject({ LastEvent: 'timeRanOut', NeedsAttention: true });
  expect(tries.length).toBeGreaterThan(100);
  await handle.executeUpdate(giveUp, byOperator);
  expect(await handle.result()).toBe('abandoned');
});

test('a letter with a code is not tried beyond the end of the code', async () => {
  const { handle, calls } = await playLetter(flows, ['refuses for now'], { withCode: true });

  expect(await handle.result()).toBe('lapsed');

  expect(await minutesTaken(handle)).toBeLessThan(10.2);
  expect(calls).toEqual(['recordLapsed']);
});

test('a parked letter with a code lapses with the code', async () => {
  const { handle } = await playLetter(flows, ['refuses for good'], { withCode: true });

  expect(await handle.result()).toBe('lapsed');

  expect(await minutesTaken(handle)).toBeCloseTo(10, 0);
});

test('an act on a letter that is not parked does nothing and says how it stands', async () => {
  const { handle, calls } = await playLetter(flows, ['refuses for now', 'refuses for now', 'takes it']);

  const answer = await handle.executeUpdate(retry, byOperator);

  expect(answer).toBe('pending');
  expect(await handle.result()).toBe('sent');
  expect(calls).toEqual([]);
});

test('of two acts at once one counts', async () => {
  const { handle, calls } = await playLetter(flows, ['refuses for good']);
  await flows.sleep('1 minute');

  const acts = [handle.executeUpdate(giveUp, byOperator), handle.executeUpdate(giveUp, byOperator)];
  await Promise.allSettled(acts);

  expect(await handle.result()).toBe('abandoned');
  expect(calls).toEqual(['recordAbandoned ops1']);
});

test.each([undefined, {}, { operator: '' }, { operator: 'someone@example.jp' }, { operator: 'x'.repeat(33) }])(
  'an act by %j is refused and leaves no trace',
  async (argument) => {
    const { handle } = await playLetter(flows, ['refuses for good']);
    await flows.sleep('1 minute');

    const act = handle.executeUpdate('giveUp', { args: [argument] });

    await expect(act).rejects.toBeInstanceOf(WorkflowUpdateFailedError);
    expect(await handle.query(getState)).toBe('parked');
    await handle.terminate();
  },
);

test('started for a parked row it waits for the operator without another try', async () => {
  const { handle, tries } = await playLetter(flows, ['takes it'], { state: 'parked' });
  await flows.sleep('1 minute');

  expect(await handle.executeUpdate(retry, byOperator)).toBe('pending');

  expect(await handle.result()).toBe('sent');
  expect(tries).toHaveLength(1);
});

test('started for a sent row it ends at once', async () => {
  const { handle, tries } = await playLetter(flows, ['takes it'], { state: 'sent' });

  expect(await handle.result()).toBe('sent');

  expect(tries).toEqual([]);
});
