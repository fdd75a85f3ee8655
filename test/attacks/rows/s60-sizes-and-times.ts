/** S60: too large, too long, too slow. */
import { request as httpRequest } from 'node:http';
import { gzipSync } from 'node:zlib';
import { buildMember } from '../../support/build.ts';
import { times, type Row, type Scale, type Target, type World } from '../attack.ts';
import { Browser, encoded } from '../tools/browser.ts';
import { watchMemory } from '../tools/process.ts';
import { rawRequest } from '../tools/raw-socket.ts';
import { holding } from '../tools/sign-in.ts';
import { quantile } from '../tools/statistics.ts';

const FORM = 'application/x-www-form-urlencoded';

/** Requests that are too much of something, and the answers they must get. */
async function tooMuch({ target }: World): Promise<string[]> {
  const found: string[] = [];
  const browser = new Browser(target);
  const form = await browser.formWith('/login', 'password');
  const token = encoded(form.fields);
  const posts: [
    what: string,
    statuses: number[],
    path: string,
    body: string | Buffer,
    headers: Record<string, string>,
  ][] = [
    ['a body of 300 KiB', [413], '/login', `${token}&a=${'x'.repeat(300 * 1024)}`, {}],
    ['201 fields', [413], '/login', `${token}&${'a=1&'.repeat(201)}`, {}],
    ['1,001 fields of an order', [413], '/apply/x', `${token}&${'a=1&'.repeat(1001)}`, {}],
    ['a multipart form', [415], '/login', '--x\r\n\r\n--x--', { 'Content-Type': 'multipart/form-data; boundary=x' }],
    ['JSON', [415], '/login', '{"a":1}', { 'Content-Type': 'application/json' }],
    ['a zip bomb', [415], '/login', gzipSync(Buffer.alloc(20 * 1024 * 1024)), { 'Content-Encoding': 'gzip' }],
    [
      'deep JSON as a report',
      [204, 400],
      '/csp-report',
      '{"a":'.repeat(1300),
      { 'Content-Type': 'application/csp-report' },
    ],
    [
      'a report of 20 KB',
      [413],
      '/csp-report',
      `{"csp-report":{"a":"${'x'.repeat(20_000)}"}}`,
      { 'Content-Type': 'application/csp-report' },
    ],
  ];
  for (const [what, statuses, path, body, headers] of posts) {
    const { status } = await browser.post(path, [], { body, headers });
    if (!statuses.includes(status)) found.push(`${what} is answered ${status}`);
  }
  const { status: long } = await browser.get(`/login?${'x'.repeat(9 * 1024)}`);
  if (long !== 414) found.push(`an address of 9 KiB is answered ${long}`);
  const host = new URL(target.origin).host;
  const header = await rawRequest(
    target.port,
    `GET / HTTP/1.1\r\nHost: ${host}\r\nX-Large: ${'x'.repeat(17 * 1024)}\r\n\r\n`,
  );
  if (header.status !== 431) found.push(`a header of 17 KiB is answered ${header.status}`);
  return found;
}

/** Pours a body without an end into the site. @returns the status, and how many MB it took */
async function pour(target: Target, megabytes: number): Promise<{ status: number; poured: number }> {
  const chunk = Buffer.alloc(64 * 1024, 'a=1&');
  return new Promise((resolve) => {
    let status = 0;
    let poured = 0;
    const browser = new Browser(target);
    const request = httpRequest({
      host: '127.0.0.1',
      port: target.port,
      method: 'POST',
      path: '/login',
      headers: {
        ...browser.asOurPage(),
        Host: new URL(target.origin).host,
        'X-Forwarded-For': browser.address,
        'Content-Type': FORM,
        'Transfer-Encoding': 'chunked',
      },
    });
    const finish = (): void => {
      request.destroy();
      resolve({ status, poured: poured / 1024 / 1024 });
    };
    request.on('response', (response) => {
      status = response.statusCode ?? 0;
      response.resume();
      response.on('end', finish);
      response.on('close', finish);
    });
    request.on('error', finish);
    const pourOn = (): void => {
      while (poured < megabytes * 1024 * 1024 && status === 0) {
        poured += chunk.length;
        if (!request.write(chunk)) {
          request.once('drain', pourOn);
          return;
        }
      }
      if (status === 0) request.end();
    };
    pourOn();
  });
}

async function largeBody({ target }: World, megabytes: number): Promise<string[]> {
  const { result, grownBy } = await watchMemory(target.pid, () => pour(target, megabytes));
  const found: string[] = [];
  // A closed connection is an answer too: what is left of the body was not worth reading.
  if (result.status !== 413 && result.status !== 0)
    found.push(`a body of ${megabytes} MB is answered ${result.status}`);
  if (result.poured > 16) found.push(`${result.poured.toFixed(0)} MB of a body were read`);
  if (grownBy !== undefined && grownBy > 50)
    found.push(`a body of ${megabytes} MB makes the process grow by ${grownBy.toFixed(0)} MB`);
  return found;
}

/** Connections that never finish, and how long other pages take meanwhile. */
async function slowOnes({ target }: World, count: number, kinds: readonly ('headers' | 'body')[]): Promise<string[]> {
  const host = new URL(target.origin).host;
  const start: Record<'headers' | 'body', string> = {
    headers: `GET / HTTP/1.1\r\nHost: ${host}\r\nX-Slow: `,
    body: `POST /login HTTP/1.1\r\nHost: ${host}\r\nOrigin: ${target.origin}\r\nSec-Fetch-Site: same-origin\r\nContent-Type: ${FORM}\r\nContent-Length: 100000\r\n\r\n`,
  };
  // What is asked, and the second in which the server looks.
  const allowed = { headers: 12_000, body: 33_000 };
  const longest = Math.max(...kinds.map((kind) => allowed[kind]));
  const open = kinds.flatMap((kind) =>
    Array.from({ length: count }, async () => {
      const { milliseconds } = await rawRequest(target.port, start[kind], {
        withinMs: longest + 3000,
        drip: { everyMs: 1000, bytes: 'x' },
      });
      return { kind, milliseconds };
    }),
  );
  const other = new Browser(target);
  const taken: number[] = [];
  for (let each = 0; each < 20; each += 1) taken.push((await other.get('/')).milliseconds);
  const closed = await Promise.all(open);
  const found = kinds.flatMap((kind) => {
    const late = closed.filter((one) => one.kind === kind && one.milliseconds > allowed[kind]);
    return late.length === 0
      ? []
      : [`${late.length} of ${count} connections with slow ${kind} were open after ${allowed[kind] / 1000} s`];
  });
  if (quantile(taken, 0.95) > 1000) found.push('other pages took longer than a second beside slow connections');
  return found;
}

/** 50 KB of what regular expressions like least, in every field of every form. */
async function longFields({ target }: World): Promise<string[]> {
  const found: string[] = [];
  const member = await holding(target, await buildMember());
  const forms = [
    { browser: new Browser(target), page: '/login', field: 'password' },
    { browser: member, page: '/password/change', field: 'newPassword' },
    { browser: member, page: '/apply/11111111-1111-4111-8111-111111111111', field: 'remarks' },
  ];
  const nasty = [
    'a'.repeat(50_000),
    `${'-'.repeat(49_999)}!`,
    `${' '.repeat(49_999)}x`,
    `${'a@'.repeat(24_999)}.`,
    `${'1/'.repeat(24_999)}x`,
  ];
  for (const { browser, page, field } of forms) {
    const form = await browser.formWith(page, field);
    for (const [name] of form.fields.filter(([each]) => each !== 'formToken')) {
      for (const text of nasty) {
        const answer = await browser.submit(form, { [name]: text, intent: 'confirm' }, { forgetful: true });
        if (answer.milliseconds > 1000)
          found.push(`${page}: 50 KB in ${name} take ${answer.milliseconds.toFixed(0)} ms`);
        if (answer.status >= 500) found.push(`${page}: 50 KB in ${name} are answered ${answer.status}`);
      }
    }
  }
  return found;
}

const slowKinds = (scale: Scale): readonly ('headers' | 'body')[] =>
  scale === 'planted' ? ['headers'] : ['headers', 'body'];

export const s60: Row = {
  id: 'S60',
  requires: 'bodies, fields, headers, URLs and times are bounded; no multipart; regexes linear',
  asked: '200 slow connections, 100 MB body, zip bomb, deep JSON: others answered, RSS ≤ +50 MB; 50 KB fields quick',
  attack: async (world, scale) => {
    const count = times(scale, { planted: 5, ci: 40, full: 200 });
    const megabytes = times(scale, { planted: 40, ci: 100, full: 100 });
    const slow = slowOnes(world, count, slowKinds(scale));
    const found = await tooMuch(world);
    if (scale !== 'planted') found.push(...(await longFields(world)));
    // Beside the slow connections the memory of the two would be mixed up.
    found.push(...(await slow), ...(await largeBody(world, megabytes)));
    return {
      found,
      said: `9 kinds of too much refused; ${megabytes} MB body cut off; ${count} slow headers and bodies each closed in time`,
    };
  },
  plants: [
    {
      what: 'a body may have any size',
      process: 'limits',
      mutations: [
        {
          file: 'server/index.js',
          find: /if \(Number\(request\.get\("content-length"\) \?\? 0\) > most\)/,
          replace: 'if (false)',
        },
        { file: 'server/index.js', find: /if \(size <= most\) return;/, replace: 'return;' },
      ],
      shows: /a body of \d+ (KiB|MB) is answered|MB of a body were read/,
    },
    {
      what: 'headers may take as long as they like',
      process: 'limits',
      mutations: [
        {
          file: 'server/index.js',
          find: /server\.headersTimeout = (?:1e4|10_?000);/,
          replace: 'server.headersTimeout = 0;',
        },
      ],
      shows: /slow headers were open/,
    },
  ],
};
