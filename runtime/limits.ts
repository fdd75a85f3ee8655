/** Every limit of the site with its unit in its name. Source: spec.md "Limits" and security.md S07, S10, S54–S60; "ours" there. */
import { z } from 'zod';
import { config, ConfigurationError } from './config.ts';

const positive = z.number().positive();

const schema = z
  .object({
    codeLifetimeSeconds: positive.default(10 * 60),
    codeTries: positive.int().default(5),
    codeResendAfterSeconds: positive.default(60),
    codeResends: positive.int().default(3),
    codeMailsPerHour: positive.int().default(10),
    codeWrongPerDay: positive.int().default(20),
    resetLinkSeconds: positive.default(60 * 60),
    setupLinkSeconds: positive.default(72 * 60 * 60),
    setupReminderSeconds: positive.default(48 * 60 * 60),
    /** Each of the two steps. */
    emailChangeStepSeconds: positive.default(24 * 60 * 60),
    noticeLinkSeconds: positive.default(7 * 24 * 60 * 60),
    resetMailsPerHour: positive.int().default(3),
    resetMailsPerDay: positive.int().default(20),
    setupMailsPerDay: positive.int().default(20),
    emailChangesPerHour: positive.int().default(3),
    sessionIdleSeconds: positive.default(30 * 60),
    /** The warning comes this long before the idle end. */
    sessionWarningSeconds: positive.default(5 * 60),
    sessionAbsoluteSeconds: positive.default(12 * 60 * 60),
    /** Between password and code, the browser's session lives as long as the code. */
    preAuthSeconds: positive.default(10 * 60),
    signInFreeFailures: positive.int().default(5),
    signInFirstWaitSeconds: positive.default(30),
    signInLongestWaitSeconds: positive.default(15 * 60),
    signInForgetAfterSeconds: positive.default(12 * 60 * 60),
    signInFailuresUntilReset: positive.int().default(100),
    deviceDays: positive.int().default(180),
    addressFailures: positive.int().default(30),
    addressFailureWindowSeconds: positive.default(10 * 60),
    addressRequestsPerMinute: positive.int().default(300),
    /** Of one address in the audit trail. */
    addressDenialsPerMinute: positive.int().default(60),
    submissionsPerMinute: positive.int().default(30),
    hashesWaiting: positive.int().default(50),
    passwordBytes: positive.int().default(128),
    bodyBytes: positive.int().default(256 * 1024),
    formFields: positive.int().default(200),
    applyFormFields: positive.int().default(1000),
    itemsPerApplication: positive.int().default(50),
    deliveriesPerApplication: positive.int().default(10),
    draftDays: positive.default(30),
    keptInputSeconds: positive.default(30 * 60),
    intakeWaitMilliseconds: positive.default(2000),
    commandWaitMilliseconds: positive.default(2000),
    /** A file of migrated customers (S60). */
    importBytes: positive.int().default(5 * 1024 * 1024),
    importRows: positive.int().default(5000),
    /** Between the dry run and the run. */
    importKeptSeconds: positive.default(24 * 60 * 60),
    /** A submission's outbox line is left to the web process this long before the relay takes it up. */
    relayLeavesToWebSeconds: positive.default(3),
    letterGiveUpSeconds: positive.default(24 * 60 * 60),
    /** Applications that wait for staff remind the contact center after this many business hours, then daily. */
    staffReminderBusinessHours: positive.default(4),
  })
  .strict();

export type Limits = z.infer<typeof schema>;

/** The document's own limits, which no configuration may change: 「10個まで登録できます」, 「最大5件まで登録出来ます」. */
export const documentLimits = { membersPerAccount: 10, templatesPerAccount: 5 } as const;

/** Reads limits from JSON such as `{"codeLifetimeSeconds":30}`; what is not named keeps its default. @throws ConfigurationError */
export function readLimits(json: string | undefined): Limits {
  let given: unknown;
  try {
    given = JSON.parse(json ?? '{}');
  } catch {
    throw new ConfigurationError('LIMITS: must be JSON, e.g. {"codeTries":5}');
  }
  const parsed = schema.safeParse(given);
  if (!parsed.success) {
    throw new ConfigurationError(parsed.error.issues.map((i) => `LIMITS.${i.path.join('.')}: ${i.message}`).join('; '));
  }
  return parsed.data;
}

let current: Limits | undefined;

/** The limits of this process. */
export function limits(): Limits {
  current ??= readLimits(config().limits);
  return current;
}
