/** Members as 「利用者管理」 makes them. */
import { addMember } from '../../db/stores/members.ts';
import type { MemberSession } from '../../db/stores/sessions.ts';
import { buildMember, buildMemberSession, buildVisit, type BuiltAccount, type BuiltMember } from './build.ts';
import { mailAddress } from './mail-address.ts';

/** A member of a fresh account who may add and delete others. */
export async function buildKeeper(): Promise<{ keeper: BuiltMember; session: MemberSession; account: BuiltAccount }> {
  const keeper = await buildMember();
  const { session } = await buildMemberSession(keeper);
  const { accountId: id, loginId, company } = keeper;
  return { keeper, session, account: { id, loginId, company, customerNumber: session.customerNumber } };
}

let last = 0;

/** Adds a member as the page does. @returns the invited member's id and address */
export async function invite(session: MemberSession, address?: string): Promise<{ id: string; address: string }> {
  const given = address ?? `invited-${session.memberId.slice(0, 8)}-${(last += 1)}@example.jp`;
  const added = await addMember(session, mailAddress(given), buildVisit());
  if (!added.ok) throw new Error(`the invitation was refused: ${added.reason}`);
  return { id: added.value.id, address: given };
}
