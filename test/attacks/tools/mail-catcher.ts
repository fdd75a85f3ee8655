/** The mails that really went out. */
import { setTimeout as sleep } from 'node:timers/promises';

export interface CaughtMail {
  id: string;
  messageId: string;
  from: string;
  to: string[];
  subject: string;
  date: string;
  text: string;
}

export class MailCatcher {
  constructor(readonly url: string) {}

  /** All mails, newest first; only those to `address`, if given. */
  async mails(address?: string): Promise<CaughtMail[]> {
    const answer = await fetch(`${this.url}/api/messages`);
    const all = (await answer.json()) as CaughtMail[];
    return address === undefined ? all : all.filter(({ to }) => to.includes(address));
  }

  /** The mails to an address, once there are as many. @throws Error when they don't come */
  async arrived(address: string, count: number, withinMs = 20_000): Promise<CaughtMail[]> {
    const end = Date.now() + withinMs;
    for (;;) {
      const mails = await this.mails(address);
      if (mails.length >= count) return mails;
      if (Date.now() > end) throw new Error(`${mails.length} of ${count} mails came to ${address}`);
      await sleep(100);
    }
  }

  /** How the catcher answers from now on; see scripts/mail-catcher/behaviour.ts. */
  async behave(mode: object): Promise<void> {
    const answer = await fetch(`${this.url}/api/mode`, { method: 'PUT', body: JSON.stringify(mode) });
    if (!answer.ok) throw new Error(`the catcher refuses ${JSON.stringify(mode)}`);
  }
}
