/** How the catcher answers: for tests of what the site does when a mail server refuses, dawdles or falls silent. */
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';

/** Where in the SMTP dialogue: at the greeting, MAIL FROM, RCPT TO, or after the message. */
export type Stage = 'connect' | 'mail' | 'rcpt' | 'data';

const schema = z
  .object({
    mode: z.enum(['accept', 'refuse-temporary', 'refuse-permanent', 'slow', 'hang-after-data']),
    /** Where it refuses; `slow` without it dawdles everywhere. */
    at: z.enum(['connect', 'mail', 'rcpt', 'data']).optional(),
    /** Only for mails to this address. */
    to: z.string().optional(),
    /** The reply code, e.g. 552. */
    code: z.number().int().min(400).max(599).optional(),
    /** How long `slow` waits at each step. */
    delayMs: z.number().int().min(0).default(30_000),
  })
  .strict();

export type Mode = z.infer<typeof schema>;

/** 451 is what greylisting says, 421 a server that closes. */
const CODES: Record<'refuse-temporary' | 'refuse-permanent', Record<Stage, number>> = {
  'refuse-temporary': { connect: 421, mail: 451, rcpt: 451, data: 451 },
  'refuse-permanent': { connect: 554, mail: 550, rcpt: 550, data: 554 },
};

export class Refused extends Error {
  constructor(readonly responseCode: number) {
    super(responseCode < 500 ? 'Try again later' : 'Not accepted');
  }
}

export class Behaviour {
  #mode: Mode = { mode: 'accept', delayMs: 0 };

  get mode(): Mode {
    return this.#mode;
  }

  /** @returns the mode now in force. @throws ZodError */
  change(wanted: unknown): Mode {
    this.#mode = schema.parse(wanted);
    return this.#mode;
  }

  /** Lets the dialogue pass a stage, late where it is slow. @throws Refused */
  async pass(stage: Stage, recipients: readonly string[]): Promise<void> {
    const { mode, at, code, delayMs } = this.#mode;
    if (!this.#concerns(recipients)) return;
    if (mode === 'slow' && (at ?? stage) === stage) await sleep(delayMs);
    if (mode === 'refuse-temporary' || mode === 'refuse-permanent') {
      if ((at ?? 'rcpt') === stage) throw new Refused(code ?? CODES[mode][stage]);
    }
  }

  /** Whether the answer to a whole message stays out, as when the line breaks after DATA. */
  staysSilent(recipients: readonly string[]): boolean {
    return this.#mode.mode === 'hang-after-data' && this.#concerns(recipients);
  }

  #concerns(recipients: readonly string[]): boolean {
    const { to } = this.#mode;
    return to === undefined || recipients.includes(to);
  }
}
