/**
 * ワンタイムパスワード: one mailed code, from the right password to its end.
 *
 * Begun by 「ログイン」 and the staff's sign-in (row and outbox line in one transaction, started by the relay). Moved by the web, which alone
 * judges codes against PostgreSQL, and by the clock. Lives 10 minutes; ends accepted, exhausted, expired or cancelled.
 * An operator has nothing to do here: a code that can't be mailed is the letter's story.
 */
import { allHandlersFinished, condition, proxyActivities, setHandler } from '@temporalio/workflow';
import type { OtpActivities } from '../activities/otp.activities.ts';
import { otpTable, type OtpEvent, type OtpState } from '../domain/flows/otp.ts';
import { eventBetween, isEnd, nextState } from '../domain/flows/state-table.ts';
import { otpWaitsFor } from '../domain/flows/waits-for.ts';
import { otpAdvice } from '../domain/wording/operator.ts';
import { otpWaits } from '../domain/wording/waits.ts';
import { ownDatabase } from './activity-profiles.ts';
import { codeAccepted, getState, signInLeft, triesExhausted, type OtpInput } from './otp.contract.ts';
import { showOperators } from './show-operators.ts';
import { waitUntil } from './wait.ts';

const store = proxyActivities<OtpActivities>(ownDatabase);

export async function otp({ challengeId }: OtpInput): Promise<OtpState> {
  let state: OtpState = otpTable.initial;
  let told = false;
  setHandler(getState, () => state);
  for (const fact of [codeAccepted, triesExhausted, signInLeft]) {
    setHandler(fact, () => {
      told = true;
    });
  }

  let row = await store.readChallengeStanding(challengeId);
  standAt(row.state);
  while (!isEnd(otpTable, state)) {
    const toldInTime = await waitUntil(() => told, row.millisecondsLeft, 'until the code expires');
    told = false;
    // PostgreSQL's clock decides: before its end the row stays open, and the flow sleeps for the time that is left.
    row = toldInTime ? await store.readChallengeStanding(challengeId) : await store.expireChallenge(challengeId);
    moveTo(eventBetween(otpTable, state, row.state));
  }
  await condition(allHandlersFinished);
  return state;

  /** The one place that changes the state; an event that the table doesn't draw changes nothing. */
  function moveTo(event: OtpEvent | undefined): void {
    const next = event === undefined ? undefined : nextState(otpTable, state, event);
    if (next !== undefined) standAt(next, event);
  }

  function standAt(next: OtpState, lastEvent?: OtpEvent): void {
    state = next;
    const standing = { flowState: state, waitsFor: otpWaitsFor[state], needsAttention: false };
    showOperators(lastEvent === undefined ? standing : { ...standing, lastEvent }, otpWaits[state], otpAdvice);
  }
}
