/** メールアドレス変更: the old mailbox, then the new one, then the switch. */
import { inTransaction } from '../connect.ts';
import { expireProcedure, readProcedureStanding, type ProcedureStanding } from './procedures.ts';

const KIND = 'email-change';

export const readEmailChangeStanding = (id: string): Promise<ProcedureStanding<typeof KIND>> =>
  readProcedureStanding(KIND, id);

/** Ends a step whose time is over; changes nothing before that. */
export async function expireEmailChange(id: string): Promise<ProcedureStanding<typeof KIND>> {
  await inTransaction((tx) => expireProcedure(tx, KIND, id));
  return readEmailChangeStanding(id);
}
