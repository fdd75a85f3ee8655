/** A browser as an attacker writes one: cookies, forms, any header, a client address of its own behind a trusted proxy. */
import { Agent, request as httpRequest, type IncomingHttpHeaders, type OutgoingHttpHeaders } from 'node:http';
import type { Target } from '../attack.ts';
import { formsOf, type PageForm } from './page.ts';

export interface Answer {
  method: string;
  path: string;
  status: number;
  headers: IncomingHttpHeaders;
  setCookies: string[];
  body: string;
  /** From the first byte sent to the last received. */
  milliseconds: number;
}

export interface Asked {
  headers?: OutgoingHttpHeaders;
  body?: string | Buffer;
  /** Leave the cookies that come with the answer alone. */
  forgetful?: boolean;
}

/** More connections than any attack opens at once: who waited for one here would be timed with that wait. */
const agent = new Agent({ keepAlive: true, maxSockets: 1000 });

/** Whether an answer leads to another page: what was posted was taken. */
export const leadsOn = ({ headers }: Answer): boolean => headers.location !== undefined;

/** Well below the limit of requests without a session (S56). */
const REQUESTS_FROM_ONE_ADDRESS = 100;

let addresses = 0;

/** A client address nobody had before: limits count each apart, and stay on. */
export function freshAddress(): string {
  addresses += 1;
  return `10.${(addresses >> 16) & 255}.${(addresses >> 8) & 255}.${addresses & 255}`;
}

export class Browser {
  readonly cookies = new Map<string, string>();
  /** Every Set-Cookie it was ever sent. */
  readonly setCookies: string[] = [];

  #requests = 0;
  #address: string;
  readonly #stays: boolean;

  /** @param address where it stays; without one it moves on now and then */
  constructor(
    readonly target: Pick<Target, 'origin' | 'port'>,
    address?: string,
  ) {
    this.#address = address ?? freshAddress();
    this.#stays = address !== undefined;
  }

  /** Who walks through the whole site from one address would be told to wait. */
  get address(): string {
    if (!this.#stays && this.#requests >= REQUESTS_FROM_ONE_ADDRESS) {
      this.#requests = 0;
      this.#address = freshAddress();
    }
    return this.#address;
  }

  get(path: string, headers: OutgoingHttpHeaders = {}): Promise<Answer> {
    return this.request('GET', path, { headers });
  }

  /** Posts as a page of the site does. */
  post(path: string, fields: Fields, asked: Asked = {}): Promise<Answer> {
    const headers = { ...this.asOurPage(), 'Content-Type': 'application/x-www-form-urlencoded', ...asked.headers };
    return this.request('POST', path, { ...asked, headers, body: asked.body ?? encoded(fields) });
  }

  /** A page's forms, by the path they post to. @throws Error when the page isn't shown */
  async forms(path: string): Promise<PageForm[]> {
    const page = await this.get(path);
    if (page.status !== 200) throw new Error(`GET ${path} answered ${page.status} instead of a page`);
    return formsOf(page.body, path);
  }

  /** The one form of a page that has a field of this name. */
  async formWith(path: string, field: string): Promise<PageForm> {
    const form = (await this.forms(path)).find((each) => each.fields.some(([name]) => name === field));
    if (form === undefined) throw new Error(`${path} has no form with ${field}`);
    return form;
  }

  /** The first form of a page with a button of this value. */
  async formWithButton(path: string, button: string): Promise<PageForm> {
    const form = (await this.forms(path)).find(({ buttons }) => buttons.some(([, value]) => value === button));
    if (form === undefined) throw new Error(`${path} has no button ${button}`);
    return form;
  }

  /** Posts a form as drawn, with some fields typed over. */
  submit(form: PageForm, typed: Record<string, string> = {}, asked: Asked = {}): Promise<Answer> {
    return this.post(form.action, typedInto(form, typed), asked);
  }

  /** What a browser says of a request that one of our own pages makes. */
  asOurPage(): OutgoingHttpHeaders {
    return { Origin: this.target.origin, 'Sec-Fetch-Site': 'same-origin' };
  }

  /** The same cookies in another browser: what a thief has. */
  stolen(): Browser {
    const thief = new Browser(this.target);
    for (const [name, value] of this.cookies) thief.cookies.set(name, value);
    return thief;
  }

  async request(method: string, path: string, asked: Asked = {}): Promise<Answer> {
    this.#requests += 1;
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const headers: OutgoingHttpHeaders = {
      Host: new URL(this.target.origin).host,
      'X-Forwarded-For': this.address,
      'User-Agent': 'Mozilla/5.0 (attacks)',
      ...(cookie === '' ? {} : { Cookie: cookie }),
      ...(asked.body === undefined ? {} : { 'Content-Length': Buffer.byteLength(asked.body) }),
      ...asked.headers,
    };
    const answer = await send(this.target.port, method, path, headers, asked.body);
    this.setCookies.push(...answer.setCookies);
    if (asked.forgetful !== true) for (const cookieLine of answer.setCookies) this.#remember(cookieLine);
    return answer;
  }

  #remember(cookieLine: string): void {
    const [pair = '', ...attributes] = cookieLine.split(';');
    const [name = '', ...value] = pair.split('=');
    const gone = attributes.some((each) => /^\s*(max-age=0|expires=thu, 01 jan 1970)/i.test(each));
    if (gone || value.join('=') === '') this.cookies.delete(name.trim());
    else this.cookies.set(name.trim(), value.join('='));
  }
}

export type Fields = readonly (readonly [string, string])[];

export const encoded = (fields: Fields): string =>
  new URLSearchParams(fields.map(([name, value]): [string, string] => [name, value])).toString();

/** The fields of a form as drawn, some typed over, others added. */
export function typedInto(form: PageForm, typed: Record<string, string>): [string, string][] {
  const kept = form.fields.filter(([name]) => !(name in typed));
  return [...kept, ...Object.entries(typed)];
}

function send(
  port: number,
  method: string,
  path: string,
  headers: OutgoingHttpHeaders,
  body: string | Buffer | undefined,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const begun = performance.now();
    const request = httpRequest(
      { host: '127.0.0.1', port, method, path, headers, agent, setHost: false },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => {
          resolve({
            method,
            path,
            status: response.statusCode ?? 0,
            headers: response.headers,
            setCookies: response.headers['set-cookie'] ?? [],
            body: Buffer.concat(chunks).toString('utf8'),
            milliseconds: performance.now() - begun,
          });
        });
      },
    );
    request.on('error', reject);
    request.end(body);
  });
}
