/** With no cached flow every step is a replay of all before: what isn't deterministic shows at once. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { codeAccepted } from '../../workflows/otp.contract.ts';
import { commandGiven } from '../../workflows/application.contract.ts';
import { retry } from '../../workflows/letter.contract.ts';
import { flowEnvironment, type FlowEnvironment } from '../support/flows.ts';
import { playApplication, playLetter, playOtp } from '../support/played-rows.ts';
import { timeSkippingEnvironment, workflowBundle } from '../support/time-skipping.ts';

let flows: FlowEnvironment;

beforeAll(async () => {
  flows = await flowEnvironment({
    environment: await timeSkippingEnvironment(),
    workflowBundle: workflowBundle(),
    maxCachedWorkflows: 0,
  });
});

afterAll(() => flows.stop());

test('a one-time password', async () => {
  const { handle, row } = await playOtp(flows);
  await handle.signal(codeAccepted);
  await flows.sleep('1 minute');
  row.state = 'accepted';

  await handle.signal(codeAccepted);

  expect(await handle.result()).toBe('accepted');
});

test('a letter that is parked and sent at last', async () => {
  const { handle } = await playLetter(flows, ['refuses for now', 'refuses for good', 'refuses for now', 'takes it']);
  await flows.sleep('1 hour');

  await handle.executeUpdate(retry, { args: [{ operator: 'ops1' }] });

  expect(await handle.result()).toBe('sent');
});

test('an application with a database that was down, reminders and an act of staff', async () => {
  const { handle, give, reminders } = await playApplication(flows, { faults: 6 });
  await flows.sleep('6 days');

  await handle.signal(commandGiven, give('goodsArranged'));

  expect(await handle.result()).toMatchObject({ state: 'arranged' });
  expect(reminders.length).toBeGreaterThan(2);
});
