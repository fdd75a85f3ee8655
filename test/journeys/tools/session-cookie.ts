/** The short cut past the sign-in: a session that the stores have opened. */
import { memberSessions, staffSessions } from '../../../app/auth/browser-sessions.server.ts';
import { buildMemberSession, buildStaffSession, type BuiltMember, type BuiltStaff } from '../../support/build.ts';

/** The Set-Cookie of a session that was opened just now. */
export async function sessionCookie(person: BuiltMember | BuiltStaff): Promise<string> {
  if (person.kind === 'staff') return staffSessions().remember((await buildStaffSession(person)).secret);
  return memberSessions().remember((await buildMemberSession(person)).secret);
}
