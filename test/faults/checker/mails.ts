/** I4 and I5: what arrived in mail boxes, against the letters and the states they tell of. */
import type { Mail } from '../../../scripts/mail-catcher/mail-box.ts';
import type { Ask, Violation } from './evidence.ts';

interface LetterFound {
  id: string;
  kind: string;
  recipient: string;
  messageId: string;
  state: string;
  /** Whether what it tells of is committed. */
  true: boolean;
}

const LETTERS = `select letter.id, letter.kind, letter.recipient, letter.message_id as "messageId", letter.state,
    case letter.kind
      when 'application-accepted' then exists (select from applications where id = subject_id and intake = 'accepted')
      when 'application-failed' then exists (select from applications where id = subject_id and intake = 'failed')
      when 'application-arranged' then exists (select from applications where id = subject_id and confirmation = 'arranged')
      when 'application-unable' then exists (select from applications where id = subject_id and confirmation = 'unable')
      when 'staff-reminder' then exists (select from applications where id = subject_id and intake = 'accepted')
      when 'one-time-password' then exists (select from challenges where id = subject_id)
      when 'sign-in-notice' then exists (select from sessions where id::text = occurrence and stage = 'full')
      when 'email-changed' then exists (select from procedures where id = subject_id and state = 'switched')
      when 'password-reset' then exists (select from links where id::text = facts->'link'->>'linkId')
      when 'password-setup' then exists (select from links where id::text = facts->'link'->>'linkId')
      when 'email-change-request' then exists (select from links where id::text = facts->'link'->>'linkId')
      when 'email-change-confirmation' then exists (select from links where id::text = facts->'link'->>'linkId')
      else true end as true
  from letters letter`;

/**
 * @param mails all that the catcher has taken since the site was first started
 * @param copiesAllowed how many may have come a second time
 */
export async function checkMails(ask: Ask, mails: Mail[], copiesAllowed: number): Promise<Violation[]> {
  const letters = await ask<LetterFound>(LETTERS);
  const arrived = byMessageId(mails);
  const found = letters.flatMap((letter) => judge(letter, arrived.get(letter.messageId) ?? []));
  const known = new Set(letters.map(({ messageId }) => messageId));
  for (const messageId of arrived.keys()) {
    if (!known.has(messageId)) found.push({ invariant: 'I5', what: `a mail without a letter's row: ${messageId}` });
  }
  const copies = countCopies(mails);
  if (copies > copiesAllowed) {
    found.push({ invariant: 'I4', what: `${copies} mails came again, ${copiesAllowed} crashes allow one each` });
  }
  return found;
}

/** How many mails came a second time, or more often. */
export const countCopies = (mails: Mail[]): number => mails.length - byMessageId(mails).size;

function byMessageId(mails: Mail[]): Map<string, Mail[]> {
  const groups = new Map<string, Mail[]>();
  for (const mail of mails) groups.set(mail.messageId, [...(groups.get(mail.messageId) ?? []), mail]);
  return groups;
}

function judge(letter: LetterFound, mails: Mail[]): Violation[] {
  const found: Violation[] = [];
  const name = `${letter.kind} ${letter.id}`;
  if (letter.state === 'sent' && mails.length === 0)
    found.push({ invariant: 'I4', what: `sent, but never arrived: ${name}` });
  if (new Set(mails.map(({ text }) => text)).size > 1)
    found.push({ invariant: 'I4', what: `copies with other words: ${name}` });
  if (mails.some(({ to }) => to.length !== 1 || to[0] !== letter.recipient)) {
    found.push({ invariant: 'I4', what: `arrived somewhere else: ${name}` });
  }
  if (mails.length > 0 && !letter.true)
    found.push({ invariant: 'I5', what: `mailed, but its state was never committed: ${name}` });
  if (mails.length > 0 && ['lapsed', 'abandoned'].includes(letter.state)) {
    found.push({ invariant: 'I5', what: `arrived, but its row says ${letter.state}: ${name}` });
  }
  return found;
}
