/** The audit trail: a line in the transaction of what it tells of (S70). Values a person typed stay out of `detail`. */
import type { Tx } from '../connect.ts';
import { AuditLine } from '../models/index.ts';
import type { Visit } from './visit.ts';

export type AuditEvent =
  | 'sign-in-refused'
  | 'sign-in-throttled'
  | 'sign-in-completed'
  | 'code-asked'
  | 'code-refused'
  | 'code-accepted'
  | 'code-mailed-again'
  | 'code-expired'
  | 'code-locked'
  | 'password-changed'
  | 'password-change-refused'
  | 'current-password-throttled'
  | 'password-reset-asked'
  | 'password-reset-answered'
  | 'password-reset-mailed-again'
  | 'password-reset'
  | 'sign-in-reported'
  | 'procedure-expired'
  | 'member-added'
  | 'member-deleted'
  | 'member-delete-refused'
  | 'password-setup-mailed-again'
  | 'password-set-up'
  | 'procedure-cancelled'
  | 'email-change-asked'
  | 'email-change-mailed-again'
  | 'email-change-cancelled'
  | 'email-change-refused'
  | 'email-change-address-given'
  | 'email-change-address-taken'
  | 'email-changed'
  | 'signed-out'
  | 'other-session-ended'
  | 'session-end-refused'
  | 'user-name-changed'
  | 'mfa-turned-on'
  | 'mfa-turned-off'
  | 'mfa-change-refused'
  | 'access-denied'
  | 'application-received'
  | 'application-accepted'
  | 'application-failed'
  | 'application-answered'
  | 'command-given'
  | 'letter-operated'
  | 'staff-created'
  | 'customer-created'
  | 'customer-changed'
  | 'customer-file-kept'
  | 'customers-imported'
  | 'member-imported'
  | 'member-sessions-ended'
  | 'all-sessions-ended'
  | 'password-change-required'
  | 'all-password-changes-required'
  | 'sign-in-unlocked'
  | 'member-rescued'
  | 'mfa-required'
  | 'mfa-released';

export interface Actor {
  kind: 'member' | 'staff' | 'anonymous' | 'system' | 'operator';
  id?: string | undefined;
  accountId?: string | undefined;
}

/** Adds one line. `detail` holds closed-list words, numbers and ids only. */
export async function writeAudit(
  tx: Tx,
  event: AuditEvent,
  actor: Actor,
  about: { subjectId?: string; visit?: Omit<Visit, 'device'>; detail?: Record<string, string | number | boolean> } = {},
): Promise<void> {
  await AuditLine.create(
    {
      event,
      actorKind: actor.kind,
      actorId: actor.id ?? null,
      accountId: actor.accountId ?? null,
      subjectId: about.subjectId ?? null,
      ip: about.visit?.ip ?? null,
      requestId: about.visit?.requestId ?? null,
      detail: about.detail ?? {},
    },
    { transaction: tx, returning: false },
  );
}

/** Adds one line for each of many, in one statement. */
export async function writeAuditLines(
  tx: Tx,
  event: AuditEvent,
  actor: Actor,
  abouts: readonly { accountId: string; subjectId: string }[],
  visit: Visit,
): Promise<void> {
  await AuditLine.bulkCreate(
    abouts.map(({ accountId, subjectId }) => ({
      event,
      actorKind: actor.kind,
      actorId: actor.id ?? null,
      accountId,
      subjectId,
      ip: visit.ip,
      requestId: visit.requestId,
      detail: {},
    })),
    { transaction: tx, returning: false },
  );
}
