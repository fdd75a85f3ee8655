/** The rows of 「利用者一覧」 as the page shows them: instants in JST, what a set-up waits for in the words of its flow. */
import { jstMinute } from '../../domain/jst.ts';
import { isLastActive } from '../../domain/members.ts';
import { passwordSetupWaits } from '../../domain/wording/waits.ts';
import type { ListedMember } from '../../db/stores/members.ts';
import type { MemberRow } from '../components/member-list.tsx';
import { timeLeftText } from '../texts/account.ts';

/** @param self the member who looks */
export const memberRows = (members: ListedMember[], self: string): MemberRow[] =>
  members.map((member) => ({
    id: member.id,
    userName: member.userName,
    address: member.address,
    state: member.state,
    self: member.id === self,
    lastActive: isLastActive(member, members),
    setup: setupOf(member),
    mailFailed: member.mailFailed,
  }));

/** The flow notes the end a moment after it: till then the row's own word would be wrong. */
function setupOf({ state, setup, setupEndsAt, setupSecondsLeft }: ListedMember): MemberRow['setup'] {
  if (setup === null || setupEndsAt === null) return undefined;
  return {
    waits: passwordSetupWaits[state === 'expired' ? 'expired' : setup],
    until: jstMinute(setupEndsAt),
    left: timeLeftText(setupSecondsLeft),
  };
}
