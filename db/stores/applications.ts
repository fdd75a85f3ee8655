/** 申込: sent once per draft, read by the account's members and by staff. */
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import type { ApplicationContent, ApplicationItem, Delivery, Orderer } from '../../domain/application/content.ts';
import type { IntakeRefusal } from '../../domain/application/intake.ts';
import type { ApplicationKind, RentalClass } from '../../domain/application/kinds.ts';
import { applicationNumberFrom } from '../../domain/application/numbers.ts';
import type { ApplicationEvent, Confirmation, Intake } from '../../domain/flows/application.ts';
import { done, type Outcome } from '../../domain/outcome.ts';
import { crashPoint } from '../../runtime/crash-points.ts';
import { limits } from '../../runtime/limits.ts';
import { inTransaction, type Tx } from '../connect.ts';
import { ApplicationDelivery, ApplicationItem as ItemRow } from '../models/index.ts';
import { firstRow, rows } from '../raw.ts';
import { writeAudit } from './audit.ts';
import { addOutboxLine } from './outbox.ts';
import type { MemberSession } from './sessions.ts';
import type { Visit } from './visit.ts';

/** What a receipt, the history and the staff's queue show of an application. */
export interface ApplicationSummary {
  id: string;
  applicationNumber: string;
  kind: ApplicationKind;
  appliedAt: Date;
  intake: Intake;
  intakeAt: Date | null;
  intakeRefusal: IntakeRefusal | null;
  orderNumber: string | null;
  confirmation: Confirmation | null;
  confirmationAt: Date | null;
  confirmationReason: string | null;
}

export type TimelineEvent = 'received' | ApplicationEvent;

export interface ApplicationDetail extends ApplicationSummary {
  accountId: string;
  customerNumber: string;
  company: string;
  memberId: string;
  memberName: string;
  content: ApplicationContent;
  timeline: { event: TimelineEvent; at: Date }[];
}

/** A digest of what is applied for: the same content again is the same application (S85). */
export const contentDigest = (content: ApplicationContent): Buffer =>
  createHash('sha256').update(JSON.stringify(content)).digest();

export const SUMMARY = `application.id, application.application_number as "applicationNumber", application.kind,
  application.applied_at as "appliedAt", application.intake, application.intake_at as "intakeAt",
  application.intake_refusal as "intakeRefusal", application.order_number as "orderNumber", application.confirmation,
  application.confirmation_at as "confirmationAt", application.confirmation_reason as "confirmationReason"`;

/** `other-content`: this draft was sent before with another content; `id` is that application's. */
export type SubmitOutcome = Outcome<{ id: string; fresh: boolean }, 'other-content'> & { id?: string };

/**
 * Sends a draft: row, items, timeline, audit and outbox line in one transaction. One draft of one member is one application for ever,
 * under double click, reload, back and two tabs.
 */
export async function submitApplication(
  member: Pick<MemberSession, 'memberId' | 'accountId'>,
  draftId: string,
  content: ApplicationContent,
  visit: Visit,
): Promise<SubmitOutcome> {
  crashPoint('submit.before-transaction');
  const outcome = await inTransaction(async (tx): Promise<SubmitOutcome> => {
    const inserted = await insertApplication(tx, member, draftId, content);
    if (inserted === undefined) return answerForSentDraft(tx, member.memberId, draftId, content);
    crashPoint('submit.in-transaction');
    await ApplicationDelivery.bulkCreate(
      content.deliveries.map((delivery, index) => ({ applicationId: inserted, position: index + 1, ...delivery })),
      { transaction: tx, returning: false },
    );
    await ItemRow.bulkCreate(
      content.items.map((item, index) => ({ applicationId: inserted, position: index + 1, ...item })),
      { transaction: tx, returning: false },
    );
    await recordTimeline(tx, inserted, 'received');
    await addOutboxLine(tx, 'application', inserted, 'start', { delaySeconds: limits().relayLeavesToWebSeconds });
    await rows(`delete from drafts where member_id = $1 and id = $2`, [member.memberId, draftId], tx);
    await writeAudit(
      tx,
      'application-received',
      { kind: 'member', id: member.memberId, accountId: member.accountId },
      { subjectId: inserted, visit },
    );
    return done({ id: inserted, fresh: true });
  });
  crashPoint('submit.after-commit');
  return outcome;
}

async function insertApplication(
  tx: Tx,
  member: Pick<MemberSession, 'memberId' | 'accountId'>,
  draftId: string,
  content: ApplicationContent,
): Promise<string | undefined> {
  for (;;) {
    const row = await firstRow<{ id: string }>(
      `insert into applications (id, application_number, account_id, member_id, draft_id, kind, content_digest, rental_class, orderer,
         remarks, customer_reference)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9::jsonb, $10, $11) on conflict do nothing returning id`,
      [
        randomUUID(),
        applicationNumberFrom(randomBytes(8)),
        member.accountId,
        member.memberId,
        draftId,
        content.kind,
        contentDigest(content),
        content.rentalClass,
        JSON.stringify(content.orderer),
        content.remarks,
        content.customerReference,
      ],
      tx,
    );
    if (row !== undefined) return row.id;
    // Either this draft was sent before, or (one in 10^11) the drawn 申込番号 is taken: then draw again.
    if ((await findSent(tx, member.memberId, draftId)) !== undefined) return undefined;
  }
}

const findSent = (tx: Tx | undefined, memberId: string, draftId: string) =>
  firstRow<{ id: string; digest: Buffer }>(
    `select id, content_digest as digest from applications where member_id = $1 and draft_id = $2`,
    [memberId, draftId],
    tx,
  );

async function answerForSentDraft(
  tx: Tx,
  memberId: string,
  draftId: string,
  content: ApplicationContent,
): Promise<SubmitOutcome> {
  const sent = await findSent(tx, memberId, draftId);
  if (sent === undefined) throw new Error('application row missing');
  if (sent.digest.equals(contentDigest(content))) return done({ id: sent.id, fresh: false });
  return { ok: false, reason: 'other-content', id: sent.id };
}

/** The application a member's draft became, with the digest of its content in hex; undefined when it was not sent yet. */
export async function findApplicationOfDraft(
  memberId: string,
  draftId: string,
): Promise<{ id: string; digest: string } | undefined> {
  const sent = await findSent(undefined, memberId, draftId);
  return sent === undefined ? undefined : { id: sent.id, digest: sent.digest.toString('hex') };
}

/** Adds a step to the timeline of an application. */
export async function recordTimeline(tx: Tx, applicationId: string, event: TimelineEvent): Promise<void> {
  await rows(`insert into application_events (application_id, event) values ($1, $2)`, [applicationId, event], tx);
}

/** An application of this account (any, for staff: `undefined`), or undefined: another account's is as good as none (S48). */
export async function readApplication(
  accountId: string | undefined,
  by: { id: string } | { applicationNumber: string },
  tx?: Tx,
): Promise<ApplicationDetail | undefined> {
  const row = await firstRow<
    Omit<ApplicationDetail, 'content' | 'timeline'> & {
      orderer: Orderer;
      rentalClass: RentalClass;
      remarks: string;
      customerReference: string;
    }
  >(
    [
      'select',
      SUMMARY,
      `, application.account_id as "accountId", account.customer_number as "customerNumber", account.company,
       application.member_id as "memberId", member.user_name as "memberName", application.orderer, application.rental_class as "rentalClass",
       application.remarks, application.customer_reference as "customerReference"
       from applications application join accounts account on account.id = application.account_id
       join members member on member.id = application.member_id where ($2::uuid is null or application.account_id = $2) and`,
      'id' in by ? 'application.id = $1' : 'application.application_number = $1',
    ].join(' '),
    ['id' in by ? by.id : by.applicationNumber, accountId ?? null],
    tx,
  );
  if (row === undefined) return undefined;
  const { orderer, rentalClass, remarks, customerReference, ...detail } = row;
  const deliveries = await readDeliveries(row.id, tx);
  const items = await readItems(row.id, tx);
  const timeline = await readTimeline(row.id, tx);
  return {
    ...detail,
    content: { kind: row.kind, rentalClass, orderer, deliveries, items, remarks, customerReference },
    timeline,
  };
}

const readDeliveries = (id: string, tx: Tx | undefined) =>
  rows<Delivery>(
    `select company, department, person, postal_code as "postalCode", prefecture, address1, address2, telephone, fax
     from application_deliveries where application_id = $1 order by position`,
    [id],
    tx,
  );

/** The rows of an application in their order. */
export const readItems = (id: string, tx?: Tx) =>
  rows<ApplicationItem>(
    `select product_code as "productCode", product_name as "productName", starts_on::text as "startsOn", ends_on::text as "endsOn",
       quantity, delivery from application_items where application_id = $1 order by position`,
    [id],
    tx,
  );

const readTimeline = (id: string, tx: Tx | undefined) =>
  rows<{ event: TimelineEvent; at: Date }>(
    `select event, at from application_events where application_id = $1 order by id`,
    [id],
    tx,
  );
