/** Members and staff at browsers without JavaScript, over HTTP; whatever they get is written down for the checker. */
import { randomBytes, randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { formOfContent, fieldsOf } from '../../domain/application/draft-form.ts';
import { Browser, freshAddress, type Answer } from '../attacks/tools/browser.ts';
import { formsOf, type PageForm } from '../attacks/tools/page.ts';
import {
  buildContent,
  builtDelivery,
  buildItem,
  builtOrderer,
  type BuiltMember,
  type BuiltStaff,
} from '../support/build.ts';
import type { Seen, SeenSubmission } from './checker/evidence.ts';

/** A filled-in order on its confirm page: the key is the draft. */
export interface Order {
  browser: Browser;
  form: PageForm;
  seen: SeenSubmission;
}

export interface Receipt {
  applicationNumber: string;
  orderNumber: string | undefined;
}

/** A person's patience with a page that doesn't come. */
const PATIENCE_MS = 20_000;
/** How long a person goes on pressing the button again. */
const RETRIES_FOR_MS = 60_000;
const BETWEEN_TRIES_MS = 300;

export class Clients {
  readonly seen: Seen = { submissions: [], answers: [], passwordChanges: [], canaries: [], crashesAfterData: 0 };
  readonly #target: { origin: string; port: number };
  readonly #product: string;

  constructor(origin: string, product: string) {
    this.#target = { origin, port: Number(new URL(origin).port) };
    this.#product = product;
  }

  /** A full session, or the page that asks for a code. */
  async signIn(person: BuiltMember | BuiltStaff, port = this.#target.port): Promise<Browser> {
    const browser = new Browser({ ...this.#target, port }, freshAddress());
    const path = person.kind === 'member' ? '/login' : '/staff/login';
    const { address, password } = person;
    const typed = { ...(person.kind === 'member' ? { loginId: person.loginId } : {}), address, password };
    const page = await this.open(browser, path);
    const answer = await this.answer(browser, () => browser.submit(formWith(page, 'password'), typed));
    if (answer === undefined || answer.status >= 400)
      throw new Error(`sign-in of ${address}: ${answer?.status ?? 'no answer'}`);
    this.seen.canaries.push(person.password, ...browser.cookies.values());
    return browser;
  }

  /** Signs in, again and again while something is broken. @throws Error after a minute */
  async signInPatiently(person: BuiltMember | BuiltStaff): Promise<Browser> {
    const end = Date.now() + RETRIES_FOR_MS;
    for (;;) {
      try {
        return await this.signIn(person);
      } catch (error) {
        if (Date.now() > end) throw error;
        await sleep(BETWEEN_TRIES_MS);
      }
    }
  }

  /** Opens a page, redirects followed. @throws Error when it isn't shown */
  async open(browser: Browser, path: string): Promise<Answer> {
    for (let at = path, hops = 0; hops < 10; hops += 1) {
      const way = at;
      const answer = await this.answer(browser, () => browser.get(way));
      if (answer?.status === 200) return answer;
      if (answer?.headers.location === undefined) throw new Error(`${way} answered ${answer?.status ?? 'nothing'}`);
      at = new URL(answer.headers.location, browser.target.origin).pathname;
    }
    throw new Error(`${path} redirects without end`);
  }

  /** Fills in an order up to the confirm page. What is typed stands nowhere else: a canary. */
  async prepareOrder(browser: Browser, member: BuiltMember): Promise<Order> {
    const draftId = randomUUID();
    const word = `作業所${randomBytes(6).toString('hex')}`;
    const remarks = `備考${randomBytes(6).toString('hex')}`;
    this.seen.canaries.push(word, remarks);
    const content = buildContent({
      orderer: { ...builtOrderer, person: member.name },
      deliveries: [{ ...builtDelivery, department: word }],
      items: [buildItem({ productCode: this.#product })],
      remarks,
    });
    const input = await this.open(browser, `/apply/${draftId}`);
    const typed = { ...Object.fromEntries(fieldsOf(formOfContent(content))), intent: 'confirm' };
    const answer = await this.answer(browser, () => browser.submit(formWith(input, 'orderer.company'), typed));
    const next = answer?.headers.location;
    if (next !== `/apply/${draftId}/confirm`)
      throw new Error(`the order form was answered with ${answer?.status ?? 'nothing'} ${next ?? ''}`);
    const confirm = await this.open(browser, next);
    const seen = { memberId: member.memberId, draftId, receipts: [] };
    this.seen.submissions.push(seen);
    return { browser, form: formWith(confirm, 'digest'), seen };
  }

  /** Presses 「この内容で申し込む」 once, at `by` (the same cookies by another way). Undefined: no receipt came. */
  async send(order: Order, by = order.browser): Promise<Receipt | undefined> {
    const answer = await this.answer(by, () => by.submit(order.form));
    if (answer?.status !== 303 || answer.headers.location === undefined) return undefined;
    return this.readReceipt(order, answer.headers.location);
  }

  /** Looks at the receipt, perhaps again. */
  async readReceipt(order: Order, path = `/apply/${order.seen.draftId}/done`): Promise<Receipt | undefined> {
    const page = await this.answer(order.browser, () => order.browser.get(path));
    if (page?.status !== 200) return undefined;
    const [applicationNumber] = /\bA[34679ACDEFGHJKMNPQRTUVWXY]{8}\b/.exec(page.body) ?? [];
    if (applicationNumber === undefined) throw new Error(`no 申込番号 at ${path}`);
    order.seen.receipts.push(applicationNumber);
    return { applicationNumber, orderNumber: /\b20\d{10}\b/.exec(page.body)?.[0] };
  }

  /** Presses again and again, as people do, with the same key. @throws Error when no receipt comes within a minute */
  async sendUntilReceipt(order: Order): Promise<Receipt> {
    const end = Date.now() + RETRIES_FOR_MS;
    for (;;) {
      const receipt = await this.send(order);
      if (receipt !== undefined) return receipt;
      if (Date.now() > end) throw new Error('no receipt within a minute');
      await sleep(BETWEEN_TRIES_MS);
    }
  }

  /** Writes down what a browser gets. Undefined: the connection broke. */
  async answer(browser: Browser, ask: () => Promise<Answer>): Promise<Answer | undefined> {
    const impatience = new AbortController();
    try {
      const answer = await Promise.race([ask(), tooLong(impatience.signal)]);
      const { path, status, body, headers } = answer;
      this.seen.answers.push({ path, status, body, retryAfter: headers['retry-after'] });
      return answer;
    } catch (error) {
      this.seen.answers.push({ path: browser.target.origin, broken: String(error) });
      return undefined;
    } finally {
      impatience.abort();
    }
  }
}

/** The form with a field of this name. @throws Error when the page has none */
export function formWith(page: Answer, field: string): PageForm {
  const found = formsOf(page.body, page.path).find(({ fields }) => fields.some(([name]) => name === field));
  if (found === undefined) throw new Error(`${page.path} (${page.status}) has no form with ${field}`);
  return found;
}

async function tooLong(signal: AbortSignal): Promise<never> {
  await sleep(PATIENCE_MS, undefined, { signal }).catch(() => undefined);
  throw new Error('no answer in time');
}
