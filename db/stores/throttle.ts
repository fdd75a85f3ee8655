/** Guessing is slowed down: per (login ID, address) pair with a doubling wait (S54), per client address in windows (S56). */
import { createHash, randomUUID } from 'node:crypto';
import { isIPv6 } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { RateLimiterMemory, RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible';
import { limits } from '../../runtime/limits.ts';
import { database, type Tx } from '../connect.ts';
import { firstRow, rows } from '../raw.ts';

/** How long one attempt may hold its pair before another may go on without it (its process died). */
const LEASE_SECONDS = 5;
const FIRST_PAUSE_MILLISECONDS = 15;
const LONGEST_PAUSE_MILLISECONDS = 200;

/** What failures are counted by; the canonical forms, so that no other spelling counts apart (S79). */
export const throttleKey = (...parts: string[]): Buffer => createHash('sha256').update(JSON.stringify(parts)).digest();

/** `lease` undefined: this pair has to wait, and the attempt must neither be compared nor counted. */
export interface Attempt {
  key: Buffer;
  lease: string | undefined;
}

/**
 * Begins an attempt. One at a time per pair: so the count is exact under any number of parallel tries, and parallel right
 * sign-ins are all let in, one after the other (S54, S55).
 */
export async function beginAttempt(key: Buffer): Promise<Attempt> {
  const lease = randomUUID();
  const deadline = performance.now() + LEASE_SECONDS * 2_000;
  let wait = FIRST_PAUSE_MILLISECONDS;
  do {
    const row = await firstRow<{ mine: boolean; waits: boolean }>(
      `insert into sign_in_throttles as pair (key, lease, leased_until) values ($1, $2, now() + make_interval(secs => $3))
       on conflict (key) do update set
         lease = case when pair.wait_until > now() or pair.leased_until > now() then pair.lease else excluded.lease end,
         leased_until = case when pair.wait_until > now() or pair.leased_until > now() then pair.leased_until else excluded.leased_until end
       returning lease = $2 as mine, coalesce(wait_until > now(), false) as waits`,
      [key, lease, LEASE_SECONDS],
    );
    if (row?.mine === true) return { key, lease };
    if (row?.waits === true) return { key, lease: undefined };
    await pause(wait);
    wait = Math.min(LONGEST_PAUSE_MILLISECONDS, wait * 1.5);
  } while (performance.now() < deadline);
  return { key, lease: undefined };
}

/**
 * Counts a failure and sets the wait: none for the first five in a row, then 30 s doubling to 15 min; at 100 until a reset.
 * Failures are forgotten 12 h after the last one. An attempt that was never given a lease was not compared and counts nothing; one
 * that took longer than its lease counts all the same.
 */
export async function recordFailure(tx: Tx, attempt: Attempt): Promise<void> {
  if (attempt.lease === undefined) return;
  const l = limits();
  await rows(
    `with counted as (
       select key, case when last_failure_at < now() - make_interval(secs => $3) then 1 else failures + 1 end as failures
       from sign_in_throttles where key = $1 for update)
     update sign_in_throttles pair set failures = counted.failures, last_failure_at = now(),
       lease = nullif(lease, $2), leased_until = case when lease is distinct from $2 then leased_until end,
       wait_until = case
         when counted.failures >= $7 then 'infinity'::timestamptz
         when counted.failures >= $4 then now() + make_interval(secs => least($6, $5 * power(2, least(counted.failures - $4, 20))))
       end
     from counted where pair.key = counted.key`,
    [
      attempt.key,
      attempt.lease,
      l.signInForgetAfterSeconds,
      l.signInFreeFailures,
      l.signInFirstWaitSeconds,
      l.signInLongestWaitSeconds,
      l.signInFailuresUntilReset,
    ],
    tx,
  );
}

/** A right password: the row of failures is over. */
export async function recordSuccess(tx: Tx, attempt: Attempt): Promise<void> {
  await rows(`delete from sign_in_throttles where key = $1 and lease = $2`, [attempt.key, attempt.lease ?? null], tx);
}

/** Gives the pair back without counting (the database failed). */
export async function abandonAttempt(attempt: Attempt): Promise<void> {
  await rows(`update sign_in_throttles set lease = null, leased_until = null where key = $1 and lease = $2`, [
    attempt.key,
    attempt.lease ?? null,
  ]);
}

/** A mailed reset was completed, or staff ended the wait: it is over for this counter (S54). */
export async function forgetFailures(tx: Tx, key: Buffer): Promise<void> {
  await rows(`delete from sign_in_throttles where key = $1`, [key], tx);
}

/** Answers how many seconds to wait, or undefined when the request may go on. */
export type WindowCheck = (client: string) => Promise<number | undefined>;

/** What a client address is counted by: itself, or the /64 of an IPv6 one, within which a client may pick addresses freely (S56). */
export function countedAs(ip: string): string {
  const mapped = /^::ffff:([\d.]+)$/i.exec(ip)?.[1];
  if (mapped !== undefined || !isIPv6(ip)) return mapped ?? ip;
  const [head = '', tail = ''] = ip.split('::');
  const first = head === '' ? [] : head.split(':');
  const last = tail === '' ? [] : tail.split(':');
  const zeros = Array<string>(Math.max(0, 8 - first.length - last.length)).fill('0');
  return `${[...first, ...zeros, ...last]
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':')}::/64`;
}

async function consume(limiter: RateLimiterMemory | RateLimiterPostgres, key: string): Promise<number | undefined> {
  try {
    await limiter.consume(key);
    return undefined;
  } catch (error) {
    if (error instanceof RateLimiterRes) return Math.max(1, Math.ceil(error.msBeforeNext / 1000));
    throw error;
  }
}

let requests: RateLimiterMemory | undefined;
let denials: RateLimiterMemory | undefined;
let failures: RateLimiterPostgres | undefined;
let submissions: RateLimiterPostgres | undefined;

const postgresWindow = (keyPrefix: string, points: number, duration: number): RateLimiterPostgres =>
  new RateLimiterPostgres({
    storeClient: database(),
    tableName: 'rate_limits',
    tableCreated: true,
    keyPrefix,
    points,
    duration,
  });

/** Requests without a session, counted in this process: a GET must not write (S32, S56). */
export const countRequest: WindowCheck = (client) => {
  requests ??= new RateLimiterMemory({ points: limits().addressRequestsPerMinute, duration: 60 });
  return consume(requests, countedAs(client));
};

/** Denied requests that are written into the audit trail (S70), counted in this process. */
export const countDenial: WindowCheck = (client) => {
  denials ??= new RateLimiterMemory({ points: limits().addressDenialsPerMinute, duration: 60 });
  return consume(denials, countedAs(client));
};

const failureWindow = (): RateLimiterPostgres =>
  (failures ??= postgresWindow('failure', limits().addressFailures, limits().addressFailureWindowSeconds));

/** Counts a failed sign-in of a client address. */
export const countAddressFailure: WindowCheck = (client) => consume(failureWindow(), countedAs(client));

/** Whether a client address has failed too often of late: it is answered like any wrong combination. */
export async function addressHasToWait(client: string): Promise<boolean> {
  const found = await failureWindow().get(countedAs(client));
  return found !== null && found.consumedPoints >= limits().addressFailures;
}

/** Submissions of one member (S58). */
export const countSubmission: WindowCheck = (memberId) => {
  submissions ??= postgresWindow('submission', limits().submissionsPerMinute, 60);
  return consume(submissions, memberId);
};

/** Which of these counters make their owner wait now, in hexadecimal. */
export async function whichWait(keys: readonly Buffer[]): Promise<Set<string>> {
  const found = await rows<{ key: Buffer }>(
    `select key from sign_in_throttles where key = any($1::bytea[]) and wait_until > now()`,
    [keys],
  );
  return new Set(found.map(({ key }) => key.toString('hex')));
}
