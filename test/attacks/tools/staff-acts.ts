/** What a 管理者 does about members of a customer, by the pages of staff. */
import type { MemberAct } from '../../../domain/customer-acts.ts';
import { buildStaff, type BuiltMember } from '../../support/build.ts';
import type { World } from '../attack.ts';
import type { Answer, Browser } from './browser.ts';
import { holding } from './sign-in.ts';

export const CUSTOMERS = '/staff/customers';

/** A 管理者 who is signed in. */
export const administrator = async ({ target }: Pick<World, 'target'>): Promise<Browser> =>
  holding(target, await buildStaff({ role: 'administrator' }));

/** The page of a member's customer. */
export async function customerPage(
  { database }: World,
  { accountId }: Pick<BuiltMember, 'accountId'>,
): Promise<string> {
  const { number } = await database.row<{ number: string }>(
    'select customer_number as number from accounts where id = $1',
    [accountId],
  );
  return `${CUSTOMERS}/${number}`;
}

/** Ticks members of one customer and has something done for them. @param browser a 管理者's, unless another is to be refused */
export async function actOnMembers(
  world: World,
  browser: Browser,
  members: readonly [BuiltMember, ...BuiltMember[]],
  act: MemberAct,
): Promise<Answer> {
  const form = await browser.formWithButton(await customerPage(world, members[0]), 'act-on-members');
  const ticked = Object.fromEntries(members.map(({ id }) => [`member:${id}`, 'on']));
  return browser.submit(form, { ...ticked, act, identified: 'on', intent: 'act-on-members' });
}

/** Has 多要素認証 asked of a whole customer, or leaves it to the members again. */
export async function actOnMfa(
  world: World,
  browser: Browser,
  member: BuiltMember,
  intent: 'require-mfa' | 'release-mfa',
): Promise<Answer> {
  return browser.submit(await browser.formWithButton(await customerPage(world, member), intent), { intent });
}

type EveryoneAct = 'end-every-session' | 'require-every-password-change';

/** For all members of all customers. */
export async function actOnEveryone(browser: Browser, act: EveryoneAct): Promise<Answer> {
  const form = await browser.formWithButton(CUSTOMERS, 'act-on-everyone');
  return browser.submit(form, { act, confirm: 'on', intent: 'act-on-everyone' });
}
