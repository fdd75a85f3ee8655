/** What staff may do about members of a customer, one, some or all of them. Source: spec.md, Staff. */

export const memberActs = ['end-sessions', 'require-password-change', 'unlock', 'mail-setup', 'turn-mfa-off'] as const;
export type MemberAct = (typeof memberActs)[number];

/** What an act needs to know of a member. */
export interface ActedMember {
  /** The password is set. */
  setUp: boolean;
  mfa: boolean;
}

/** Whom an act means; the others are left as they are. */
const MEANT: Record<MemberAct, (member: ActedMember) => boolean> = {
  'end-sessions': () => true,
  'require-password-change': ({ setUp }) => setUp,
  unlock: () => true,
  'mail-setup': ({ setUp }) => !setUp,
  'turn-mfa-off': ({ setUp, mfa }) => setUp && mfa,
};

export const isMeant = (act: MemberAct, member: ActedMember): boolean => MEANT[act](member);

/** Acts by which somebody gets into an account: only after the caller was identified by telephone. */
export const needsIdentification = (act: MemberAct): boolean => act === 'turn-mfa-off';
