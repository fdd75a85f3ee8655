/** What the checker looks at: the site's own records, and what the test's clients saw. */
import type { Client } from '@temporalio/client';
import type { Mail } from '../../../scripts/mail-catcher/mail-box.ts';

/** Runs constant SQL on the site's database. */
export type Ask = <Row extends object>(sql: string, values?: unknown[]) => Promise<Row[]>;

export interface Evidence {
  ask: Ask;
  /** The catcher's /api/messages. */
  mails: () => Promise<Mail[]>;
  temporal: Client;
  /** DATA_DIR/logs: what every part of the site printed. */
  logDir: string;
  /** The workflow code that runs now. */
  bundlePath: string;
  /** The database's time when the run began: older rows are demo data, which no letter and no audit line tells of. */
  since: Date;
}

/** One submission as its member saw it, over all tries with the same key. */
export interface SeenSubmission {
  memberId: string;
  /** The key: one draft of one member is one application. */
  draftId: string;
  /** 申込番号 on each receipt that reached the browser; none: never acknowledged. */
  receipts: string[];
}

/** What a browser got: an answer, or a broken connection. */
export type SeenAnswer =
  { path: string; status: number; body: string; retryAfter: string | undefined } | { path: string; broken: string };

/** A password that somebody set, or tried to set while something broke. */
export interface SeenPasswordChange {
  memberId: string;
  old: string;
  next: string;
  /** Whether a page said that it was done. */
  acknowledged: boolean;
}

export interface Seen {
  /** Of the whole run. */
  submissions: SeenSubmission[];
  /** Since the last check. */
  answers: SeenAnswer[];
  /** Since the last check. */
  passwordChanges: SeenPasswordChange[];
  /** What must stand in no log and no history: typed texts, passwords, codes, secrets of cookies. */
  canaries: string[];
  /** Since the last check: crashes and time-outs that may have fallen between a mail server's yes and our record. Each may double one mail. */
  crashesAfterData: number;
}

export interface Violation {
  invariant: `I${number}`;
  what: string;
}
