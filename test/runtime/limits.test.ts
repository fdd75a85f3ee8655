/** Limits: the defaults of spec.md, overridable one by one, never into nonsense. */
import { expect, it } from 'vitest';
import { documentLimits, readLimits } from '../../runtime/limits.ts';

it('the defaults are those of the specification', () => {
  expect(readLimits(undefined)).toMatchObject({
    codeLifetimeSeconds: 600,
    codeTries: 5,
    codeResendAfterSeconds: 60,
    codeResends: 3,
    codeMailsPerHour: 10,
    codeWrongPerDay: 20,
    sessionIdleSeconds: 1800,
    sessionAbsoluteSeconds: 43_200,
    signInFreeFailures: 5,
    signInFirstWaitSeconds: 30,
    signInLongestWaitSeconds: 900,
    signInFailuresUntilReset: 100,
    itemsPerApplication: 50,
    deliveriesPerApplication: 10,
    submissionsPerMinute: 30,
    draftDays: 30,
  });
});

it('one limit can be changed, the others keep their defaults', () => {
  expect(readLimits('{"codeLifetimeSeconds":30}')).toEqual({ ...readLimits('{}'), codeLifetimeSeconds: 30 });
});

it.each([
  'codeTries=3',
  '{"codeTries":0}',
  '{"codeTries":2.5}',
  '{"codeTries":"5"}',
  '{"unknown":1}',
  '[]',
  '{"membersPerAccount":11}',
])('%s is refused in one line', (json) => {
  expect(() => readLimits(json)).toThrow(/^LIMITS.*$/);
});

it('the document’s own limits are no setting', () => {
  expect(documentLimits).toEqual({ membersPerAccount: 10, templatesPerAccount: 5 });
});
