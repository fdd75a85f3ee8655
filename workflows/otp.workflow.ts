/**
 * ワンタイムパスワード: one mailed code, from the right password to its end.
 *
 * Begun by 「ログイン」 and the staff's sign-in (row and outbox line in one transaction, started by the relay). Moved by the web, which alone
 * judges codes against PostgreSQL, and by the clock. Lives 10 minutes; ends accepted, exhausted, expired or cancelled.
 * An operator has nothing to do here: a code that can't be mailed is the letter's story.
 */
import { proxyActivities } from '@temporalio/workflow';
import type { OtpActivities } from '../activities/otp.activities.ts';
import { otpTable, type OtpState } from '../domain/flows/otp.ts';
import { otpWaitsFor } from '../domain/flows/waits-for.ts';
import { waitingAdvice } from '../domain/wording/operator.ts';
import { otpWaits } from '../domain/wording/waits.ts';
import { ownDatabase } from './activity-profiles.ts';
import { followRow } from './follow-row.ts';
import { codeAccepted, getState, signInLeft, triesExhausted, type OtpInput } from './otp.contract.ts';

const store = proxyActivities<OtpActivities>(ownDatabase);

export async function otp({ challengeId }: OtpInput): Promise<OtpState> {
  return followRow({
    table: otpTable,
    waitsFor: otpWaitsFor,
    waits: otpWaits,
    advice: waitingAdvice,
    getState,
    facts: [codeAccepted, triesExhausted, signInLeft],
    timer: 'until the code expires',
    read: () => store.readChallengeStanding(challengeId),
    comeDue: () => store.expireChallenge(challengeId),
  });
}
