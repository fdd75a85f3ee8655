/** One row each, played in memory by the rules of its store, for flows on the time-skipping server: its clock isn't PostgreSQL's. */
import { randomUUID } from 'node:crypto';
import type { WorkflowHandle } from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import { applicationTable, type ApplicationEvent, type ApplicationState } from '../../domain/flows/application.ts';
import type { LetterEvent, LetterState } from '../../domain/flows/letter.ts';
import type { OtpState } from '../../domain/flows/otp.ts';
import { nextState } from '../../domain/flows/state-table.ts';
import { applicationWaitsFor, letterWaitsFor, otpWaitsFor } from '../../domain/flows/waits-for.ts';
import { applicationId, applicationType } from '../../workflows/application.contract.ts';
import { letterId, letterType } from '../../workflows/letter.contract.ts';
import { otpId, otpType } from '../../workflows/otp.contract.ts';
import type { FlowEnvironment, PlayedActivities } from './flows.ts';

/** As activities/faults.ts rewrites failures: no stack, since it would name this machine's folders in a committed history. */
export function fault(code: string): ApplicationFailure {
  const failure = ApplicationFailure.retryable(code, code);
  failure.stack = '';
  return failure;
}

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;

/** What was asked of the row, in order, with the second argument where there is one. */
export type Calls = string[];

export interface PlayedOtp {
  handle: WorkflowHandle;
  row: { state: OtpState; endsAt: number };
  calls: Calls;
}

/** A started flow of a code that ends in ten minutes. `slowClock`: how much later than the flow the database's clock comes to its end. */
export async function playOtp(
  flows: FlowEnvironment,
  over: { state?: OtpState; slowClock?: number } = {},
): Promise<PlayedOtp> {
  const row = { state: over.state ?? 'open', endsAt: (await flows.now()) + 10 * MINUTE };
  const calls: Calls = [];
  let clockLag = over.slowClock ?? 0;
  const left = async () => Math.max(0, row.endsAt - (await flows.now()));
  const activities: PlayedActivities = {
    readChallengeStanding: async () => {
      calls.push('readChallengeStanding');
      return { state: row.state, millisecondsLeft: await left() };
    },
    expireChallenge: async () => {
      calls.push('expireChallenge');
      const stillLeft = (await left()) + clockLag;
      clockLag = 0;
      if (row.state === 'open' && stillLeft === 0) row.state = 'expired';
      return { state: row.state, millisecondsLeft: stillLeft };
    },
  };
  const id = randomUUID();
  const standing = { customerNumber: 'C000001', flowState: 'open', waitsFor: otpWaitsFor.open, needsAttention: false };
  const handle = await flows.start(otpType, otpId(id), { challengeId: id }, standing, activities);
  return { handle, row, calls };
}

export type ServerAnswer = 'takes it' | 'refuses for now' | 'refuses for good';

export interface PlayedLetter {
  handle: WorkflowHandle;
  row: { state: LetterState; giveUpAt: number };
  /** When the mail server was asked, in milliseconds. */
  tries: number[];
  calls: Calls;
  /** Answers of the mail server in order; the last one stays. */
  server: ServerAnswer[];
}

/** A started flow of a letter, with 24 hours for a plain one and 10 minutes for one with a code. */
export async function playLetter(
  flows: FlowEnvironment,
  server: ServerAnswer[],
  over: { state?: LetterState; withCode?: boolean; lifetime?: number; faults?: number } = {},
): Promise<PlayedLetter> {
  let faults = over.faults ?? 0;
  const endsWithSecret = over.withCode ?? false;
  const lifetime = over.lifetime ?? (endsWithSecret ? 10 * MINUTE : 24 * HOUR);
  const row = { state: over.state ?? 'pending', giveUpAt: (await flows.now()) + lifetime };
  const tries: number[] = [];
  const calls: Calls = [];
  const record = (call: string, from: LetterState[], to: LetterState, event: LetterEvent): Promise<LetterEvent> => {
    calls.push(call);
    if (from.includes(row.state)) row.state = to;
    return Promise.resolve(row.state === 'sent' ? 'delivered' : event);
  };
  const activities: PlayedActivities = {
    readLetterStanding: async () => {
      if (faults > 0) {
        faults -= 1;
        throw fault('database-unreachable');
      }
      return { state: row.state, millisecondsLeft: Math.max(0, row.giveUpAt - (await flows.now())), endsWithSecret };
    },
    sendLetter: async () => {
      tries.push(await flows.now());
      const answer = server.length > 1 ? server.shift() : server[0];
      if (answer === 'refuses for now') throw fault('mail-451');
      row.state = answer === 'takes it' ? 'sent' : 'parked';
      return answer === 'takes it' ? 'delivered' : 'refusedForGood';
    },
    recordParked: () => record('recordParked', ['pending'], 'parked', 'timeRanOut'),
    recordLapsed: () => record('recordLapsed', ['pending', 'parked'], 'lapsed', 'endPassed'),
    recordAbandoned: (_id, operator) => record(`recordAbandoned ${operator}`, ['parked'], 'abandoned', 'givenUp'),
    reopenLetter: async (_id, operator) => {
      if (!endsWithSecret) row.giveUpAt = (await flows.now()) + lifetime;
      return record(`reopenLetter ${operator}`, ['parked'], 'pending', 'retried');
    },
  };
  const id = randomUUID();
  const standing = {
    customerNumber: 'C000001',
    flowState: 'pending',
    waitsFor: letterWaitsFor.pending,
    needsAttention: false,
  };
  const handle = await flows.start(letterType, letterId(id), { letterId: id }, standing, activities);
  return { handle, row, tries, calls, server };
}

export interface PlayedApplication {
  handle: WorkflowHandle;
  row: { state: ApplicationState; orderNumber: string | null; since: number; openCommandId: string | null };
  /** Due times of the reminders that were written, ISO 8601. */
  reminders: string[];
  calls: Calls;
  /** Makes a command of staff known to the row; the test then tells the flow. */
  give: (event: ApplicationEvent) => string;
}

export interface ApplicationPlay {
  state?: ApplicationState;
  intake?: 'accepted' | 'failed';
  /** An act of staff that was given while no flow ran. */
  openCommand?: ApplicationEvent;
  /** How often our database fails first. */
  faults?: number;
  holidays?: string[];
}

/** A started flow of an order. */
export async function playApplication(flows: FlowEnvironment, play: ApplicationPlay = {}): Promise<PlayedApplication> {
  const commands = new Map<string, ApplicationEvent>();
  const give = (event: ApplicationEvent) => {
    const id = randomUUID();
    commands.set(id, event);
    return id;
  };
  const state = play.state ?? 'received';
  const row: PlayedApplication['row'] = {
    state,
    orderNumber: state === 'accepted' || state === 'arranged' ? '202204100001' : null,
    since: await flows.now(),
    openCommandId: play.openCommand === undefined ? null : give(play.openCommand),
  };
  const reminders: string[] = [];
  const calls: Calls = [];
  let faults = play.faults ?? 0;
  const standing = () => ({ ...row, since: new Date(row.since).toISOString() });
  const activities: PlayedActivities = {
    readApplicationStanding: () => Promise.resolve(standing()),
    takeIn: async () => {
      calls.push('takeIn');
      if (faults > 0) {
        faults -= 1;
        throw fault('database-unreachable');
      }
      const accepted = (play.intake ?? 'accepted') === 'accepted';
      Object.assign(row, { state: accepted ? 'accepted' : 'failed', orderNumber: accepted ? '202204100001' : null });
      row.since = await flows.now();
      return standing();
    },
    applyCommand: (commandId) => {
      calls.push('applyCommand');
      const event = commands.get(commandId);
      row.state = (event && nextState(applicationTable, row.state, event)) ?? row.state;
      return Promise.resolve({ state: row.state, orderNumber: row.orderNumber });
    },
    readReminderRules: () => Promise.resolve({ holidays: play.holidays ?? [], firstReminderHours: 4 }),
    remindStaff: (_id, dueAt) => {
      if (!reminders.includes(dueAt)) reminders.push(dueAt);
      return Promise.resolve();
    },
  };
  const id = randomUUID();
  const shown = {
    customerNumber: 'C000001',
    applicationNumber: 'A34679ACD',
    applicationKind: 'order',
    flowState: 'received',
    waitsFor: applicationWaitsFor.received,
    needsAttention: false,
  };
  const handle = await flows.start(applicationType, applicationId(id), { applicationId: id }, shown, activities);
  return { handle, row, reminders, calls, give };
}
