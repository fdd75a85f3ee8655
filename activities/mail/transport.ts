/** The only door to SMTP. Every mail goes to one recipient, in object form and with its own envelope (S43). */
import { createTransport } from 'nodemailer';

export interface OutgoingMail {
  /** One address, from a row. */
  recipient: string;
  subject: string;
  /** Plain text; lines end with \n. */
  text: string;
  /** The same at every try, so that a mail sent twice is one in the reader's mailbox. */
  messageId: string;
  /** When the letter was written: the same at every try. */
  date: Date;
}

/** The mail server said never, as three digits; the words are left out because they quote addresses. */
export interface RefusedForGood {
  refusal: string;
}

export interface MailTransport {
  /** Undefined: taken by the mail server. @throws MailRefusedForNow when another try may help. */
  send: (mail: OutgoingMail) => Promise<RefusedForGood | undefined>;
  close: () => void;
}

/** A temporary refusal, a time-out, or no mail server. `answer`: three digits, or a closed-list word. */
export class MailRefusedForNow extends Error {
  override name = 'MailRefusedForNow';
  constructor(readonly answer: string) {
    super(answer);
  }
}

export interface MailSettings {
  /** `smtp://…` or `smtps://…`, credentials and nodemailer's own options included. */
  url: string;
  from: { name: string; address: string };
  /** Connections at a time. */
  connections: number;
}

/** No stage of a delivery may take longer: connect, greeting, each command. */
const STAGE_MILLISECONDS = 10_000;

/** Commands whose 5xx answer is about this mail; elsewhere it is about us (a wrong password, a closed server) and an operator repairs it. */
const ABOUT_THE_MAIL = new Set(['MAIL FROM', 'RCPT TO', 'DATA']);

export function createMailTransport({ url, from, connections }: MailSettings): MailTransport {
  const pool = createTransport({
    url,
    pool: true,
    maxConnections: connections,
    connectionTimeout: STAGE_MILLISECONDS,
    greetingTimeout: STAGE_MILLISECONDS,
    socketTimeout: STAGE_MILLISECONDS,
    dnsTimeout: STAGE_MILLISECONDS,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return {
    send: async ({ recipient, subject, text, messageId, date }) => {
      const one = { name: '', address: recipient };
      try {
        await pool.sendMail({
          from,
          to: one,
          // A text would be parsed: "a,b" became two recipients, and a line break let another one in.
          envelope: { from: from.address, to: one },
          subject,
          text,
          messageId,
          date,
          headers: { 'Auto-Submitted': 'auto-generated' },
        });
        return undefined;
      } catch (error) {
        return classify(error);
      }
    },
    close: () => pool.close(),
  };
}

function classify(error: unknown): RefusedForGood {
  const { responseCode, command, code } = error as { responseCode?: number; command?: string; code?: string };
  if (responseCode === undefined) throw new MailRefusedForNow(code === 'ETIMEDOUT' ? 'timed-out' : 'unreachable');
  if (responseCode >= 500 && command !== undefined && ABOUT_THE_MAIL.has(command))
    return { refusal: String(responseCode) };
  throw new MailRefusedForNow(String(responseCode));
}
