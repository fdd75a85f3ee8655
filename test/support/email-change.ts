/** メールアドレス変更 brought to each of its steps by the same verbs as in life. */
import { randomUUID } from 'node:crypto';
import { giveNewAddress } from '../../db/stores/address-switch.ts';
import { requestEmailChange } from '../../db/stores/email-change.ts';
import type { MemberSession } from '../../db/stores/sessions.ts';
import { buildMemberSession, buildVisit, type BuiltMember } from './build.ts';
import { mailedToken } from './links.ts';
import { mailAddress } from './mail-address.ts';

/** An address that nobody has. */
export const freshAddress = (): string => `new-${randomUUID().slice(0, 8)}@example.jp`;

export interface RequestedChange {
  session: MemberSession;
  /** Of the browser that asked. */
  secret: string;
  /** In the mail to the old address. */
  requestToken: string;
}

/** A member has asked for the change. @param held the session it is asked in; without one a session is opened for it */
export async function buildRequestedChange(
  member: BuiltMember,
  held?: Pick<RequestedChange, 'secret' | 'session'>,
): Promise<RequestedChange> {
  const { secret, session } = held ?? (await buildMemberSession(member));
  const asked = await requestEmailChange(session, buildVisit());
  if (!asked.ok) throw new Error(`the built request was refused: ${asked.reason}`);
  return { session, secret, requestToken: await mailedToken(member.id, 'email-change-request') };
}

export interface GivenChange extends RequestedChange {
  newAddress: string;
  /** In the mail to the new address. */
  confirmationToken: string;
}

/** The new address was given and waits to be confirmed. */
export async function buildGivenChange(
  member: BuiltMember,
  newAddress = freshAddress(),
  held?: Pick<RequestedChange, 'secret' | 'session'>,
): Promise<GivenChange> {
  const requested = await buildRequestedChange(member, held);
  const typed = { password: member.password, address: mailAddress(newAddress) };
  const given = await giveNewAddress(requested.requestToken, typed, buildVisit());
  if (!given.ok) throw new Error(`the built address was refused: ${given.reason}`);
  return {
    ...requested,
    newAddress,
    confirmationToken: await mailedToken(member.id, 'email-change-confirmation'),
  };
}
