/** ログイン: password first, then the one-time code where it is on. Every wrong combination costs the same work and has one answer (S01, S02). */
import { canonicalLoginId } from '../../domain/login-id.ts';
import { parseMailAddress } from '../../domain/mail-address.ts';
import { done, refused, type Outcome } from '../../domain/outcome.ts';
import { passwordLengths } from '../../domain/password-policy.ts';
import { config } from '../../runtime/config.ts';
import { crashPoint } from '../../runtime/crash-points.ts';
import { limits } from '../../runtime/limits.ts';
import { inTransaction, type Tx } from '../connect.ts';
import { firstRow } from '../raw.ts';
import { writeAudit } from './audit.ts';
import { openChallenge } from './challenges.ts';
import { memberDeviceKey, staffDeviceKey } from './known-devices.ts';
import { hashPassword, isOutdatedHash, verifyPassword } from './passwords.ts';
import { completeSignIn, lockPerson, renewHash, type Person } from './people.ts';
import { openSession, replaceSession, type SessionStage } from './sessions.ts';
import {
  abandonAttempt,
  addressHasToWait,
  beginAttempt,
  countAddressFailure,
  recordFailure,
  recordSuccess,
  throttleKey,
  type Attempt,
} from './throttle.ts';
import type { Visit } from './visit.ts';

export interface MemberCredentials {
  loginId: string;
  address: string;
  password: string;
}

export type StaffCredentials = Omit<MemberCredentials, 'loginId'>;

/** `code-locked`: the password was right, but no code may be asked for before `until` (S07). */
export type SignInRefusal = 'refused' | 'code-locked';
export type SignInOutcome = Outcome<{ secret: string; stage: SessionStage }, SignInRefusal> & { until?: Date };

type Candidate = Person & { passwordHash: string | null };

/**
 * Signs a member in.
 * @param browserSecret the session this browser had: replaced, never taken over (S23)
 */
export async function signInMember(
  credentials: MemberCredentials,
  browserSecret: string | undefined,
  visit: Visit,
): Promise<SignInOutcome> {
  const loginId = canonicalLoginId(credentials.loginId);
  const address = canonicalAddress(credentials.address);
  const known = await memberDeviceKey(loginId, address, visit);
  const attempt = await attemptFor(visit, known, 'member', loginId, address);
  const find = () =>
    firstRow<Candidate>(
      `select 'member' as kind, member.id, member.account_id as "accountId", member.address, member.user_name as name, account.company,
         member.password_hash as "passwordHash"
       from members member join accounts account on account.id = member.account_id
       where account.login_id = $1 and member.address_canonical = $2 and member.deleted_at is null`,
      [loginId, address],
    );
  return judge(attempt, find, credentials.password, browserSecret, visit);
}

/** Signs a staff person in: always with a code. */
export async function signInStaff(
  credentials: StaffCredentials,
  browserSecret: string | undefined,
  visit: Visit,
): Promise<SignInOutcome> {
  const address = canonicalAddress(credentials.address);
  const attempt = await attemptFor(visit, await staffDeviceKey(address, visit), 'staff', address);
  const find = () =>
    firstRow<Candidate>(
      `select 'staff' as kind, id, null as "accountId", address, name, '' as company, password_hash as "passwordHash"
       from staff where address_canonical = $1 and deleted_at is null`,
      [address],
    );
  return judge(attempt, find, credentials.password, browserSecret, visit);
}

/** What is no address can belong to nobody, but is looked up and counted all the same. */
const canonicalAddress = (typed: string): string =>
  parseMailAddress(typed)?.canonical ?? `?${typed.normalize('NFKC').trim().toLowerCase()}`;

/**
 * @param known the counter of this person's own known device: neither the failures of others with the same pair nor those of others at the
 * same address keep it waiting (S55)
 */
async function attemptFor(visit: Visit, known: Buffer | undefined, ...parts: string[]): Promise<Attempt> {
  if (known !== undefined) return beginAttempt(known);
  const key = throttleKey(...parts);
  return (await addressHasToWait(visit.ip)) ? { key, lease: undefined } : beginAttempt(key);
}

async function judge(
  attempt: Attempt,
  find: () => Promise<Candidate | undefined>,
  password: string,
  browserSecret: string | undefined,
  visit: Visit,
): Promise<SignInOutcome> {
  try {
    const candidate = await find();
    const judged = attempt.lease === undefined ? undefined : candidate;
    const right = await verifyPassword(judged?.passwordHash, password);
    const letInAs =
      judged === undefined || !right ? undefined : await letIn(attempt, judged, password, browserSecret, visit);
    return letInAs ?? (await refuse(attempt, candidate, visit));
  } catch (error) {
    await abandonAttempt(attempt);
    throw error;
  }
}

async function refuse(attempt: Attempt, candidate: Candidate | undefined, visit: Visit): Promise<SignInOutcome> {
  await countAddressFailure(visit.ip);
  return inTransaction(async (tx) => {
    await recordFailure(tx, attempt);
    const event = attempt.lease === undefined ? 'sign-in-throttled' : 'sign-in-refused';
    await writeAudit(tx, event, { kind: 'anonymous', accountId: candidate?.accountId }, { visit });
    return refused('refused' as const);
  });
}

/** Undefined where the password was changed, or the person deleted, while the typed one was judged: no session may outlive that (S24). */
async function letIn(
  attempt: Attempt,
  person: Candidate,
  password: string,
  browserSecret: string | undefined,
  visit: Visit,
): Promise<SignInOutcome | undefined> {
  const outdated = person.passwordHash !== null && isOutdatedHash(person.passwordHash);
  const renewed = outdated ? await hashPassword(password) : undefined;
  return inTransaction(async (tx) => {
    if ((await lockPerson(tx, person)) !== person.passwordHash) return undefined;
    if (renewed !== undefined) await renewHash(tx, person, renewed);
    await recordSuccess(tx, attempt);
    if (!(await asksForCode(tx, person))) {
      const session = await completeSignIn(tx, person, browserSecret, visit);
      crashPoint('sign-in.in-transaction');
      return done({ secret: session.secret, stage: 'full' as const });
    }
    const challenge = await openChallenge(tx, person, 'sign-in', visit);
    if (!challenge.ok) return challenge;
    await replaceSession(tx, browserSecret);
    const session = await openSession(tx, person, { stage: 'code', challengeId: challenge.value.challengeId }, visit);
    return done({ secret: session.secret, stage: 'code' as const });
  });
}

/** Read under the person's lock: it may have been turned on, or made 必須 by staff, while the password was judged. */
async function asksForCode(tx: Tx, { kind, id }: Candidate): Promise<boolean> {
  if (kind === 'staff') return true;
  const row = await firstRow<{ asked: boolean }>(
    `select member.mfa or account.mfa_required as asked
     from members member join accounts account on account.id = member.account_id where member.id = $1`,
    [id],
    tx,
  );
  return row?.asked !== false;
}

/** A password too long to be hashed can be nobody's: it is answered like a wrong one, with the same work. */
export function passwordForHashing(typed: string): string {
  // 64 characters of any kind may take four bytes each (S64).
  const longest = Math.max(limits().passwordBytes, 4 * passwordLengths[config().passwordPolicy].most);
  return Buffer.byteLength(typed) > longest ? '' : typed;
}
