/**
 * Links in mails. The token is derived (secrets.ts) and only its digest stored; PostgreSQL alone judges use and end. Reading one changes
 * nothing (S17). The order of locks is person, account, session, challenge, procedure, link.
 */
import { randomUUID } from 'node:crypto';
import type { LinkFacts } from '../../domain/letters.ts';
import { done, refused, type Outcome } from '../../domain/outcome.ts';
import type { DeadLink, LinkPurpose } from '../../domain/procedures.ts';
import type { Tx } from '../connect.ts';
import { firstRow, rows } from '../raw.ts';
import { newReference } from './references.ts';
import { currentSecretKeyId, deriveLinkToken, digestOf } from './secrets.ts';

/** An open link, ready to be mailed. */
export interface MailedLink {
  facts: LinkFacts;
  expiresAt: Date;
}

/** @param link `procedureId`: the procedure it belongs to, null for the link of a ログイン通知メール */
export async function openLink(
  tx: Tx,
  link: { purpose: LinkPurpose; memberId: string; procedureId: string | null; lifetimeSeconds: number },
): Promise<MailedLink> {
  const linkId = randomUUID();
  const keyId = currentSecretKeyId();
  const reference = newReference();
  const { purpose, memberId, procedureId, lifetimeSeconds } = link;
  const row = await firstRow<{ expiresAt: Date }>(
    `insert into links (id, purpose, member_id, procedure_id, key_id, digest, reference, expires_at)
     values ($1, $2, $3, $4, $5, $6, $7, now() + make_interval(secs => $8)) returning expires_at as "expiresAt"`,
    [
      linkId,
      purpose,
      memberId,
      procedureId,
      keyId,
      digestOf(deriveLinkToken(purpose, linkId, keyId)),
      reference,
      lifetimeSeconds,
    ],
    tx,
  );
  if (row === undefined) throw new Error('link not inserted');
  return mailedLink({ linkId, purpose, keyId, reference, expiresAt: row.expiresAt });
}

/** The open, valid link of a procedure, to be mailed once more; undefined when there is none. */
export async function validLinkOf(tx: Tx, procedureId: string, purpose: LinkPurpose): Promise<MailedLink | undefined> {
  const row = await firstRow<Parameters<typeof mailedLink>[0]>(
    `select id as "linkId", purpose, key_id as "keyId", reference, expires_at as "expiresAt" from links
     where procedure_id = $1 and purpose = $2 and state = 'open' and expires_at > now()`,
    [procedureId, purpose],
    tx,
  );
  return row === undefined ? undefined : mailedLink(row);
}

const mailedLink = (row: Omit<LinkFacts, 'expiresAt'> & { expiresAt: Date }): MailedLink => ({
  facts: { ...row, expiresAt: row.expiresAt.toISOString() },
  expiresAt: row.expiresAt,
});

export interface OpenedLink {
  id: string;
  memberId: string;
  procedureId: string | null;
  reference: string;
  createdAt: Date;
  expiresAt: Date;
}

const COLUMNS = `id, member_id as "memberId", procedure_id as "procedureId", reference, created_at as "createdAt", expires_at as "expiresAt"`;

/** Looks at a link without using it; a token of another purpose is unknown here (S20). */
export async function readLink(purpose: LinkPurpose, token: string, tx?: Tx): Promise<Outcome<OpenedLink, DeadLink>> {
  // One that was cancelled when its time was over, by the flow that noted it, has expired.
  const row = await firstRow<OpenedLink & { dead: Exclude<DeadLink, 'unknown'> | null }>(
    `select ${COLUMNS},
       case when state = 'used' then 'used' when state = 'cancelled' and ended_at < expires_at then 'cancelled'
         when expires_at <= now() then 'expired' end as dead
     from links where digest = $1 and purpose = $2`,
    [digestOf(token), purpose],
    tx,
  );
  if (row === undefined) return refused('unknown');
  const { dead, ...link } = row;
  return dead === null ? done(link) : refused(dead);
}

/**
 * Uses a link up: of any number at once exactly one succeeds (S14). Lock the person first (lockPerson): the caller changes more than
 * the link in this transaction.
 */
export async function takeLink(tx: Tx, purpose: LinkPurpose, token: string): Promise<Outcome<OpenedLink, DeadLink>> {
  const taken = await firstRow<OpenedLink>(
    `update links set state = 'used', ended_at = now()
     where digest = $1 and purpose = $2 and state = 'open' and expires_at > now() returning ${COLUMNS}`,
    [digestOf(token), purpose],
    tx,
  );
  if (taken !== undefined) return done(taken);
  const dead = await readLink(purpose, token, tx);
  return dead.ok ? refused('unknown') : dead;
}

/** Cancels the open links of a procedure. */
export async function cancelLinksOf(tx: Tx, procedureId: string): Promise<void> {
  await rows(
    `update links set state = 'cancelled', ended_at = now() where procedure_id = $1 and state = 'open'`,
    [procedureId],
    tx,
  );
}

/** Cancels every open link of a member who is deleted, those of sign-in notices too (S16). */
export async function cancelAllLinksOf(tx: Tx, memberId: string): Promise<void> {
  await rows(
    `update links set state = 'cancelled', ended_at = now() where member_id = $1 and state = 'open'`,
    [memberId],
    tx,
  );
}
