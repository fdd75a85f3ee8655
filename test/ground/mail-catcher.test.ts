import { mkdtemp, rm } from 'node:fs/promises';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { freePort } from '../../scripts/start/ports.ts';
import { expectOk, waitFor } from '../../scripts/start/wait.ts';
import type { Mail } from '../../scripts/mail-catcher/mail-box.ts';

let dataDir: string;
let smtpPort: number;
let page: string;
let catcher: ChildProcess;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'catcher-test-'));
  smtpPort = await freePort();
  page = `http://127.0.0.1:${await freePort()}`;
  await start();
});

beforeEach(async () => {
  await behave({ mode: 'accept' });
  await fetch(`${page}/api/messages`, { method: 'DELETE' });
});

afterAll(async () => {
  await kill();
  await rm(dataDir, { recursive: true, force: true });
});

test('a mail is listed with its envelope recipients, newest first', async () => {
  await send({ subject: 'ワンタイムパスワード通知', to: ['a@example.jp'] });
  await send({ subject: '受付完了', to: ['b@example.jp', 'c@example.jp'] });

  const mails = await list();

  expect(mails.map(({ subject, to }) => ({ subject, to }))).toEqual([
    { subject: '受付完了', to: ['b@example.jp', 'c@example.jp'] },
    { subject: 'ワンタイムパスワード通知', to: ['a@example.jp'] },
  ]);
  expect(mails[0]).toMatchObject({
    from: 'no-reply@example.jp',
    text: '本文です。\n',
    messageId: expect.stringContaining('@') as string,
  });
});

test('an acknowledged mail survives kill -9', async () => {
  await send({ subject: '受付完了' });

  await kill();
  await start();

  expect(await list()).toHaveLength(1);
});

test('deleting empties the box for good', async () => {
  await send({ subject: '受付完了' });

  const answer = await fetch(`${page}/api/messages`, { method: 'DELETE' });

  expect(answer.status).toBe(204);
  await kill();
  await start();
  expect(await list()).toEqual([]);
});

test('its page escapes what a mail says and links an address that stands alone', async () => {
  await send({
    subject: '<script>alert(1)</script>',
    text: '<b>次の URL</b>\nhttps://example.jp/x?a=1&b=2\n見る https://example.jp/y\n',
  });
  const [mail] = await list();

  const html = await (await fetch(`${page}/messages/${mail?.id ?? ''}`)).text();

  expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
  expect(html).not.toContain('<script>');
  expect(html).toContain('<a href="https://example.jp/x?a=1&amp;b=2"');
  expect(html).not.toContain('href="https://example.jp/y"');
});

test.each([
  [{ mode: 'refuse-temporary' }, 451],
  [{ mode: 'refuse-temporary', at: 'connect' }, 421],
  [{ mode: 'refuse-temporary', at: 'data' }, 451],
  [{ mode: 'refuse-permanent' }, 550],
  [{ mode: 'refuse-permanent', at: 'data', code: 552 }, 552],
  [{ mode: 'refuse-permanent', at: 'mail' }, 550],
])('told %o it answers %i and keeps nothing', async (mode, code) => {
  await behave(mode);

  await expect(send({ subject: '受付完了' })).rejects.toMatchObject({ responseCode: code });

  expect(await list()).toEqual([]);
});

test('a refusal for one address leaves the others alone', async () => {
  await behave({ mode: 'refuse-permanent', to: 'gone@example.jp' });

  await send({ subject: '届く', to: ['a@example.jp'] });

  await expect(send({ subject: '届かない', to: ['gone@example.jp'] })).rejects.toMatchObject({ responseCode: 550 });
  expect(await list()).toHaveLength(1);
});

test('told to hang after data it has the mail and never says so', async () => {
  await behave({ mode: 'hang-after-data' });

  await expect(send({ subject: '受付完了' })).rejects.toThrow(/timeout/i);

  expect(await list()).toHaveLength(1);
});

test('told to be slow it answers late', async () => {
  await behave({ mode: 'slow', at: 'rcpt', delayMs: 400 });
  const begun = Date.now();

  await send({ subject: '受付完了' });

  expect(Date.now() - begun).toBeGreaterThanOrEqual(400);
});

test('a mode that does not exist is refused', async () => {
  expect((await putMode({ mode: 'explode' })).status).toBe(400);
  expect((await putMode('{')).status).toBe(400);
});

test('a page of another name that points here reads nothing', async () => {
  const { request } = await import('node:http');
  const asked = request(`${page}/api/messages`, { headers: { host: 'evil.example' } }).end();

  const [answer] = (await once(asked, 'response')) as [{ statusCode: number }];

  expect(answer.statusCode).toBe(403);
  asked.destroy();
});

test('a taken port is said in one line', async () => {
  const second = run();
  let words = '';
  second.stderr?.on('data', (text: Buffer) => (words += text.toString()));

  const [code] = (await once(second, 'close')) as [number];

  expect(code).toBe(1);
  expect(words).toMatch(/^MAIL_(SMTP|UI)_PORT: can't listen on port \d+ \(EADDRINUSE\)\n$/);
});

interface Letter {
  subject: string;
  to?: string[];
  text?: string;
}

async function send({ subject, to = ['tanto1@example.jp'], text = '本文です。\n' }: Letter): Promise<void> {
  const transport = createTransport({ host: '127.0.0.1', port: smtpPort, socketTimeout: 1000 });
  try {
    await transport.sendMail({
      from: 'no-reply@example.jp',
      to,
      envelope: { from: 'no-reply@example.jp', to },
      subject,
      text,
    });
  } finally {
    transport.close();
  }
}

async function list(): Promise<Mail[]> {
  return (await (await fetch(`${page}/api/messages`)).json()) as Mail[];
}

async function behave(mode: object): Promise<void> {
  expect((await putMode(mode)).status).toBe(200);
}

async function putMode(mode: object | string): Promise<Response> {
  return fetch(`${page}/api/mode`, { method: 'PUT', body: typeof mode === 'string' ? mode : JSON.stringify(mode) });
}

function run(): ChildProcess {
  return spawn(process.execPath, ['--import', 'tsx', 'scripts/mail-catcher.ts'], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, DATA_DIR: dataDir, MAIL_SMTP_PORT: String(smtpPort), MAIL_UI_PORT: new URL(page).port },
  });
}

async function start(): Promise<void> {
  catcher = run();
  await waitFor(() => expectOk(`${page}/api/messages`), { withinMs: 20_000, everyMs: 50 });
}

async function kill(): Promise<void> {
  const ended = once(catcher, 'exit');
  catcher.kill('SIGKILL');
  await ended;
}
