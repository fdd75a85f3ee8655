/** One customer's page, as posted: which button, for whom. */
import { memberActs, type MemberAct } from '../../domain/customer-acts.ts';
import { rowIdOf } from './row-id.server.ts';

export type CustomerAct =
  | { intent: 'act-on-members'; memberIds: string[]; act: MemberAct | undefined; identified: boolean }
  | { intent: 'add-member'; address: string; identified: boolean }
  | { intent: 'require-mfa' | 'release-mfa' };

const MEMBER_FIELD = 'member:';

/** Reads it. @throws Response 400 for what no form of the page posts, 404 for an id that is none */
export function readCustomerAct(fields: ReadonlyMap<string, string>): CustomerAct {
  const intent = fields.get('intent');
  const identified = fields.has('identified');
  switch (intent) {
    case 'act-on-members': {
      const chosen = [...fields.keys()].filter((name) => name.startsWith(MEMBER_FIELD));
      const memberIds = chosen.map((name) => rowIdOf(name.slice(MEMBER_FIELD.length)));
      return { intent, memberIds, act: memberActOf(fields.get('act')), identified };
    }
    case 'add-member':
      return { intent, address: fields.get('address') ?? '', identified };
    case 'require-mfa':
    case 'release-mfa':
      return { intent };
    case undefined:
    default:
      throw new Response(null, { status: 400 });
  }
}

function memberActOf(word: string | undefined): MemberAct | undefined {
  if (word === undefined) return undefined;
  const act = memberActs.find((known) => known === word);
  if (act === undefined) throw new Response(null, { status: 400 });
  return act;
}
