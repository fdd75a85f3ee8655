/** Members at browsers without JavaScript, each with an address of its own, so that no limit of the site stands in the way. */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { formOfContent } from '../domain/application/draft-form.ts';
import { saveDraft } from '../db/stores/drafts.ts';
import { Browser } from '../test/attacks/tools/browser.ts';
import type { Database } from '../test/attacks/tools/database.ts';
import type { PageForm } from '../test/attacks/tools/page.ts';
import { holding } from '../test/attacks/tools/sign-in.ts';
import { buildContent, buildItem, buildMember, buildProduct, type BuiltMember } from '../test/support/build.ts';
import type { Ground } from './ground.ts';

const ACCEPTED_WITHIN_MS = 30_000;

/** Below the site's limit of submissions a minute, which counts by member (S58). */
const ORDERS_OF_ONE_MEMBER = 20;

export interface SignIn {
  browser: Browser;
  form: PageForm;
  member: BuiltMember;
}

/** A filled-in order on its confirm page. */
export interface Order {
  browser: Browser;
  form: PageForm;
  memberId: string;
  draftId: string;
}

export const targetOf = ({ urls, ports }: Ground) => ({ origin: urls['web'] ?? '', port: ports['web'] ?? 0 });

/** Members before the filled-in sign-in form. */
export async function beforeSignIn(site: Ground, count: number): Promise<SignIn[]> {
  const all: SignIn[] = [];
  for (let n = 0; n < count; n += 1) {
    const browser = new Browser(targetOf(site));
    all.push({ browser, form: await browser.formWith('/login', 'password'), member: await buildMember() });
  }
  return all;
}

/** Signs in, leaving the browser as it was. @throws Error when no session came of it */
export async function signIn({ browser, form, member }: SignIn): Promise<void> {
  const { loginId, address, password } = member;
  const answer = await browser.submit(form, { loginId, address, password }, { forgetful: true });
  if (answer.status !== 302 || !answer.setCookies.some((line) => line.startsWith('sid=')))
    throw new Error(`a right password was answered with ${answer.status}`);
}

/** Orders of one article each, ready to be sent. */
export async function beforeSending(site: Ground, count: number): Promise<Order[]> {
  const { code, name } = await buildProduct();
  const form = formOfContent(buildContent({ items: [buildItem({ productCode: code, productName: name })] }));
  const orders: Order[] = [];
  while (orders.length < count) {
    const member = await buildMember();
    const { memberId } = member;
    const browser = await holding(targetOf(site), member);
    for (let n = 0; n < ORDERS_OF_ONE_MEMBER && orders.length < count; n += 1) {
      const draftId = randomUUID();
      await saveDraft(memberId, draftId, form);
      orders.push({ browser, form: await browser.formWith(`/apply/${draftId}/confirm`, 'digest'), memberId, draftId });
    }
  }
  return orders;
}

/** Presses 「この内容で申し込む」 and returns when the row says 受付完了. @throws Error when it doesn't */
export async function sendOrder({ browser, form, memberId, draftId }: Order, database: Database): Promise<void> {
  const answer = await browser.submit(form);
  if (answer.status !== 303) throw new Error(`an order was answered with ${answer.status}`);
  const end = performance.now() + ACCEPTED_WITHIN_MS;
  for (;;) {
    const { intake } = await database.row<{ intake: string }>(
      'select intake from applications where member_id = $1 and draft_id = $2',
      [memberId, draftId],
    );
    if (intake === 'accepted') return;
    if (intake !== 'received' || performance.now() > end) throw new Error(`an order stands at ${intake}`);
    // The answer came before the intake was through: its waiting counts.
    await sleep(50);
  }
}
