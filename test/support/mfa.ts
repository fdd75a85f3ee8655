/** A member who is turning 多要素認証 on: the code was mailed, this browser is asked for it. */
import { deriveCode, currentSecretKeyId } from '../../db/stores/secrets.ts';
import { changeRegistration } from '../../db/stores/registration.ts';
import { readMemberSession, type MemberSession } from '../../db/stores/sessions.ts';
import { buildMemberSession, buildVisit, type BuiltMember } from './build.ts';

export interface AskedForCode {
  /** Of the browser that asked. */
  secret: string;
  session: MemberSession & { challengeId: string };
  /** What the mail says. */
  code: string;
}

/** Asks in a new browser, or in the one given. */
export async function askToTurnMfaOn(member: BuiltMember, browser?: { secret: string }): Promise<AskedForCode> {
  const secret = browser?.secret ?? (await buildMemberSession(member)).secret;
  const before = await livingSession(secret);
  const asked = await changeRegistration(before, { userName: member.name, mfa: true }, '', buildVisit());
  if (!asked.ok) throw new Error(`no code was mailed: ${asked.reason}`);
  const session = await livingSession(secret);
  const { challengeId } = session;
  if (challengeId === null) throw new Error('no code is asked for');
  const code = deriveCode('mfa-on', 'member', challengeId, currentSecretKeyId());
  return { secret, session: { ...session, challengeId }, code };
}

/** The session as its next request finds it. @throws Error when it has ended */
async function livingSession(secret: string): Promise<MemberSession> {
  const session = await readMemberSession(secret);
  if (session === undefined) throw new Error('the session has ended');
  return session;
}
