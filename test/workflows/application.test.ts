import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { jstDayAfter } from '../../domain/business-hours.ts';
import { remindersAround } from '../../domain/staff-reminders.ts';
import { awaitIntake, commandGiven, getState } from '../../workflows/application.contract.ts';
import { flowEnvironment, type FlowEnvironment } from '../support/flows.ts';
import { playApplication } from '../support/played-rows.ts';
import { shownStanding } from '../support/shown-standing.ts';
import { timeSkippingEnvironment, workflowBundle } from '../support/time-skipping.ts';

let flows: FlowEnvironment;
const rules = { holidays: [], firstReminderHours: 4 };

beforeAll(async () => {
  flows = await flowEnvironment({
    environment: await timeSkippingEnvironment(),
    workflowBundle: workflowBundle(),
  });
});

afterAll(() => flows.stop());

test('an order is taken in without any message, and the waiting web is told its number', async () => {
  const { handle, give } = await playApplication(flows);

  const answer = await handle.executeUpdate(awaitIntake);

  expect(answer).toEqual({ state: 'accepted', orderNumber: '202204100001' });
  expect(await shownStanding(handle)).toMatchObject({
    CustomerNumber: 'C000001',
    ApplicationNumber: 'A34679ACD',
    OrderNumber: '202204100001',
    ApplicationKind: 'order',
    FlowState: 'accepted',
    WaitsFor: 'staff',
    NeedsAttention: false,
  });
  await handle.signal(commandGiven, give('goodsArranged'));
  await handle.result();
});

test.each([
  ['arranged', 'goodsArranged'],
  ['unable', 'goodsUnavailable'],
] as const)('it ends %s when staff say so', async (end, event) => {
  const { handle, give } = await playApplication(flows);
  await handle.executeUpdate(awaitIntake);

  await handle.signal(commandGiven, give(event));

  expect(await handle.result()).toEqual({ state: end, orderNumber: '202204100001' });
  expect(await shownStanding(handle)).toMatchObject({ FlowState: end, LastEvent: event, WaitsFor: 'nothing' });
});

test('a refused intake ends it', async () => {
  const { handle } = await playApplication(flows, { intake: 'failed' });

  expect(await handle.result()).toEqual({ state: 'failed', orderNumber: null });

  expect(await shownStanding(handle)).toMatchObject({ FlowState: 'failed', LastEvent: 'intakeRefused' });
});

test('a short trouble of the database is not noticed by anybody', async () => {
  const { handle, calls } = await playApplication(flows, { intake: 'failed', faults: 2 });

  await handle.result();

  expect(calls).toEqual(['takeIn', 'takeIn', 'takeIn']);
});

test('while the database is down operators are told, and the intake goes on by itself afterwards', async () => {
  const { handle, calls } = await playApplication(flows, { intake: 'failed', faults: 12 });
  await vi.waitFor(async () => {
    expect(await shownStanding(handle)).toMatchObject({ FlowState: 'received', NeedsAttention: true });
  }, 10_000);

  expect(await handle.result()).toEqual({ state: 'failed', orderNumber: null });

  expect(calls).toHaveLength(13);
  expect(await shownStanding(handle)).toMatchObject({ FlowState: 'failed', NeedsAttention: false });
});

test('the contact center is reminded after 4 business hours, then each business day, and operators are told', async () => {
  const { handle, row, reminders, give } = await playApplication(flows);
  await handle.executeUpdate(awaitIntake);
  const first = remindersAround(row.since, row.since, rules).next;
  const second = remindersAround(row.since, first, rules).next;
  const third = remindersAround(row.since, second, rules).next;
  await flows.sleep(third - (await flows.now()) - 60_000);

  const written = reminders.map((dueAt) => Date.parse(dueAt));

  expect(written).toEqual([first, second]);
  expect(await shownStanding(handle)).toMatchObject({ FlowState: 'accepted', NeedsAttention: true });
  await handle.signal(commandGiven, give('goodsArranged'));
  await handle.result();
  expect(await shownStanding(handle)).toMatchObject({ NeedsAttention: false });
});

test('days without business put the reminder off', async () => {
  const now = await flows.now();
  const holidays = Array.from({ length: 7 }, (_, days) => jstDayAfter(now, days));
  const { handle, reminders, give } = await playApplication(flows, { holidays });
  await flows.sleep('6 days');

  expect(reminders).toEqual([]);

  await handle.signal(commandGiven, give('goodsUnavailable'));
  await handle.result();
});

test('an act that comes too late or twice leaves it waiting for the next', async () => {
  const { handle, give } = await playApplication(flows);
  await handle.executeUpdate(awaitIntake);

  await handle.signal(commandGiven, 'no such command');
  await flows.sleep('1 minute');

  expect(await handle.query(getState)).toBe('accepted');
  await handle.signal(commandGiven, give('goodsArranged'));
  expect(await handle.result()).toMatchObject({ state: 'arranged' });
});

test('started for an accepted row it takes nothing in again, and applies the act that was given meanwhile', async () => {
  const { handle, calls } = await playApplication(flows, { state: 'accepted', openCommand: 'goodsArranged' });

  expect(await handle.result()).toEqual({ state: 'arranged', orderNumber: '202204100001' });

  expect(calls).toEqual(['applyCommand']);
});

test('started for a row that has ended it ends at once, and still answers who waits for the intake', async () => {
  const { handle, calls } = await playApplication(flows, { state: 'arranged' });

  expect(await handle.result()).toEqual({ state: 'arranged', orderNumber: '202204100001' });

  expect(calls).toEqual([]);
});
