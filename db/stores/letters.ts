/** Letters as rows: written with the state change they tell of, sent by a flow of their own (style.md, "A letter is a row"). */
import { randomUUID } from 'node:crypto';
import type { LetterState } from '../../domain/flows/letter.ts';
import type { LetterFacts, LetterKind } from '../../domain/letters.ts';
import { config } from '../../runtime/config.ts';
import { limits } from '../../runtime/limits.ts';
import { inTransaction, type Tx } from '../connect.ts';
import { firstRow, rows } from '../raw.ts';
import { writeAudit } from './audit.ts';
import { addOutboxLine } from './outbox.ts';

export interface NewLetter<Kind extends LetterKind> {
  kind: Kind;
  /** The challenge, procedure, member or application it is about. */
  subjectId: string;
  /** Tells two letters of one kind about one subject apart: `first`, `resend-1`, a session id. */
  occurrence: string;
  recipient: string;
  facts: LetterFacts[Kind];
  /** The end of the code or link in it: after that it is not sent any more. */
  sendBefore?: Date;
}

/** Writes a letter and the line that starts its flow. The same letter twice is one letter. */
export async function writeLetter<Kind extends LetterKind>(tx: Tx, letter: NewLetter<Kind>): Promise<void> {
  const id = randomUUID();
  const written = await firstRow<{ id: string }>(
    `insert into letters (id, kind, subject_id, occurrence, recipient, facts, message_id, send_before, give_up_at)
     values ($1, $2, $3, $4, $5, $6::jsonb, $7, $8::timestamptz, coalesce($8::timestamptz, now() + make_interval(secs => $9)))
     on conflict on constraint letters_once do nothing returning id`,
    [
      id,
      letter.kind,
      letter.subjectId,
      letter.occurrence,
      letter.recipient,
      JSON.stringify(letter.facts),
      `<${id}@${config().mailFrom.split('@')[1] ?? 'localhost'}>`,
      letter.sendBefore ?? null,
      limits().letterGiveUpSeconds,
    ],
    tx,
  );
  if (written !== undefined) await addOutboxLine(tx, 'letter', id, 'start');
}

/** A letter as its sender needs it. */
export type StoredLetter = {
  [Kind in LetterKind]: {
    id: string;
    kind: Kind;
    subjectId: string;
    recipient: string;
    facts: LetterFacts[Kind];
    messageId: string;
    state: LetterState;
    createdAt: Date;
  };
}[LetterKind];

/** Reads a letter. @throws Error when there is none: a flow never outlives its row. */
export async function readLetter(id: string): Promise<StoredLetter> {
  const row = await firstRow<StoredLetter>(
    `select id, kind, subject_id as "subjectId", recipient, facts, message_id as "messageId", state, created_at as "createdAt"
     from letters where id = $1`,
    [id],
  );
  if (row === undefined) throw new Error('letter row missing');
  return row;
}

export interface LetterStanding {
  state: LetterState;
  kind: LetterKind;
  /** How long it may still be tried, in milliseconds; 0 when over. */
  millisecondsLeft: number;
  /** Whether its code or link ends with that time (then it lapses instead of parking). */
  endsWithSecret: boolean;
  tries: number;
  /** When it was written, or sent. */
  since: Date;
  /** What it is about, for operators: the account (none for staff), and the application where there is one. */
  customerNumber: string | null;
  applicationNumber: string | null;
  orderNumber: string | null;
}

/** Where a letter stands, judged by the database's clock. @throws Error when there is none */
export async function readLetterStanding(id: string): Promise<LetterStanding> {
  const row = await firstRow<LetterStanding>(
    `select letter.state, letter.kind, letter.tries, letter.send_before is not null as "endsWithSecret",
       greatest(0, extract(epoch from letter.give_up_at - clock_timestamp()) * 1000)::float8 as "millisecondsLeft",
       coalesce(letter.sent_at, letter.created_at) as since, account.customer_number as "customerNumber",
       application.application_number as "applicationNumber", application.order_number as "orderNumber"
     from letters letter
       left join applications application on application.id = letter.subject_id
       left join challenges challenge on challenge.id = letter.subject_id
       left join procedures procedure on procedure.id = letter.subject_id
       left join members member on member.id = coalesce(challenge.member_id, procedure.member_id, letter.subject_id)
       left join accounts account on account.id = coalesce(application.account_id, member.account_id)
     where letter.id = $1`,
    [id],
  );
  if (row === undefined) throw new Error('letter row missing');
  return row;
}

/** One more try begins. Answers whether the letter is still to be sent at all, so that a second sender does nothing. */
export async function beginLetterTry(id: string): Promise<boolean> {
  const row = await firstRow<{ id: string }>(
    `update letters set tries = tries + 1 where id = $1 and state = 'pending' and (send_before is null or send_before > now()) returning id`,
    [id],
  );
  return row !== undefined;
}

/**
 * Records what became of a letter, if it is still in one of `from`; a second record changes nothing.
 * @param why `refusal`: the mail server's three-digit answer or a closed-list word, never its text (it quotes addresses);
 * `operator`: the account name of who decided it
 */
export async function recordLetter(
  id: string,
  from: LetterState[],
  to: LetterState,
  why: WhyRecorded = {},
): Promise<LetterState> {
  return inTransaction((tx) => moveLetter(tx, { id, from, to }, why));
}

interface WhyRecorded {
  refusal?: string;
  operator?: string;
}

async function moveLetter(
  tx: Tx,
  { id, from, to }: { id: string; from: LetterState[]; to: LetterState },
  why: WhyRecorded,
): Promise<LetterState> {
  const changed = await firstRow<{ state: LetterState }>(
    `update letters set state = $2, refusal = coalesce($3, refusal), sent_at = case when $2 = 'sent' then now() end
     where id = $1 and state = any($4) returning state`,
    [id, to, why.refusal ?? null, from],
    tx,
  );
  if (changed !== undefined && why.operator !== undefined) {
    await writeAudit(
      tx,
      'letter-operated',
      { kind: 'operator' },
      { subjectId: id, detail: { to, operator: why.operator } },
    );
  }
  const row = changed ?? (await firstRow<{ state: LetterState }>(`select state from letters where id = $1`, [id], tx));
  if (row === undefined) throw new Error('letter row missing');
  return row.state;
}

/** An operator tries a parked letter again: a new 24 hours unless its code or link is over. */
export async function reopenLetter(id: string, operator: string): Promise<LetterState> {
  return inTransaction(async (tx) => {
    await rows(
      `update letters set give_up_at = coalesce(send_before, now() + make_interval(secs => $2)) where id = $1 and state = 'parked'`,
      [id, limits().letterGiveUpSeconds],
      tx,
    );
    return moveLetter(tx, { id, from: ['parked'], to: 'pending' }, { operator });
  });
}

/** The newest letter of a kind about a subject: for pages that say what became of a mail. */
export async function newestLetterState(
  kind: LetterKind,
  subjectId: string,
): Promise<{ state: LetterState; tries: number } | undefined> {
  return firstRow(
    `select state, tries from letters where kind = $1 and subject_id = $2 order by created_at desc limit 1`,
    [kind, subjectId],
  );
}
