import { SMTPServer, type SMTPServerSession } from 'smtp-server';
import type { Behaviour } from './behaviour.ts';
import type { MailBox } from './mail-box.ts';

/** An SMTP server that takes mails for anybody into `box`, or behaves as told. */
export function smtpServer(box: MailBox, behaviour: Behaviour): SMTPServer {
  return new SMTPServer({
    // No TLS and no sign-in on the loopback; a look-up of the client's name would wait for a name server.
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    logger: false,
    size: 10 * 1024 * 1024,
    onConnect: (_session, done) => answer(behaviour.pass('connect', []), done),
    onMailFrom: (_address, session, done) => answer(behaviour.pass('mail', recipients(session)), done),
    onRcptTo: ({ address }, _session, done) => answer(behaviour.pass('rcpt', [address]), done),
    onData: (stream, session, done) => {
      const to = recipients(session);
      const taken = collect(stream).then(async (raw) => {
        await behaviour.pass('data', to);
        await box.take({ from: sender(session), to }, raw);
        if (behaviour.staysSilent(to)) await new Promise(() => undefined);
      });
      answer(taken, done);
    },
  });
}

function answer(passed: Promise<void>, done: (error?: Error) => void): void {
  passed.then(
    () => done(),
    (error: unknown) => done(error instanceof Error ? error : new Error(String(error))),
  );
}

async function collect(stream: AsyncIterable<Buffer>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
}

function sender({ envelope }: SMTPServerSession): string {
  return envelope.mailFrom === false ? '' : envelope.mailFrom.address;
}

function recipients({ envelope }: SMTPServerSession): string[] {
  return envelope.rcptTo.map(({ address }) => address);
}
