/**
 * メールアドレス変更, as its member and its flow see it: asked for, mailed again, called off, over. What is done behind the two mailed links
 * stands in address-switch.ts.
 */
import { maskMailAddress } from '../../domain/mail-address.ts';
import { done, refused, type Outcome } from '../../domain/outcome.ts';
import type { EmailChangeState } from '../../domain/flows/email-change.ts';
import type { LinkPurpose } from '../../domain/procedures.ts';
import { limits } from '../../runtime/limits.ts';
import { inTransaction, type Tx } from '../connect.ts';
import { firstRow } from '../raw.ts';
import { writeAudit, type Actor } from './audit.ts';
import { writeLetter } from './letters.ts';
import { openLink, validLinkOf, type MailedLink } from './links.ts';
import { lockPerson, readPerson, type Person } from './people.ts';
import {
  endProcedure,
  expireProcedure,
  openProcedure,
  readProcedureStanding,
  type ProcedureStanding,
} from './procedures.ts';
import type { MemberSession } from './sessions.ts';
import type { Visit } from './visit.ts';

const KIND = 'email-change';

/** The letter that goes out in each open step carries the link of that step. */
type EmailChangeLetter = Extract<LinkPurpose, `email-change-${string}`>;

type OpenState = Extract<EmailChangeState, 'requested' | 'confirming'>;

const LETTER_OF: Record<OpenState, EmailChangeLetter> = {
  requested: 'email-change-request',
  confirming: 'email-change-confirmation',
};

/** `until`: from when on it may be asked again. */
export type CappedOutcome<Reason extends string> = Outcome<null, Reason> & { until?: Date };

/**
 * 「メールアドレス変更依頼」: mails the link to the address as it is. An earlier request that still waits is replaced.
 * Refused when three such mails went out within the hour (S57).
 */
export async function requestEmailChange(session: MemberSession, visit: Visit): Promise<CappedOutcome<'too-many'>> {
  return inTransaction(async (tx) => {
    const person = await lockedMember(tx, session);
    const until = await noMailBefore(tx, person.id, 'email-change-request');
    if (until !== undefined) return { ...refused('too-many' as const), until };
    const earlier = await lockOpenChange(tx, person.id);
    // Where its time is over, only its flow has not noted it yet.
    if (earlier !== undefined && !(await expireProcedure(tx, KIND, earlier.id)))
      await endProcedure(tx, KIND, earlier.id, 'superseded', 'replaced');
    const lifetimeSeconds = limits().emailChangeStepSeconds;
    const id = await openProcedure(tx, {
      kind: KIND,
      state: 'requested',
      memberId: person.id,
      dueSeconds: lifetimeSeconds,
      lifetimeSeconds,
    });
    await mailStep(tx, { id, person, letter: 'email-change-request', recipient: person.address });
    await writeAudit(tx, 'email-change-asked', actorOf(session), { subjectId: id, visit });
    return done(null);
  });
}

/** Mails the link that is still valid once more, to where it went first; its end stays. */
export async function mailEmailChangeAgain(
  session: MemberSession,
  visit: Visit,
): Promise<CappedOutcome<'nothing-open' | 'too-many'>> {
  return inTransaction(async (tx) => {
    const person = await lockedMember(tx, session);
    const open = await lockOpenChange(tx, person.id);
    const letter = open === undefined ? undefined : LETTER_OF[open.state];
    const link = letter === undefined ? undefined : await validLinkOf(tx, open?.id ?? '', letter);
    if (open === undefined || letter === undefined || link === undefined) return refused('nothing-open' as const);
    const until = await noMailBefore(tx, person.id, letter);
    if (until !== undefined) return { ...refused('too-many' as const), until };
    const recipient = open.newAddress ?? person.address;
    await writeStepLetter(tx, { id: open.id, person, letter, recipient }, link, `again-${open.mailed}`);
    await writeAudit(tx, 'email-change-mailed-again', actorOf(session), { subjectId: open.id, visit });
    return done(null);
  });
}

/** The member calls it off: its mailed link is void. */
export async function cancelEmailChange(session: MemberSession, visit: Visit): Promise<Outcome<null, 'nothing-open'>> {
  return inTransaction(async (tx) => {
    const person = await lockedMember(tx, session);
    const open = await lockOpenChange(tx, person.id);
    if (open === undefined || (await expireProcedure(tx, KIND, open.id))) return refused('nothing-open' as const);
    await endProcedure(tx, KIND, open.id, 'cancelled', 'calledOff');
    await writeAudit(tx, 'email-change-cancelled', actorOf(session), { subjectId: open.id, visit });
    return done(null);
  });
}

/** A change that waits for one of its links. */
export interface OpenEmailChange {
  state: OpenState;
  /** Masked; null before it was given. */
  newAddress: string | null;
  /** Of the link that it waits for. */
  reference: string;
  expiresAt: Date;
}

/** What this member's change waits for, or undefined when none is open. */
export async function readOpenEmailChange(memberId: string): Promise<OpenEmailChange | undefined> {
  const row = await firstRow<OpenEmailChange>(
    `select procedure.state, procedure.new_address as "newAddress", link.reference, link.expires_at as "expiresAt"
     from procedures procedure join links link on link.procedure_id = procedure.id and link.state = 'open'
     where procedure.member_id = $1 and procedure.kind = '${KIND}' and procedure.ended_at is null and link.expires_at > now()`,
    [memberId],
  );
  if (row === undefined) return undefined;
  return { ...row, newAddress: row.newAddress === null ? null : maskMailAddress(row.newAddress) };
}

export const readEmailChangeStanding = (id: string): Promise<ProcedureStanding<typeof KIND>> =>
  readProcedureStanding(KIND, id);

/** Ends a step whose time is over; changes nothing before that. */
export async function expireEmailChange(id: string): Promise<ProcedureStanding<typeof KIND>> {
  await inTransaction((tx) => expireProcedure(tx, KIND, id));
  return readEmailChangeStanding(id);
}

/** A letter of one step: what it belongs to, and where it goes. */
interface StepLetter {
  /** Of the procedure. */
  id: string;
  person: Person;
  letter: EmailChangeLetter;
  recipient: string;
}

/** Opens the link of a step and mails it. */
export async function mailStep(tx: Tx, step: StepLetter): Promise<void> {
  const link = await openLink(tx, {
    purpose: step.letter,
    memberId: step.person.id,
    procedureId: step.id,
    lifetimeSeconds: limits().emailChangeStepSeconds,
  });
  await writeStepLetter(tx, step, link, 'first');
}

async function writeStepLetter(
  tx: Tx,
  { id, person, letter, recipient }: StepLetter,
  link: MailedLink,
  occurrence: string,
): Promise<void> {
  const about = { subjectId: id, occurrence, recipient, sendBefore: link.expiresAt };
  if (letter === 'email-change-confirmation') {
    await writeLetter(tx, { ...about, kind: letter, facts: { link: link.facts } });
  } else {
    const { company, name } = person;
    await writeLetter(tx, { ...about, kind: letter, facts: { company, name, link: link.facts } });
  }
}

/** From when on another letter of this kind may go out for a member; undefined for now. At most three an hour of each step (S57). */
export async function noMailBefore(tx: Tx, memberId: string, letter: EmailChangeLetter): Promise<Date | undefined> {
  const row = await firstRow<{ until: Date }>(
    `select min(created_at) + interval '1 hour' as until from (
       select letter.created_at from letters letter join procedures procedure on procedure.id = letter.subject_id
       where procedure.member_id = $1 and letter.kind = $2 and letter.created_at > now() - interval '1 hour'
       order by letter.created_at desc limit $3) newest having count(*) >= $3`,
    [memberId, letter, limits().emailChangesPerHour],
    tx,
  );
  return row?.until;
}

async function lockOpenChange(
  tx: Tx,
  memberId: string,
): Promise<{ id: string; state: OpenState; newAddress: string | null; mailed: number } | undefined> {
  return firstRow(
    `select id, state, new_address as "newAddress",
       (select count(*)::int from letters where subject_id = procedures.id) as mailed
     from procedures where member_id = $1 and kind = '${KIND}' and ended_at is null for update`,
    [memberId],
    tx,
  );
}

/** @throws Error when deleted meanwhile: the session should not have lived */
async function lockedMember(tx: Tx, { memberId }: MemberSession): Promise<Person> {
  const member = { kind: 'member' as const, id: memberId };
  await lockPerson(tx, member);
  return readPerson(tx, member);
}

const actorOf = ({ memberId, accountId }: MemberSession): Actor => ({ kind: 'member', id: memberId, accountId });
