/** What the flows that wait for a mailed link ask of our database. */
import type { EmailChangeState } from '../domain/flows/email-change.ts';
import type { PasswordResetState } from '../domain/flows/password-reset.ts';
import type { PasswordSetupState } from '../domain/flows/password-setup.ts';

/** The row's state, and how long until something is due, by the database's clock. */
interface Standing<State> {
  state: State;
  millisecondsLeft: number;
}

export interface ProcedureActivities {
  readPasswordResetStanding: (procedureId: string) => Promise<Standing<PasswordResetState>>;
  /** Looks up what was typed and mails the link, or ends; later ends the link's hour. */
  moveResetOn: (procedureId: string) => Promise<Standing<PasswordResetState>>;
  readPasswordSetupStanding: (procedureId: string) => Promise<Standing<PasswordSetupState>>;
  /** Mails the reminder, later ends the link's 72 hours. */
  moveSetupOn: (procedureId: string) => Promise<Standing<PasswordSetupState>>;
  readEmailChangeStanding: (procedureId: string) => Promise<Standing<EmailChangeState>>;
  expireEmailChange: (procedureId: string) => Promise<Standing<EmailChangeState>>;
}

/** @param stores db/stores/{password-reset,password-setup,email-change}.ts */
export function createProcedureActivities(stores: ProcedureActivities): ProcedureActivities {
  return {
    /** Safe twice: it only reads. */
    readPasswordResetStanding: async (id) => standingOf(await stores.readPasswordResetStanding(id)),

    /** Safe twice: conditional on 'asked', then on an end that has come. */
    moveResetOn: async (id) => standingOf(await stores.moveResetOn(id)),

    /** Safe twice: it only reads. */
    readPasswordSetupStanding: async (id) => standingOf(await stores.readPasswordSetupStanding(id)),

    /** Safe twice: conditional on 'open' and a reminder that is due, then on an end that has come. */
    moveSetupOn: async (id) => standingOf(await stores.moveSetupOn(id)),

    /** Safe twice: it only reads. */
    readEmailChangeStanding: async (id) => standingOf(await stores.readEmailChangeStanding(id)),

    /** Safe twice: one conditional UPDATE, which changes nothing before the end or after another end. */
    expireEmailChange: async (id) => standingOf(await stores.expireEmailChange(id)),
  };
}

/** Only what the flow needs goes into its history. */
const standingOf = <State>({ state, millisecondsLeft }: Standing<State>): Standing<State> => ({
  state,
  millisecondsLeft: Math.ceil(millisecondsLeft),
});
