import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import {
  createMailTransport,
  MailRefusedForNow,
  type MailTransport,
  type OutgoingMail,
} from '../../activities/mail/transport.ts';
import { Behaviour } from '../../scripts/mail-catcher/behaviour.ts';
import { MailBox } from '../../scripts/mail-catcher/mail-box.ts';
import { smtpServer } from '../../scripts/mail-catcher/smtp.ts';
import { freePort } from '../../scripts/start/ports.ts';

const behaviour = new Behaviour();
let folder: string;
let box: MailBox;
let smtp: ReturnType<typeof smtpServer>;
let transport: MailTransport;

const mail: OutgoingMail = {
  recipient: 'member-1@example.jp',
  subject: '【WEB会員専用ご注文サイト】ご注文受付完了のお知らせ',
  text: 'テスト担当者1 様\n\n受付が完了しました。\n',
  messageId: '<letter-1@member.nttrec.example>',
  date: new Date('2022-04-13T05:48:00.000Z'),
};

const to = (port: number) =>
  createMailTransport({
    url: `smtp://127.0.0.1:${port}`,
    from: { name: 'WEB会員専用ご注文サイト', address: 'no-reply@member.nttrec.example' },
    connections: 2,
  });

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'transport-test-'));
  box = MailBox.open(folder);
  smtp = smtpServer(box, behaviour);
  smtp.on('error', () => undefined);
  const listening = await new Promise<AddressInfo>((resolve) => {
    const server = smtp.listen(0, '127.0.0.1', () => resolve(server.address() as AddressInfo));
  });
  transport = to(listening.port);
});

beforeEach(() => {
  behaviour.change({ mode: 'accept' });
  box.empty();
});

afterAll(async () => {
  transport.close();
  await new Promise<void>((resolve) => smtp.close(() => resolve()));
  await rm(folder, { recursive: true, force: true });
});

test('a mail arrives at its one recipient, in plain text, and says that nobody wrote it by hand', async () => {
  expect(await transport.send(mail)).toBeUndefined();

  const [taken] = box.list();
  expect(taken).toMatchObject({
    to: [mail.recipient],
    subject: mail.subject,
    text: mail.text,
    messageId: mail.messageId,
  });
  const raw = box.find(taken?.id ?? '')?.raw;
  expect(raw).toMatch(/^Auto-Submitted: auto-generated/m);
  expect(raw).toMatch(/^Content-Type: text\/plain; charset=utf-8/m);
  expect(raw).toMatch(/^Date: Wed, 13 Apr 2022 05:48:00 \+0000/m);
});

test('sent twice it is the same mail, byte for byte', async () => {
  await transport.send(mail);
  await transport.send(mail);

  const [one, other] = box.list().map(({ id }) => box.find(id)?.raw);
  expect(one).toBe(other);
});

test.each(['a@example.jp, b@example.jp', 'a@example.jp\r\nBcc: b@example.jp', 'a@example.jp>,<b@example.jp'])(
  'the recipient %j never becomes two',
  async (recipient) => {
    await transport.send({ ...mail, recipient }).catch(() => undefined);

    for (const taken of box.list()) expect(taken.to).toHaveLength(1);
    expect(box.list().flatMap((taken) => taken.to)).not.toContain('b@example.jp');
  },
);

test.each([
  ['mail', 550],
  ['rcpt', 550],
  ['rcpt', 552],
  ['data', 554],
] as const)('a permanent refusal at %s (%i) is for good', async (at, code) => {
  behaviour.change({ mode: 'refuse-permanent', at, code });

  expect(await transport.send(mail)).toEqual({ refusal: String(code) });
});

test.each([
  ['mail', 451],
  ['rcpt', 450],
  ['rcpt', 421],
  ['data', 451],
] as const)('a temporary refusal at %s (%i) asks for another try', async (at, code) => {
  behaviour.change({ mode: 'refuse-temporary', at, code });

  await expect(transport.send(mail)).rejects.toEqual(new MailRefusedForNow(String(code)));
});

test('a server that takes nobody asks for another try, for that says nothing of the mail', async () => {
  behaviour.change({ mode: 'refuse-permanent', at: 'connect', code: 554 });
  const fresh = to((smtp.server.address() as AddressInfo).port);

  await expect(fresh.send(mail)).rejects.toBeInstanceOf(MailRefusedForNow);

  fresh.close();
});

test('no mail server asks for another try', async () => {
  const nowhere = to(await freePort());

  await expect(nowhere.send(mail)).rejects.toEqual(new MailRefusedForNow('unreachable'));

  nowhere.close();
});
