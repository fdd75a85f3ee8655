/** Acts of staff on a waiting application: rows first, so that none is lost while Temporal is down and the second of two is told. */
import { randomUUID } from 'node:crypto';
import { applicationState, applicationTable, type ApplicationEvent } from '../../domain/flows/application.ts';
import { nextState } from '../../domain/flows/state-table.ts';
import { done, refused, type Outcome } from '../../domain/outcome.ts';
import { inTransaction, type Tx } from '../connect.ts';
import { firstRow, rows } from '../raw.ts';
import { tellApplicant } from './application-letters.ts';
import { readApplication, recordTimeline, type ApplicationDetail } from './applications.ts';
import { writeAudit } from './audit.ts';
import type { ApplicationStanding } from './intake.ts';
import { addOutboxLine } from './outbox.ts';
import type { StaffSession } from './sessions.ts';
import type { Visit } from './visit.ts';

/** arrange: 手配済にする. decline: 手配不可, with a reason for the customer. */
export type StaffAct = { verb: 'arrange' } | { verb: 'decline'; reason: string };

/** `already-given`: a colleague's act (or this one's first click) is on its way. `not-waiting`: it was answered before. */
export type CommandRefusal = 'already-given' | 'not-waiting' | 'unknown-application';

const EVENT_OF_VERB: Record<StaffAct['verb'], ApplicationEvent> = {
  arrange: 'goodsArranged',
  decline: 'goodsUnavailable',
};

/** Gives an act: judged and applied by the application's flow. */
export async function giveCommand(
  staff: Pick<StaffSession, 'staffId'>,
  applicationId: string,
  act: StaffAct,
  visit: Visit,
): Promise<Outcome<{ commandId: string }, CommandRefusal>> {
  return inTransaction(async (tx) => {
    await rows(`select from applications where id = $1 for update`, [applicationId], tx);
    const application = await readApplication(undefined, { id: applicationId }, tx);
    if (application === undefined) return refused('unknown-application' as const);
    if (nextState(applicationTable, stateOf(application), EVENT_OF_VERB[act.verb]) === undefined)
      return refused('not-waiting' as const);
    const command = await firstRow<{ id: string }>(
      `insert into commands (id, application_id, task, verb, reason, staff_id) values ($1, $2, 'arrangement', $3, $4, $5)
       on conflict do nothing returning id`,
      [randomUUID(), applicationId, act.verb, act.verb === 'decline' ? act.reason : null, staff.staffId],
      tx,
    );
    if (command === undefined) return refused('already-given' as const);
    await addOutboxLine(tx, 'application', applicationId, 'commandGiven', { subjectId: command.id });
    await writeAudit(
      tx,
      'command-given',
      { kind: 'staff', id: staff.staffId, accountId: application.accountId },
      { subjectId: applicationId, visit, detail: { verb: act.verb } },
    );
    return done({ commandId: command.id });
  });
}

const stateOf = (application: ApplicationDetail) => applicationState(application.intake, application.confirmation);

interface CommandRow {
  id: string;
  applicationId: string;
  verb: StaffAct['verb'];
  reason: string | null;
  staffId: string;
  state: 'open' | 'applied' | 'refused';
}

/** Applies a given act with its letter and audit line; a second run, or an act that comes too late, changes nothing. */
export async function applyCommand(commandId: string): Promise<ApplicationStanding> {
  return inTransaction(async (tx) => {
    const command = await firstRow<CommandRow>(
      `select id, application_id as "applicationId", verb, reason, staff_id as "staffId", state from commands where id = $1 for update`,
      [commandId],
      tx,
    );
    if (command === undefined) throw new Error('command row missing');
    await rows(`select from applications where id = $1 for update`, [command.applicationId], tx);
    const application = await readApplication(undefined, { id: command.applicationId }, tx);
    if (application === undefined) throw new Error('application row missing');
    const before = stateOf(application);
    const next = nextState(applicationTable, before, EVENT_OF_VERB[command.verb]);
    if (command.state !== 'open') return { state: before, orderNumber: application.orderNumber };
    await rows(
      `update commands set state = $2, ended_at = now() where id = $1`,
      [commandId, next === undefined ? 'refused' : 'applied'],
      tx,
    );
    if (next === undefined) return { state: before, orderNumber: application.orderNumber };
    await answer(tx, application, command);
    return { state: next, orderNumber: application.orderNumber };
  });
}

async function answer(tx: Tx, application: ApplicationDetail, command: CommandRow): Promise<void> {
  const confirmation = command.verb === 'arrange' ? 'arranged' : 'unable';
  await rows(
    `update applications set confirmation = $2, confirmation_at = now(), confirmation_reason = $3 where id = $1`,
    [application.id, confirmation, command.reason],
    tx,
  );
  await recordTimeline(tx, application.id, EVENT_OF_VERB[command.verb]);
  await writeAudit(
    tx,
    'application-answered',
    { kind: 'staff', id: command.staffId, accountId: application.accountId },
    { subjectId: application.id, detail: { verb: command.verb } },
  );
  if (command.verb === 'arrange') await tellApplicant(tx, application, 'application-arranged');
  else await tellApplicant(tx, application, 'application-unable', { reason: command.reason ?? '' });
}

/** What became of an act: open until the flow has judged it. */
export async function readCommandState(commandId: string): Promise<CommandRow['state'] | undefined> {
  const row = await firstRow<Pick<CommandRow, 'state'>>(`select state from commands where id = $1`, [commandId]);
  return row?.state;
}

/** The act on an application that is still on its way, with the name of who gave it. */
export async function openCommandOn(
  applicationId: string,
): Promise<{ verb: StaffAct['verb']; staffName: string; givenAt: Date } | undefined> {
  return firstRow(
    `select command.verb, person.name as "staffName", command.given_at as "givenAt"
     from commands command join staff person on person.id = command.staff_id where command.application_id = $1 and command.state = 'open'`,
    [applicationId],
  );
}
