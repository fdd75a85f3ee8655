/**
 * The mail catcher of the embedded default and of the tests: takes every mail by SMTP, sends none on, and shows them.
 * Only on 127.0.0.1; what it took is kept in DATA_DIR/mail.
 */
import { join } from 'node:path';
import { config, ConfigurationError } from '../runtime/config.ts';
import { Behaviour } from './mail-catcher/behaviour.ts';
import { MailBox } from './mail-catcher/mail-box.ts';
import { mailPages } from './mail-catcher/pages.ts';
import { smtpServer } from './mail-catcher/smtp.ts';

const HOST = '127.0.0.1';

async function main(): Promise<void> {
  const { dataDir, ports } = config();
  const box = MailBox.open(join(dataDir, 'mail'));
  const behaviour = new Behaviour();
  const smtp = smtpServer(box, behaviour);
  const pages = mailPages(box, behaviour);
  await Promise.all([
    listening('MAIL_SMTP_PORT', ports.mailSmtp, (ready, failed) => {
      smtp.on('error', failed);
      smtp.listen(ports.mailSmtp, HOST, ready);
    }),
    listening('MAIL_UI_PORT', ports.mailUi, (ready, failed) => {
      pages.on('error', failed);
      pages.listen(ports.mailUi, HOST, ready);
    }),
  ]);
  process.stdout.write(`mail catcher: SMTP on ${HOST}:${ports.mailSmtp}, page on http://${HOST}:${ports.mailUi}\n`);
}

type Listen = (ready: () => void, failed: (error: NodeJS.ErrnoException) => void) => void;

async function listening(variable: string, port: number, listen: Listen): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    listen(resolve, (error) => {
      // A broken connection is the client's affair; what keeps us from listening isn't.
      if (error.syscall !== 'listen') return;
      reject(new ConfigurationError(`${variable}: can't listen on port ${port} (${error.code ?? error.message})`));
    });
  });
}

// Every mail is on disk before it is acknowledged: nothing is left to do at the end.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(0));

try {
  await main();
} catch (error) {
  process.stderr.write(`${error instanceof ConfigurationError ? error.message : String(error)}\n`);
  process.exit(1);
}
