/**
 * メールアドレス変更 behind its two mailed links: the new address is given with the current password, then confirmed and switched (S21). A pending
 * change reserves nothing: the address is checked when it is given and again at the switch, where the index decides. Whose change it
 * is says the link's row, never the browser (S20).
 */
import { UniqueConstraintError } from 'sequelize';
import { maskMailAddress, type MailAddress } from '../../domain/mail-address.ts';
import { done, refused, type Outcome } from '../../domain/outcome.ts';
import type { DeadLink } from '../../domain/procedures.ts';
import { crashPoint } from '../../runtime/crash-points.ts';
import { limits } from '../../runtime/limits.ts';
import { database, inTransaction, type Tx } from '../connect.ts';
import { firstRow } from '../raw.ts';
import { writeAudit } from './audit.ts';
import { withCurrentPassword, type CurrentPasswordRefusal } from './current-password.ts';
import { mailStep, noMailBefore } from './email-change.ts';
import { writeLetter } from './letters.ts';
import { readLink, takeLink } from './links.ts';
import { lockPerson, readPerson, type Person } from './people.ts';
import { callOffProcedures, endProcedure, lockProcedure } from './procedures.ts';
import { addOutboxLine } from './outbox.ts';
import { digestOf } from './secrets.ts';
import { endOtherSessions, endSessionsOf, type MemberSession } from './sessions.ts';
import type { Visit } from './visit.ts';

const KIND = 'email-change';
const REQUEST = 'email-change-request';
const CONFIRMATION = 'email-change-confirmation';

/** What the page behind the link in the old mailbox shows. */
export interface NewAddressPage {
  loginId: string;
  /** The address as it is. */
  address: string;
  reference: string;
  expiresAt: Date;
}

/** Looks at the first link without using it (S17). */
export async function readNewAddressPage(token: string): Promise<Outcome<NewAddressPage, DeadLink>> {
  const link = await readLink(REQUEST, token);
  if (!link.ok) return link;
  const { memberId, reference, expiresAt } = link.value;
  const row = await firstRow<{ loginId: string; address: string }>(
    `select account.login_id as "loginId", member.address
     from members member join accounts account on account.id = member.account_id
     where member.id = $1 and member.deleted_at is null`,
    [memberId],
  );
  return row === undefined ? refused('cancelled') : done({ ...row, reference, expiresAt });
}

/** `address-unchanged`: it is the member's own already. `address-in-account`: another 利用者 of the account has it. */
export type NewAddressRefusal = CurrentPasswordRefusal | 'address-unchanged' | 'address-in-account' | 'too-many';

/**
 * Takes the new address down and mails it its confirmation link. A refused address doesn't use the link up: another one may be typed.
 */
export async function giveNewAddress(
  token: string,
  typed: { password: string; address: MailAddress },
  visit: Visit,
): Promise<Outcome<null, DeadLink | NewAddressRefusal>> {
  const link = await readLink(REQUEST, token);
  if (!link.ok) return link;
  const { memberId, procedureId } = link.value;
  const owner = await firstRow<{ accountId: string }>(
    `select account_id as "accountId" from members where id = $1 and deleted_at is null`,
    [memberId],
  );
  if (owner === undefined || procedureId === null) return refused('cancelled');
  const asked = { typed: typed.password, refusedAs: 'email-change-refused' as const, visit };
  return withCurrentPassword({ memberId, ...owner }, asked, (stillRight) =>
    inTransaction(async (tx) => {
      if (!(await stillRight(tx))) return refused('current-password-wrong' as const);
      const person = await readPerson(tx, { kind: 'member', id: memberId });
      await lockProcedure(tx, procedureId);
      const holder = await holderOf(tx, person, typed.address.canonical);
      if (holder !== undefined) return refused(holder === memberId ? 'address-unchanged' : 'address-in-account');
      if ((await noMailBefore(tx, memberId, CONFIRMATION)) !== undefined) return refused('too-many' as const);
      const taken = await takeLink(tx, REQUEST, token);
      if (!taken.ok) return taken;
      await noteNewAddress(tx, procedureId, typed.address);
      await mailStep(tx, { id: procedureId, person, letter: CONFIRMATION, recipient: typed.address.entered });
      await writeAudit(
        tx,
        'email-change-address-given',
        { kind: 'member', id: memberId, ...owner },
        { subjectId: procedureId, visit },
      );
      return done(null);
    }),
  );
}

/** The second step has 24 hours of its own. */
async function noteNewAddress(tx: Tx, procedureId: string, address: MailAddress): Promise<void> {
  const noted = await firstRow<{ id: string }>(
    `update procedures set state = 'confirming', state_at = now(), new_address = $2, new_address_canonical = $3,
       due_at = now() + make_interval(secs => $4), expires_at = now() + make_interval(secs => $4)
     where id = $1 and state = 'requested' returning id`,
    [procedureId, address.entered, address.canonical, limits().emailChangeStepSeconds],
    tx,
  );
  if (noted === undefined) throw new Error('an open link belongs to an ended procedure');
  await addOutboxLine(tx, KIND, procedureId, 'addressGiven');
}

/** Which living member of the person's account has this address. Of other accounts nobody learns anything (S04). */
async function holderOf(tx: Tx, person: Person, canonical: string): Promise<string | undefined> {
  const row = await firstRow<{ id: string }>(
    `select id from members where account_id = $1 and address_canonical = $2 and deleted_at is null`,
    [person.accountId ?? null, canonical],
    tx,
  );
  return row?.id;
}

/** What the pages about a given address show. */
export interface GivenAddress {
  newAddress: string;
  /** Of the confirmation link. */
  reference: string;
  expiresAt: Date;
}

/** The address that was given by way of the first link and waits to be confirmed; undefined when none does. */
export async function readGivenAddress(token: string): Promise<GivenAddress | undefined> {
  return firstRow<GivenAddress>(
    `select procedure.new_address as "newAddress", second.reference, second.expires_at as "expiresAt"
     from links first join procedures procedure on procedure.id = first.procedure_id and procedure.state = 'confirming'
       join links second on second.procedure_id = procedure.id and second.state = 'open' and second.expires_at > now()
     where first.digest = $1 and first.purpose = '${REQUEST}'`,
    [digestOf(token)],
  );
}

/** Looks at the second link without using it (S17). */
export async function readConfirmationPage(token: string): Promise<Outcome<GivenAddress, DeadLink>> {
  const link = await readLink(CONFIRMATION, token);
  if (!link.ok) return link;
  const { procedureId, reference, expiresAt } = link.value;
  const row = await firstRow<{ newAddress: string }>(
    `select procedure.new_address as "newAddress"
     from procedures procedure join members member on member.id = procedure.member_id and member.deleted_at is null
     where procedure.id = $1`,
    [procedureId],
  );
  return row === undefined ? refused('cancelled') : done({ ...row, reference, expiresAt });
}

/**
 * Switches the address: exactly one of any number of presses does. Both mailboxes are told; other pending procedures are void; every session
 * ends but that of the browser that confirms, if the member is signed in there (S24).
 * @param browser who is signed in where the button was pressed
 */
export async function confirmNewAddress(
  token: string,
  browser: MemberSession | undefined,
  visit: Visit,
): Promise<Outcome<null, DeadLink | 'address-taken'>> {
  return inTransaction(async (tx) => {
    const seen = await readLink(CONFIRMATION, token, tx);
    if (!seen.ok) return seen;
    const { memberId, procedureId } = seen.value;
    const member = { kind: 'member' as const, id: memberId };
    if (procedureId === null || (await lockPerson(tx, member)) === undefined) return refused('cancelled' as const);
    const before = await readPerson(tx, member);
    const actor = { ...member, accountId: before.accountId };
    await lockProcedure(tx, procedureId);
    // Once more, now that nobody else moves it.
    const link = await readLink(CONFIRMATION, token, tx);
    if (!link.ok) return link;
    const switchedAt = await switchAddress(tx, before, procedureId);
    if (switchedAt === undefined) {
      await endProcedure(tx, KIND, procedureId, 'refused', 'addressTaken');
      await writeAudit(tx, 'email-change-address-taken', actor, { subjectId: procedureId, visit });
      return refused('address-taken' as const);
    }
    const taken = await takeLink(tx, CONFIRMATION, token);
    if (!taken.ok) throw new Error('a link that was valid a moment ago could not be taken');
    const living = browser?.stage === 'full' && browser.memberId === memberId ? browser : undefined;
    if (living === undefined) await endSessionsOf(tx, memberId, 'address-changed');
    else await endOtherSessions(tx, living, 'all', 'address-changed');
    await endProcedure(tx, KIND, procedureId, 'switched', 'addressConfirmed');
    await callOffProcedures(tx, memberId, ['password-reset']);
    await writeAudit(tx, 'email-changed', actor, { subjectId: procedureId, visit });
    await tellBoth(tx, procedureId, switchedAt, before, await readPerson(tx, member));
    crashPoint('email-change.in-transaction');
    return done(null);
  });
}

/** @returns when it was switched; undefined where another member of the account has the address: the running transaction goes on */
async function switchAddress(tx: Tx, person: Person, procedureId: string): Promise<Date | undefined> {
  const wanted = await firstRow<{ canonical: string }>(
    `select new_address_canonical as canonical from procedures where id = $1`,
    [procedureId],
    tx,
  );
  // Two members who swap addresses would wait for each other at the index: who holds it now is asked first.
  if (wanted === undefined || (await holderOf(tx, person, wanted.canonical)) !== undefined) return undefined;
  try {
    // In a savepoint, so that the transaction outlives the index's no to one who comes at the same moment.
    const switched = await database().transaction({ transaction: tx }, (savepoint) =>
      firstRow<{ at: Date }>(
        `update members set address = procedure.new_address, address_canonical = procedure.new_address_canonical
         from procedures procedure where procedure.id = $2 and members.id = $1 returning now() as at`,
        [person.id, procedureId],
        savepoint,
      ),
    );
    return switched?.at;
  } catch (error) {
    if (error instanceof UniqueConstraintError) return undefined;
    throw error;
  }
}

async function tellBoth(tx: Tx, procedureId: string, at: Date, before: Person, after: Person): Promise<void> {
  const facts = {
    company: after.company,
    name: after.name,
    changedAt: at.toISOString(),
    maskedAddress: maskMailAddress(after.address),
  };
  for (const { mailbox, address } of [
    { mailbox: 'old' as const, address: before.address },
    { mailbox: 'new' as const, address: after.address },
  ]) {
    await writeLetter(tx, {
      kind: 'email-changed',
      subjectId: procedureId,
      occurrence: mailbox,
      recipient: address,
      facts: { ...facts, mailbox },
    });
  }
}
