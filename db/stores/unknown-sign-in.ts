/** お心当たりのないログイン: the link of a ログイン通知メール stops whoever signed in, all of it in one transaction or nothing. */
import { done, refused, type Outcome } from '../../domain/outcome.ts';
import type { DeadLink } from '../../domain/procedures.ts';
import { config } from '../../runtime/config.ts';
import { crashPoint } from '../../runtime/crash-points.ts';
import { inTransaction, type Tx } from '../connect.ts';
import { firstRow } from '../raw.ts';
import { writeAudit } from './audit.ts';
import { forgetDevices } from './known-devices.ts';
import { writeLetter } from './letters.ts';
import { readLink, takeLink, type OpenedLink } from './links.ts';
import { openResetFor } from './password-reset.ts';
import { lockPerson, readPerson, type Person } from './people.ts';
import { callOffProcedures } from './procedures.ts';
import { endSessionsOf } from './sessions.ts';
import type { Visit } from './visit.ts';

const PURPOSE = 'sign-in-notice';

/** What the page behind the link needs. */
export interface NoticePage {
  signedInAt: Date;
  reference: string;
  expiresAt: Date;
}

/** Looks at the link without using it (S17). */
export async function readNoticePage(token: string): Promise<Outcome<NoticePage, DeadLink>> {
  const link = await readLink(PURPOSE, token);
  return link.ok ? done(pageOf(link.value)) : link;
}

/** The link was written in the transaction of its sign-in, so it is as old as that. */
const pageOf = ({ createdAt, reference, expiresAt }: OpenedLink): NoticePage => ({
  signedInAt: createdAt,
  reference,
  expiresAt,
});

/**
 * Ends all of the member's sessions and pending procedures and makes the password unusable until a reset is completed, whose mail goes
 * out; 多要素認証 stays as it is; the contact center is told. Source: spec.md, Signing in.
 */
export async function reportSignIn(token: string, visit: Visit): Promise<Outcome<null, DeadLink>> {
  const link = await readLink(PURPOSE, token);
  if (!link.ok) return link;
  const { memberId } = link.value;
  return inTransaction(async (tx) => {
    // Whoever touches a notice's link holds its person first, so nobody waits in a circle.
    if ((await lockPerson(tx, { kind: 'member', id: memberId })) === undefined) return refused('cancelled' as const);
    const taken = await takeLink(tx, PURPOSE, token);
    if (!taken.ok) return taken;
    crashPoint('sign-in-report.after-take');
    await endSessionsOf(tx, memberId, 'sign-in-reported');
    await callOffProcedures(tx, memberId, ['password-reset', 'email-change']);
    await forgetDevices(tx, memberId);
    const stoppedAt = await takePasswordAway(tx, memberId);
    const person = await readPerson(tx, { kind: 'member', id: memberId });
    await openResetFor(tx, person);
    const actor = { kind: 'member' as const, id: memberId, accountId: person.accountId };
    await writeAudit(tx, 'sign-in-reported', actor, { subjectId: taken.value.id, visit });
    await tellContactCenter(tx, person, taken.value, stoppedAt);
    crashPoint('sign-in-report.in-transaction');
    return done(null);
  });
}

/** `set_up_at` stays: this is no invited member, and a reset sets the next password. @returns when */
async function takePasswordAway(tx: Tx, memberId: string): Promise<Date> {
  const stopped = await firstRow<{ at: Date }>(
    `update members set password_hash = null where id = $1 returning now() as at`,
    [memberId],
    tx,
  );
  if (stopped === undefined) throw new Error('member row missing');
  return stopped.at;
}

async function tellContactCenter(tx: Tx, person: Person, link: OpenedLink, stoppedAt: Date): Promise<void> {
  const account = await firstRow<{ customerNumber: string }>(
    `select customer_number as "customerNumber" from accounts where id = $1`,
    [person.accountId ?? null],
    tx,
  );
  await writeLetter(tx, {
    kind: 'sign-in-reported',
    subjectId: person.id,
    occurrence: link.id,
    recipient: config().contactCenterAddress,
    facts: {
      customerNumber: account?.customerNumber ?? '',
      company: person.company,
      name: person.name,
      signedInAt: link.createdAt.toISOString(),
      stoppedAt: stoppedAt.toISOString(),
    },
  });
}
