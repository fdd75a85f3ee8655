/** What stands for a route's parameters: one list for every kind of id there is, so that a new kind must be named here once. */
import { randomUUID } from 'node:crypto';
import type { ApplicationState } from '../../../domain/flows/application.ts';
import type { FixtureAccount } from './fixture.ts';

export type RouteValues = Record<string, string>;

/** The ids of an account's own things. @param state of the application among them */
export function idsOf(account: FixtureAccount, state: ApplicationState = 'accepted'): RouteValues {
  const index = ['received', 'accepted', 'failed', 'arranged', 'unable'].indexOf(state);
  const application = account.applications[index];
  if (application === undefined) throw new Error(`the fixture has no application that is ${state}`);
  return {
    draftId: account.draftId,
    applicationNumber: application.applicationNumber,
    applicationId: application.id,
    customerNumber: account.account.customerNumber,
    importId: account.importId,
    memberId: account.withCode.id,
    sessionId: account.sessionId,
    procedureId: account.procedureId,
    '*': 'no-such-page',
  };
}

/** Ids of the right form that nobody has. */
export function idsOfNobody(): RouteValues {
  const [draftId, applicationId, memberId] = [randomUUID(), randomUUID(), randomUUID()];
  const [sessionId, procedureId, importId] = [randomUUID(), randomUUID(), randomUUID()];
  return {
    draftId,
    applicationNumber: 'AYYYYYYYY',
    applicationId,
    memberId,
    sessionId,
    procedureId,
    customerNumber: 'C999999',
    importId,
    '*': 'no-such-page',
  };
}
