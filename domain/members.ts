/** 利用者 of an account. Source: 「利用者管理」; the states are ours (spec.md). */

/** `active`: 利用中; `waiting`: 設定待ち, the set-up link is valid; `expired`: 設定期限切れ, no valid one is out. */
export type MemberState = 'active' | 'waiting' | 'expired';

/** Nobody could sign in any more if the last 利用中 were deleted. */
export const isLastActive = <Member extends { id: string; state: MemberState }>(
  member: Member,
  members: readonly Member[],
): boolean => member.state === 'active' && !members.some((other) => other.id !== member.id && other.state === 'active');
