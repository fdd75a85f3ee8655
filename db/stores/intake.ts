/** 受付: the built-in order system's side of an application. One transaction decides, draws the number and writes the letter. */
import { judgeIntake, type IntakeRefusal } from '../../domain/application/intake.ts';
import type { ApplicationKind } from '../../domain/application/kinds.ts';
import { firstOrderSerial, orderNumberFrom } from '../../domain/application/numbers.ts';
import { jstDate, jstMonth } from '../../domain/jst.ts';
import { applicationState, type ApplicationState } from '../../domain/flows/application.ts';
import { crashPoint } from '../../runtime/crash-points.ts';
import { inTransaction, type Tx } from '../connect.ts';
import { firstRow, rows } from '../raw.ts';
import { tellApplicant } from './application-letters.ts';
import { readApplication, recordTimeline, type ApplicationDetail } from './applications.ts';
import { writeAudit } from './audit.ts';
import { findProducts } from './products.ts';

export interface ApplicationStanding {
  state: ApplicationState;
  orderNumber: string | null;
}

/** The same as operators and the flow see it. */
export interface NamedApplicationStanding extends ApplicationStanding {
  customerNumber: string;
  applicationNumber: string;
  kind: ApplicationKind;
  /** When it came to this state. */
  since: Date;
  /** An act of staff that the flow has not judged yet. */
  openCommandId: string | null;
}

/** Where an application stands. @throws Error when there is none */
export async function readApplicationStanding(id: string): Promise<NamedApplicationStanding> {
  const row = await firstRow<NamedApplicationStanding>(
    `select coalesce(application.confirmation, application.intake) as state, application.order_number as "orderNumber",
       account.customer_number as "customerNumber", application.application_number as "applicationNumber", application.kind,
       coalesce(application.confirmation_at, application.intake_at, application.applied_at) as since, command.id as "openCommandId"
     from applications application join accounts account on account.id = application.account_id
       left join commands command on command.application_id = application.id and command.state = 'open'
     where application.id = $1`,
    [id],
  );
  if (row === undefined) throw new Error('application row missing');
  return row;
}

const standingOf = (application: ApplicationDetail): ApplicationStanding => ({
  state: applicationState(application.intake, application.confirmation),
  orderNumber: application.orderNumber,
});

/** Takes an application in, or refuses it with the reason. Run twice, the second run reads what the first decided. */
export async function takeIn(id: string): Promise<ApplicationStanding> {
  return inTransaction(async (tx) => {
    await rows(`select from applications where id = $1 for update`, [id], tx);
    const application = await readApplication(undefined, { id }, tx);
    if (application === undefined) throw new Error('application row missing');
    if (application.intake !== 'received') return standingOf(application);
    const products = await findProducts(
      application.content.items.map((item) => item.productCode),
      tx,
    );
    const refusal = judgeIntake(application.content, products, jstDate(application.appliedAt));
    const standing = refusal === undefined ? await accept(tx, application) : await fail(tx, application, refusal);
    crashPoint('intake.in-transaction');
    return standing;
  });
}

async function accept(tx: Tx, application: ApplicationDetail): Promise<ApplicationStanding> {
  await recordTimeline(tx, application.id, 'intakeAccepted');
  await writeAudit(
    tx,
    'application-accepted',
    { kind: 'system', accountId: application.accountId },
    { subjectId: application.id },
  );
  // Last, because the month's row is the one lock that all intakes share.
  const orderNumber = await drawOrderNumber(tx, application.appliedAt);
  await rows(
    `insert into orders (order_number, account_id, application_id) values ($1, $2, $3)`,
    [orderNumber, application.accountId, application.id],
    tx,
  );
  await rows(
    `update applications set intake = 'accepted', intake_at = now(), order_number = $2 where id = $1`,
    [application.id, orderNumber],
    tx,
  );
  await tellApplicant(tx, { ...application, orderNumber }, 'application-accepted');
  return { state: 'accepted', orderNumber };
}

async function fail(tx: Tx, application: ApplicationDetail, refusal: IntakeRefusal): Promise<ApplicationStanding> {
  await recordTimeline(tx, application.id, 'intakeRefused');
  await rows(
    `update applications set intake = 'failed', intake_at = now(), intake_refusal = $2 where id = $1`,
    [application.id, refusal],
    tx,
  );
  await tellApplicant(tx, application, 'application-failed', { refusal });
  await writeAudit(
    tx,
    'application-failed',
    { kind: 'system', accountId: application.accountId },
    { subjectId: application.id, detail: { refusal } },
  );
  return { state: 'failed', orderNumber: null };
}

/** The next 注文番号 of the month of 申込日時 in JST. Past 999999 the table refuses: the flow waits for an operator, loudly (S84). */
export async function drawOrderNumber(tx: Tx, appliedAt: Date): Promise<string> {
  const month = jstMonth(appliedAt);
  const row = await firstRow<{ last: number }>(
    `insert into order_serials (month, last) values ($1, $2) on conflict (month) do update set last = order_serials.last + 1 returning last`,
    [month, firstOrderSerial],
    tx,
  );
  if (row === undefined) throw new Error('order serial not drawn');
  return orderNumberFrom(month, row.last);
}
