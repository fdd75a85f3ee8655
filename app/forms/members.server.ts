/** 「利用者管理」, as posted: an address to add, or a member to mail once more. */
import { parseMailAddress, type MailAddress } from '../../domain/mail-address.ts';
import { rowIdOf } from './row-id.server.ts';

export type AskedOfMembers =
  { act: 'add'; typed: string; address: MailAddress | undefined } | { act: 'mail'; memberId: string };

/** Reads which button was pressed. @throws Response 400 for what no button says, 404 for what is no member's id */
export function readMembersAct(fields: ReadonlyMap<string, string>): AskedOfMembers {
  switch (fields.get('intent') ?? '') {
    case 'add': {
      const typed = fields.get('address') ?? '';
      return { act: 'add', typed, address: parseMailAddress(typed) };
    }
    case 'mail':
      return { act: 'mail', memberId: rowIdOf(fields.get('memberId')) };
    default:
      throw new Response(null, { status: 400 });
  }
}
