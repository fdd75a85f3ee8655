/** All models, defined on the pool. Private to db. */
import type { Sequelize } from 'sequelize';
import { Account } from './account.ts';
import { Member } from './member.ts';
import { Staff } from './staff.ts';
import { Challenge } from './challenge.ts';
import { Session } from './session.ts';
import { SignInThrottle } from './sign-in-throttle.ts';
import { RateLimit } from './rate-limit.ts';
import { KeptInput } from './kept-input.ts';
import { Letter } from './letter.ts';
import { OutboxLine } from './outbox-line.ts';
import { AuditLine } from './audit-line.ts';
import { Notice } from './notice.ts';
import { CompanyHoliday } from './company-holiday.ts';
import { Product } from './product.ts';
import { Draft } from './draft.ts';
import { Application } from './application.ts';
import { ApplicationDelivery } from './application-delivery.ts';
import { ApplicationItem } from './application-item.ts';
import { ApplicationEvent } from './application-event.ts';
import { OrderSerial } from './order-serial.ts';
import { Order } from './order.ts';
import { Command } from './command.ts';
import { Procedure } from './procedure.ts';
import { Link } from './link.ts';
import { KnownDevice } from './known-device.ts';
import { AuditSeal } from './audit-seal.ts';
import { WorkerBeat } from './worker-beat.ts';
import { CustomerImport } from './customer-import.ts';
import { ImportedMember } from './imported-member.ts';

export {
  Account,
  Member,
  Staff,
  Challenge,
  Session,
  SignInThrottle,
  RateLimit,
  KeptInput,
  Letter,
  OutboxLine,
  AuditLine,
  Notice,
  CompanyHoliday,
  Product,
  Draft,
  Application,
  ApplicationDelivery,
  ApplicationItem,
  ApplicationEvent,
  OrderSerial,
  Order,
  Command,
  Procedure,
  Link,
  KnownDevice,
  AuditSeal,
  WorkerBeat,
  CustomerImport,
  ImportedMember,
};

export const models = [
  Account,
  Member,
  Staff,
  Challenge,
  Session,
  SignInThrottle,
  RateLimit,
  KeptInput,
  Letter,
  OutboxLine,
  AuditLine,
  Notice,
  CompanyHoliday,
  Product,
  Draft,
  Application,
  ApplicationDelivery,
  ApplicationItem,
  ApplicationEvent,
  OrderSerial,
  Order,
  Command,
  Procedure,
  Link,
  KnownDevice,
  AuditSeal,
  WorkerBeat,
  CustomerImport,
  ImportedMember,
];

/** Binds every model to the pool. */
export function defineModels(sequelize: Sequelize): void {
  for (const model of models) model.define(sequelize);
}
