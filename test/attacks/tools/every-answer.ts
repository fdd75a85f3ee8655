/** One answer of each sort that the site can give: pages, data, refusals by every gate, files, health, unreadable requests. */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { World } from '../attack.ts';
import { Browser, freshAddress, type Answer } from './browser.ts';
import { idsOf } from './ids.ts';
import { rawRequest } from './raw-socket.ts';
import { actionPathOf, pathOf, waysTo } from './routes.ts';
import { holding } from './sign-in.ts';

export interface Heard {
  what: string;
  status: number;
  /** Lower-case names. */
  headers: Record<string, string>;
  body: string;
}

/** @param beyondLimits also ask until an address is told to wait: some hundred requests */
export async function everyAnswer(world: World, beyondLimits: boolean): Promise<Heard[]> {
  const heard: Heard[] = [];
  const hear = (what: string, answer: Answer): void => {
    const headers = Object.entries(answer.headers).map(([name, value]) => [name, String(value)]);
    heard.push({
      what,
      status: answer.status,
      headers: Object.fromEntries(headers) as Heard['headers'],
      body: answer.body,
    });
  };
  await pages(world, hear);
  await refusals(world, hear);
  await files(world, hear);
  for (const [what, bytes] of Object.entries(unreadable(world))) heard.push(await overRawSocket(world, what, bytes));
  if (beyondLimits) await untilToldToWait(world, hear);
  return heard;
}

type Hear = (what: string, answer: Answer) => void;

async function pages({ target, fixture, routes }: World, hear: Hear): Promise<void> {
  const browsers = {
    stranger: () => new Browser(target),
    member: await holding(target, fixture.ours.plain),
    staff: await holding(target, fixture.staff),
  };
  for (const route of routes) {
    const path = pathOf(route, idsOf(fixture.ours));
    for (const [who, browser] of Object.entries(browsers)) {
      const asking = typeof browser === 'function' ? browser() : browser;
      for (const way of waysTo(route, path)) hear(`GET ${way} by ${who}`, await asking.get(way));
      hear(`HEAD ${path} by ${who}`, await asking.request('HEAD', path));
      if (route.hasAction)
        hear(`POST ${path} by ${who}, no token`, await asking.post(actionPathOf(route, path), [], { forgetful: true }));
    }
  }
}

async function refusals({ target }: World, hear: Hear): Promise<void> {
  const browser = new Browser(target);
  const form = 'application/x-www-form-urlencoded';
  hear('an unknown page', await browser.get('/no-such-page'));
  hear('an unknown file', await browser.get('/assets/no-such-file.js'));
  hear('a foreign post', await browser.post('/login', [], { headers: { Origin: 'https://evil.example' } }));
  hear(
    'a method nobody uses',
    await browser.request('PUT', '/login', { headers: { ...browser.asOurPage() }, body: '' }),
  );
  hear('OPTIONS', await browser.request('OPTIONS', '/login'));
  hear('a body too large', await browser.post('/login', [], { body: `a=${'x'.repeat(300 * 1024)}` }));
  hear(
    'a body that is no form',
    await browser.post('/login', [], { headers: { 'Content-Type': 'application/json' }, body: '{}' }),
  );
  hear('an address too long', await browser.get(`/login?${'x'.repeat(9 * 1024)}`));
  hear('another host', await browser.get('/login', { Host: 'evil.example' }));
  hear('the site by its number', await browser.get('/login', { Host: '127.0.0.1:1' }));
  hear(
    'a report',
    await browser.post('/csp-report', [], { headers: { 'Content-Type': 'application/csp-report' }, body: '{}' }),
  );
  hear(
    'a report that is none',
    await browser.post('/csp-report', [], { headers: { 'Content-Type': form }, body: '{' }),
  );
  hear('health', await browser.get('/healthz'));
  hear('readiness', await browser.get('/readyz'));
  hear('the list of routes', await browser.get('/__manifest?p=%2Flogin&version=x'));
}

async function files({ target }: World, hear: Hear): Promise<void> {
  const browser = new Browser(target);
  const client = join(target.build, 'client');
  const names = (await readdir(client, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
  for (const entry of names) {
    const path = join(entry.parentPath, entry.name).slice(client.length);
    hear(`GET ${path}`, await browser.get(path));
  }
}

const unreadable = ({ target }: World): Record<string, string> => ({
  'no HTTP at all': 'what is this\r\n\r\n',
  'a header too large': `GET / HTTP/1.1\r\nHost: ${new URL(target.origin).host}\r\nX-Large: ${'x'.repeat(17 * 1024)}\r\n\r\n`,
  'no Host': 'GET / HTTP/1.1\r\nConnection: close\r\n\r\n',
});

async function overRawSocket({ target }: World, what: string, bytes: string): Promise<Heard> {
  const { status, text } = await rawRequest(target.port, bytes);
  const [head = '', body = ''] = text.split('\r\n\r\n', 2);
  const lines = head
    .split('\r\n')
    .slice(1)
    .map((line) => line.split(/:\s*(.*)/s));
  return {
    what,
    status,
    headers: Object.fromEntries(lines.map(([name = '', value = '']) => [name.toLowerCase(), value])),
    body,
  };
}

async function untilToldToWait({ target }: World, hear: Hear): Promise<void> {
  const browser = new Browser(target);
  const headers = { 'X-Forwarded-For': freshAddress() };
  for (let asked = 0; asked < 400; asked += 1) {
    const answer = await browser.get('/no-such-page', headers);
    if (answer.status !== 429) continue;
    hear('too many requests', answer);
    return;
  }
}
