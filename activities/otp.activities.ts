/** What the flow of a one-time password asks of our database. */
import type { OtpState } from '../domain/flows/otp.ts';

export interface OtpStanding {
  state: OtpState;
  /** Until the end of its time, by the database's clock; 0 when over. */
  millisecondsLeft: number;
}

export interface OtpActivities {
  readChallengeStanding: (challengeId: string) => Promise<OtpStanding>;
  expireChallenge: (challengeId: string) => Promise<OtpStanding>;
}

/** @param store db/stores/challenges.ts */
export function createOtpActivities(store: OtpActivities): OtpActivities {
  return {
    /** Safe twice: it only reads. */
    readChallengeStanding: async (challengeId) => standingOf(await store.readChallengeStanding(challengeId)),

    /** Safe twice: one conditional UPDATE, which changes nothing before the end or after another end. */
    expireChallenge: async (challengeId) => standingOf(await store.expireChallenge(challengeId)),
  };
}

/** Only what the flow needs goes into its history. */
const standingOf = ({ state, millisecondsLeft }: OtpStanding): OtpStanding => ({
  state,
  millisecondsLeft: Math.ceil(millisecondsLeft),
});
