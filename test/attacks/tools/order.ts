/** An order as an attacker brings it to the point: filled in, on its confirm page. */
import { fieldsOf } from '../../../domain/application/draft-form.ts';
import { buildMember, type BuiltMember } from '../../support/build.ts';
import type { World } from '../attack.ts';
import type { Browser } from './browser.ts';
import { goodForm } from './fixture.ts';
import type { PageForm } from './page.ts';
import { holding } from './sign-in.ts';

export interface PreparedOrder {
  browser: Browser;
  member: BuiltMember;
  confirm: PageForm;
}

/** A draft of a member of its own, ready to be sent. */
export async function preparedOrder(world: World, draftId: string): Promise<PreparedOrder> {
  const member = await buildMember();
  const browser = await holding(world.target, member);
  const input = await browser.formWith(`/apply/${draftId}`, 'remarks');
  await browser.submit(input, { ...Object.fromEntries(fieldsOf(goodForm(world.fixture.product))), intent: 'confirm' });
  return { browser, member, confirm: await browser.formWith(`/apply/${draftId}/confirm`, 'digest') };
}
