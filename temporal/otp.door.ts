/** The door to the flow of a one-time password. Nobody waits for it: the relay alone starts and tells it. */
import { readChallengeStanding } from '../db/stores/challenges.ts';
import { otpWaitsFor } from '../domain/flows/waits-for.ts';
import { codeAccepted, otpId, otpType, signInLeft, triesExhausted, type OtpInput } from '../workflows/otp.contract.ts';
import { startOf, type Door } from './door.ts';

export const otpDoor: Door = {
  workflowType: otpType,
  workflowId: otpId,
  startOptions: async (challengeId) => {
    const { state, since, customerNumber } = await readChallengeStanding(challengeId);
    const input: OtpInput = { challengeId };
    return startOf(
      otpId(challengeId),
      input,
      { customerNumber, flowState: state, waitsFor: otpWaitsFor[state], stateSince: since, needsAttention: false },
      [customerNumber ?? 'staff', 'one-time-password'],
    );
  },
  facts: { codeAccepted, triesExhausted, signInLeft },
};
