/**
 * A letter: one mail to one recipient, from its row to the mail server's answer.
 *
 * Begun by whatever writes a letter (row and outbox line in one transaction, started by the relay). Moved by the mail server, the clock
 * and operators. Lives as long as temporary refusals last, at most 24 hours or until its code or link is over; parked it waits
 * for an operator without an end, who can `retry` or `giveUp`. Ends sent, lapsed or abandoned.
 */
import {
  ActivityFailure,
  allHandlersFinished,
  ApplicationFailure,
  condition,
  isCancellation,
  proxyActivities,
  proxyLocalActivities,
  setHandler,
} from '@temporalio/workflow';
import type { LetterActivities, LetterRow, MailActivities } from '../activities/letter.activities.ts';
import { letterTable, type LetterEvent, type LetterState } from '../domain/flows/letter.ts';
import { isEnd, nextState } from '../domain/flows/state-table.ts';
import { letterWaitsFor } from '../domain/flows/waits-for.ts';
import { letterAdvice } from '../domain/wording/operator.ts';
import { letterWaits } from '../domain/wording/waits.ts';
import { ownDatabase, ownDatabaseQuickly } from './activity-profiles.ts';
import { getState, giveUp, isByOperator, retry, type ByOperator, type LetterInput } from './letter.contract.ts';
import { showOperators } from './show-operators.ts';
import { taskQueues } from './task-queues.contract.ts';
import { soon } from './soon.ts';
import { waitUntil } from './wait.ts';

const store = proxyActivities<LetterActivities>(ownDatabase);
const storeQuickly = proxyLocalActivities<LetterActivities>(ownDatabaseQuickly);

/**
 * The mail server, until the letter's time is over. The heartbeat tells a killed worker from a slow server. No retry is scheduled that
 * would pass the end, so what must arrive soon is retried closely: a code's last try comes at most 10 s before its end.
 */
const mailServer = ({ millisecondsLeft, endsWithSecret }: LetterRow) =>
  proxyActivities<MailActivities>({
    taskQueue: taskQueues.mail,
    scheduleToCloseTimeout: millisecondsLeft,
    startToCloseTimeout: '60 seconds',
    heartbeatTimeout: '10 seconds',
    retry: {
      initialInterval: '2 seconds',
      backoffCoefficient: 2,
      maximumInterval: endsWithSecret ? '10 seconds' : '60 seconds',
    },
  });

type Act = ByOperator & { event: 'retried' | 'givenUp' };

export async function letter({ letterId }: LetterInput): Promise<LetterState> {
  let state: LetterState = letterTable.initial;
  let act: Act | undefined;
  setHandler(getState, () => state);
  setHandler(retry, ({ operator }) => operate({ event: 'retried', operator }), { validator: requireOperator });
  setHandler(giveUp, ({ operator }) => operate({ event: 'givenUp', operator }), { validator: requireOperator });

  let row = await readStanding();
  standAt(row.state);
  while (!isEnd(letterTable, state)) {
    moveTo(state === 'pending' ? await send() : await waitForOperator());
    act = undefined;
    if (!isEnd(letterTable, state)) row = await readStanding();
  }
  await condition(allHandlersFinished);
  return state;

  function readStanding(): Promise<LetterRow> {
    return soon(storeQuickly, store, (activities) => activities.readLetterStanding(letterId));
  }

  /** Until the mail server has said yes or never, or the time is over. */
  async function send(): Promise<LetterEvent> {
    try {
      if (row.millisecondsLeft > 0) return await mailServer(row).sendLetter(letterId);
    } catch (error) {
      if (!(error instanceof ActivityFailure) || isCancellation(error)) throw error;
    }
    return row.endsWithSecret ? store.recordLapsed(letterId) : store.recordParked(letterId);
  }

  /** Until an operator decides; a letter whose code or link ends doesn't wait any longer than that. */
  async function waitForOperator(): Promise<LetterEvent> {
    if (!row.endsWithSecret) await condition(() => act !== undefined);
    else await waitUntil(() => act !== undefined, row.millisecondsLeft, 'until its code or link is over');
    if (act === undefined) return store.recordLapsed(letterId);
    return act.event === 'retried'
      ? store.reopenLetter(letterId, act.operator)
      : store.recordAbandoned(letterId, act.operator);
  }

  /** Hands an operator's act to the story and answers with the state after it; where the table has no such act now, it does nothing. */
  async function operate(wanted: Act): Promise<LetterState> {
    if (nextState(letterTable, state, wanted.event) === undefined || act !== undefined) return state;
    act = wanted;
    await condition(() => act !== wanted);
    return state;
  }

  /** The one place that changes the state; an event that the table doesn't draw changes nothing. */
  function moveTo(event: LetterEvent): void {
    const next = nextState(letterTable, state, event);
    if (next !== undefined) standAt(next, event);
  }

  function standAt(next: LetterState, lastEvent?: LetterEvent): void {
    state = next;
    const standing = { flowState: state, waitsFor: letterWaitsFor[state], needsAttention: state === 'parked' };
    const advice = state === 'parked' ? letterAdvice.parked : letterAdvice.onItsWay;
    showOperators(lastEvent === undefined ? standing : { ...standing, lastEvent }, letterWaits[state], advice);
  }
}

/** Validators are synchronous and refuse only what is malformed: the SDK runs them before the update enters the history. */
function requireOperator(argument: ByOperator): void {
  if (!isByOperator(argument)) throw ApplicationFailure.nonRetryable('operator: 1 to 32 of a-z 0-9 . _ -', 'malformed');
}
