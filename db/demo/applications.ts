/** Writes the planned demo applications as if they had been sent, taken in and answered at their times. No letters: nobody waits for them. */
import { randomBytes, randomUUID } from 'node:crypto';
import type { ApplicationContent } from '../../domain/application/content.ts';
import { applicationNumberFrom } from '../../domain/application/numbers.ts';
import type { Tx } from '../connect.ts';
import {
  Application,
  ApplicationDelivery,
  ApplicationEvent,
  ApplicationItem,
  Command,
  Order,
  type Staff,
} from '../models/index.ts';
import { contentDigest, type TimelineEvent } from '../stores/applications.ts';
import { drawOrderNumber } from '../stores/intake.ts';
import { addOutboxLine } from '../stores/outbox.ts';
import type { PlannedApplication } from './application-plan.ts';
import type { DemoCustomer } from './people.ts';
import { demoProducts } from './products.ts';

const INTAKE_MILLISECONDS = 1_400;
const ANSWER_MILLISECONDS = 95 * 60_000;
const REASON = 'ご希望の期間は在庫がすべて貸出中のため、手配できませんでした。';

/** Oldest first, so that 注文番号 rise with 申込日時. */
export async function seedApplications(
  tx: Tx,
  customer: DemoCustomer,
  staff: Staff,
  plans: PlannedApplication[],
): Promise<void> {
  for (const plan of plans.toSorted((a, b) => a.appliedAt.getTime() - b.appliedAt.getTime())) {
    await seedApplication(tx, customer, staff, plan);
  }
}

async function seedApplication(tx: Tx, customer: DemoCustomer, staff: Staff, plan: PlannedApplication): Promise<void> {
  const member = customer.members[plan.member];
  if (member === undefined) throw new Error('a demo application names a member that is not there');
  const content = contentOf(customer, member.userName, plan);
  const failed = plan.state === 'failed';
  const confirmation = plan.state === 'arranged' || plan.state === 'unable' ? plan.state : null;
  const intakeAt = new Date(plan.appliedAt.getTime() + INTAKE_MILLISECONDS);
  const answeredAt = new Date(plan.appliedAt.getTime() + ANSWER_MILLISECONDS);
  const orderNumber = failed ? null : await drawOrderNumber(tx, plan.appliedAt);
  const reason = plan.state === 'unable' ? REASON : null;
  const { id } = await Application.create(
    {
      applicationNumber: applicationNumberFrom(randomBytes(8)),
      accountId: customer.account.id,
      memberId: member.id,
      draftId: randomUUID(),
      kind: content.kind,
      contentDigest: contentDigest(content),
      appliedAt: plan.appliedAt,
      rentalClass: content.rentalClass,
      orderer: content.orderer,
      remarks: content.remarks,
      intake: failed ? 'failed' : 'accepted',
      intakeAt,
      intakeRefusal: failed ? 'product-discontinued' : null,
      orderNumber,
      confirmation,
      confirmationAt: confirmation === null ? null : answeredAt,
      confirmationReason: reason,
    },
    { transaction: tx },
  );
  const positioned = <Row>(rows: Row[]) =>
    rows.map((row, index) => ({ applicationId: id, position: index + 1, ...row }));
  await ApplicationDelivery.bulkCreate(positioned(content.deliveries), { transaction: tx, returning: false });
  await ApplicationItem.bulkCreate(positioned(content.items), { transaction: tx, returning: false });
  const steps: { event: TimelineEvent; at: Date }[] = [
    { event: 'received', at: plan.appliedAt },
    { event: failed ? 'intakeRefused' : 'intakeAccepted', at: intakeAt },
  ];
  if (confirmation !== null) {
    steps.push({ event: confirmation === 'arranged' ? 'goodsArranged' : 'goodsUnavailable', at: answeredAt });
    const verb = confirmation === 'arranged' ? 'arrange' : 'decline';
    const act = { applicationId: id, task: 'arrangement', verb, reason, staffId: staff.id, state: 'applied' };
    await Command.create({ ...act, givenAt: answeredAt, endedAt: answeredAt }, { transaction: tx });
  }
  const events = steps.map((step) => ({ applicationId: id, ...step }));
  await ApplicationEvent.bulkCreate(events, { transaction: tx, returning: false });
  if (orderNumber !== null) {
    await Order.create(
      { orderNumber, accountId: customer.account.id, applicationId: id, createdAt: intakeAt },
      { transaction: tx },
    );
  }
  // Its flow goes on from the row: the relay starts it, and it waits for staff.
  if (plan.state === 'accepted') await addOutboxLine(tx, 'application', id, 'start');
}

function contentOf({ account }: DemoCustomer, person: string, plan: PlannedApplication): ApplicationContent {
  const { company, department, postalCode, address, telephone, fax } = account;
  const [prefecture, rest] = splitAddress(address);
  const recipient = { company, department, person, postalCode, telephone, fax };
  return {
    kind: 'order',
    rentalClass: 'short',
    orderer: { ...recipient, address },
    deliveries: [{ ...recipient, prefecture, address1: rest, address2: '' }],
    items: plan.items.map(({ code, quantity }) => ({
      productCode: code,
      productName: nameOf(code),
      ...plan.period,
      quantity,
      delivery: 1,
    })),
    remarks: plan.remarks,
    customerReference: '',
  };
}

const nameOf = (code: string): string => demoProducts.find((product) => product.code === code)?.name ?? code;

function splitAddress(address: string): [prefecture: string, rest: string] {
  const end = /[都道府県]/.exec(address.slice(2))?.index ?? 0;
  return [address.slice(0, end + 3), address.slice(end + 3)];
}
