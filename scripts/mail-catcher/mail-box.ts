/** The mails that were taken, one file each: a mail is on disk before it is acknowledged, as with a real server. */
import { randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { open, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { simpleParser } from 'mailparser';

/** What the API tells of a mail. */
export interface Mail {
  id: string;
  messageId: string;
  from: string;
  /** The recipients of the envelope: who really gets it. */
  to: string[];
  subject: string;
  /** When it was taken. */
  date: string;
  text: string;
}

interface StoredMail extends Mail {
  /** As it came over the line, headers and all. */
  raw: string;
}

export interface Envelope {
  from: string;
  to: string[];
}

const SUFFIX = '.json';

export class MailBox {
  readonly #folder: string;
  /** Oldest first. */
  #mails: StoredMail[];
  #lastTaken = 0;

  private constructor(folder: string, mails: StoredMail[]) {
    this.#folder = folder;
    this.#mails = mails;
  }

  static open(folder: string): MailBox {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const names = readdirSync(folder)
      .filter((name) => name.endsWith(SUFFIX))
      .sort();
    return new MailBox(
      folder,
      names.map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as StoredMail),
    );
  }

  /** Newest first. */
  list(): Mail[] {
    return this.#mails.map(withoutRaw).reverse();
  }

  find(id: string): StoredMail | undefined {
    return this.#mails.find((mail) => mail.id === id);
  }

  /** Resolves once the mail is on disk. */
  async take(envelope: Envelope, raw: Buffer): Promise<void> {
    const parsed = await simpleParser(raw, { skipHtmlToText: true, skipTextToHtml: true });
    const mail: StoredMail = {
      id: this.#nextId(),
      messageId: parsed.messageId ?? '',
      from: parsed.from?.value[0]?.address ?? envelope.from,
      to: envelope.to,
      subject: parsed.subject ?? '',
      date: new Date().toISOString(),
      text: parsed.text ?? '',
      raw: raw.toString('utf8'),
    };
    await write(this.#folder, `${mail.id}${SUFFIX}`, JSON.stringify(mail));
    this.#mails.push(mail);
  }

  /** Forgets all mails. */
  empty(): void {
    for (const { id } of this.#mails) rmSync(join(this.#folder, `${id}${SUFFIX}`), { force: true });
    this.#mails = [];
  }

  /** Sorts by the time of taking, also within one millisecond and after a restart. */
  #nextId(): string {
    this.#lastTaken = Math.max(Date.now(), this.#lastTaken + 1);
    return `${this.#lastTaken.toString().padStart(15, '0')}-${randomBytes(3).toString('hex')}`;
  }
}

function withoutRaw({ id, messageId, from, to, subject, date, text }: StoredMail): Mail {
  return { id, messageId, from, to, subject, date, text };
}

async function write(folder: string, name: string, text: string): Promise<void> {
  const unfinished = join(folder, `${name}.new`);
  const file = await open(unfinished, 'w', 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(unfinished, join(folder, name));
}
