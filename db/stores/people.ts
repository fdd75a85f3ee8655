/** What members and staff have in common: who signs in, and what happens when a sign-in is complete. */
import { limits } from '../../runtime/limits.ts';
import type { Tx } from '../connect.ts';
import { firstRow, rows } from '../raw.ts';
import { writeAudit } from './audit.ts';
import { rememberDevice } from './known-devices.ts';
import { writeLetter } from './letters.ts';
import { openLink } from './links.ts';
import { openSession, replaceSession, type PersonKind } from './sessions.ts';
import type { Visit } from './visit.ts';

/** A living member or staff person as sign-in knows them. */
export interface Person {
  kind: PersonKind;
  id: string;
  accountId: string | undefined;
  address: string;
  /** What letters greet with. */
  name: string;
  company: string;
}

/** The living person of an id. @throws Error when deleted meanwhile: the caller's session should not have lived. */
export async function readPerson(tx: Tx | undefined, person: { kind: PersonKind; id: string }): Promise<Person> {
  const row =
    person.kind === 'member'
      ? await firstRow<Omit<Person, 'kind'>>(
          `select member.id, account.id as "accountId", member.address, member.user_name as name, account.company
           from members member join accounts account on account.id = member.account_id
           where member.id = $1 and member.deleted_at is null`,
          [person.id],
          tx,
        )
      : await firstRow<Omit<Person, 'kind' | 'accountId'>>(
          `select id, address, name, '' as company from staff where id = $1 and deleted_at is null`,
          [person.id],
          tx,
        );
  if (row === undefined) throw new Error('person gone');
  return { accountId: undefined, ...row, kind: person.kind };
}

/**
 * Queues whatever changes a person's sign-in: tries of codes, new sessions, a new password. The order of locks is everywhere person,
 * account, session, challenge; `no key update` leaves foreign keys alone. Answers the password hash of a living person as it is now.
 */
export async function lockPerson(tx: Tx, person: { kind: PersonKind; id: string }): Promise<string | null | undefined> {
  const row = await firstRow<{ passwordHash: string | null }>(
    person.kind === 'member'
      ? `select password_hash as "passwordHash" from members where id = $1 and deleted_at is null for no key update`
      : `select password_hash as "passwordHash" from staff where id = $1 and deleted_at is null for no key update`,
    [person.id],
    tx,
  );
  return row?.passwordHash;
}

/** The same password, hashed with today's parameters and pepper (S61). The person is locked. */
export async function renewHash(tx: Tx, person: { kind: PersonKind; id: string }, hash: string): Promise<void> {
  await rows(
    person.kind === 'member'
      ? `update members set password_hash = $2 where id = $1`
      : `update staff set password_hash = $2 where id = $1`,
    [person.id, hash],
    tx,
  );
}

/** The sign-in is complete: full session with a new secret, the old one of this browser ended, notice letter, audit (S23). */
export async function completeSignIn(
  tx: Tx,
  who: { kind: PersonKind; id: string },
  browserSecret: string | undefined,
  visit: Visit,
): Promise<{ secret: string; id: string }> {
  const person = await readPerson(tx, who);
  await replaceSession(tx, browserSecret);
  const session = await openSession(tx, person, { stage: 'full' }, visit);
  await writeAudit(
    tx,
    'sign-in-completed',
    { kind: person.kind, id: person.id, accountId: person.accountId },
    { subjectId: session.id, visit },
  );
  await rememberDevice(tx, person.id, visit);
  if (person.kind === 'member') await writeSignInNotice(tx, person, session, visit);
  return session;
}

/** ログイン通知メール, with the link for whoever knows nothing of this sign-in. */
async function writeSignInNotice(
  tx: Tx,
  person: Person,
  session: { id: string; createdAt: Date },
  visit: Visit,
): Promise<void> {
  const lifetimeSeconds = limits().noticeLinkSeconds;
  const link = await openLink(tx, {
    purpose: 'sign-in-notice',
    memberId: person.id,
    procedureId: null,
    lifetimeSeconds,
  });
  await writeLetter(tx, {
    kind: 'sign-in-notice',
    subjectId: person.id,
    occurrence: session.id,
    recipient: person.address,
    facts: {
      company: person.company,
      name: person.name,
      signedInAt: session.createdAt.toISOString(),
      ip: visit.ip,
      browser: visit.userAgent,
      link: link.facts,
    },
  });
}
