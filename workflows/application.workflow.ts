/**
 * 申込: from the pressed button to the staff's answer.
 *
 * Begun by 「見積・注文」 (row and outbox line in one transaction; started by the web at once or by the relay). Moved by the intake, which needs
 * no message, and by the acts of staff in `/staff`. Lives until staff have answered, reminding the contact center meanwhile; ends
 * failed, arranged or unable. An operator is told while our database keeps the intake from going on, and when staff are late.
 */
import {
  allHandlersFinished,
  condition,
  proxyActivities,
  proxyLocalActivities,
  setHandler,
} from '@temporalio/workflow';
import type { ApplicationActivities, ApplicationRow } from '../activities/application.activities.ts';
import { jstDayAfter } from '../domain/business-hours.ts';
import { applicationTable, type ApplicationEvent, type ApplicationState } from '../domain/flows/application.ts';
import { isEnd, nextState, pathBetween } from '../domain/flows/state-table.ts';
import { applicationWaitsFor } from '../domain/flows/waits-for.ts';
import { remindersAround } from '../domain/staff-reminders.ts';
import { applicationAdvice } from '../domain/wording/operator.ts';
import { applicationWaits } from '../domain/wording/waits.ts';
import { ownDatabase, ownDatabaseQuickly } from './activity-profiles.ts';
import { awaitIntake, commandGiven, getState } from './application.contract.ts';
import type { ApplicationInput, ApplicationResult } from './application.contract.ts';
import { showOperators } from './show-operators.ts';
import { soon } from './soon.ts';
import { waitUntil } from './wait.ts';

const store = proxyActivities<ApplicationActivities>(ownDatabase);
const storeQuickly = proxyLocalActivities<ApplicationActivities>(ownDatabaseQuickly);

/** How far ahead holidays are asked for: longer than any run of days without business (ours). */
const CALENDAR_DAYS = 60;

export async function application({ applicationId }: ApplicationInput): Promise<ApplicationResult> {
  let state: ApplicationState = applicationTable.initial;
  let orderNumber: string | null = null;
  const commands: string[] = [];
  setHandler(getState, () => state);
  setHandler(commandGiven, (commandId) => {
    commands.push(commandId);
  });
  setHandler(awaitIntake, async () => {
    await condition(() => state !== 'received');
    return { state, orderNumber };
  });

  let row = await intakeSoon((activities) => activities.readApplicationStanding(applicationId));
  if (row.openCommandId !== null) commands.push(row.openCommandId);
  standAt(row.state, row.orderNumber);
  if (state === 'received') {
    row = await intakeSoon((activities) => activities.takeIn(applicationId));
    moveTo(row.state, row.orderNumber);
  }
  while (!isEnd(applicationTable, state)) {
    const nextReminder = await remindStaffWhereDue(Date.parse(row.since));
    await waitUntil(() => commands.length > 0, nextReminder - Date.now(), 'until staff are reminded');
    const commandId = commands.shift();
    if (commandId === undefined) continue;
    const answered = await store.applyCommand(commandId);
    moveTo(answered.state, answered.orderNumber);
  }
  await condition(allHandlersFinished);
  return { state, orderNumber };

  /** For somebody waits; operators are told where it can't be done at once. */
  function intakeSoon(ask: (activities: typeof store) => Promise<ApplicationRow>): Promise<ApplicationRow> {
    return soon(storeQuickly, store, ask, () => {
      show({ needsAttention: true, advice: applicationAdvice.intakeStuck });
    });
  }

  /** Reminds the contact center if a reminder is due, once for each, and answers when the next one will be (milliseconds). */
  async function remindStaffWhereDue(since: number): Promise<number> {
    const days = { from: jstDayAfter(since, 0), to: jstDayAfter(Date.now(), CALENDAR_DAYS) };
    const rules = await soon(storeQuickly, store, (activities) => activities.readReminderRules(days.from, days.to));
    const { due, next } = remindersAround(since, Date.now(), rules);
    if (due !== undefined && commands.length === 0) {
      await store.remindStaff(applicationId, new Date(due).toISOString());
      show({ needsAttention: true, advice: applicationAdvice.overdue });
    }
    return next;
  }

  /** The one place that changes the state; what the table doesn't draw changes nothing. */
  function moveTo(reached: ApplicationState, number: string | null): void {
    for (const event of pathBetween(applicationTable, state, reached)) {
      const next = nextState(applicationTable, state, event);
      if (next !== undefined) standAt(next, number, event);
    }
  }

  function standAt(next: ApplicationState, number: string | null, lastEvent?: ApplicationEvent): void {
    state = next;
    orderNumber = number;
    show({ needsAttention: false, advice: applicationAdvice.onItsWay, lastEvent });
  }

  function show(how: { needsAttention: boolean; advice: string; lastEvent?: ApplicationEvent | undefined }): void {
    const { needsAttention, advice, lastEvent } = how;
    const standing = { flowState: state, orderNumber, waitsFor: applicationWaitsFor[state], needsAttention };
    showOperators(lastEvent === undefined ? standing : { ...standing, lastEvent }, applicationWaits[state], advice);
  }
}
