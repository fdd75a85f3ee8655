/** メールアドレス変更 brought to each of its steps by the same verbs as in life. */
import { randomUUID } from 'node:crypto';
import { firstRow } from '../../db/raw.ts';
import { giveNewAddress } from '../../db/stores/address-switch.ts';
import { requestEmailChange, type EmailChangeLetter } from '../../db/stores/email-change.ts';
import { deriveLinkToken } from '../../db/stores/secrets.ts';
import type { MemberSession } from '../../db/stores/sessions.ts';
import { parseMailAddress, type MailAddress } from '../../domain/mail-address.ts';
import { buildMemberSession, buildVisit, type BuiltMember } from './build.ts';

export const mailAddress = (typed: string): MailAddress => {
  const address = parseMailAddress(typed);
  if (address === undefined) throw new Error('no mail address');
  return address;
};

/** An address that nobody has. */
export const freshAddress = (): string => `new-${randomUUID().slice(0, 8)}@example.jp`;

/** The token in the member's newest mail of a step. @throws Error when there is none */
export async function emailChangeToken(memberId: string, purpose: EmailChangeLetter): Promise<string> {
  const link = await firstRow<{ id: string; keyId: string }>(
    `select id, key_id as "keyId" from links where member_id = $1 and purpose = $2 order by created_at desc limit 1`,
    [memberId, purpose],
  );
  if (link === undefined) throw new Error(`no link for ${purpose}`);
  return deriveLinkToken(purpose, link.id, link.keyId);
}

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
  return { session, secret, requestToken: await emailChangeToken(member.id, 'email-change-request') };
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
    confirmationToken: await emailChangeToken(member.id, 'email-change-confirmation'),
  };
}
