/**
 * パスワード再設定. The page only writes down what was typed; its flow looks it up, so that known and unknown cost the web the same (S03).
 */
import { canonicalLoginId } from '../../domain/login-id.ts';
import type { MailAddress } from '../../domain/mail-address.ts';
import type { PasswordResetEvent } from '../../domain/flows/password-reset.ts';
import { done, refused, type Outcome } from '../../domain/outcome.ts';
import type { DeadLink } from '../../domain/procedures.ts';
import { crashPoint } from '../../runtime/crash-points.ts';
import { limits } from '../../runtime/limits.ts';
import { inTransaction, type Tx } from '../connect.ts';
import { firstRow, rows } from '../raw.ts';
import { writeAudit } from './audit.ts';
import { forgetDeviceFailures, rememberDevice } from './known-devices.ts';
import { writeLetter } from './letters.ts';
import { readLink, takeLink, validLinkOf } from './links.ts';
import { hashPassword } from './passwords.ts';
import { lockPerson, readPerson, type Person } from './people.ts';
import {
  callOffProcedures,
  endProcedure,
  expireProcedure,
  lockProcedure,
  openProcedure,
  readProcedureStanding,
  type ProcedureStanding,
} from './procedures.ts';
import { mailReset, noResetMailBefore, openResetLink } from './reset-mails.ts';
import { endSessionsOf } from './sessions.ts';
import { mailSetupAgain } from './password-setup.ts';
import { forgetFailures, throttleKey } from './throttle.ts';
import type { Visit } from './visit.ts';

const KIND = 'password-reset';

/** Writes down what was typed: one row and one outbox line, whoever it is. */
export async function askReset(typed: { loginId: string; address: MailAddress }, visit: Visit): Promise<void> {
  await inTransaction(async (tx) => {
    const pair = { loginId: canonicalLoginId(typed.loginId), addressCanonical: typed.address.canonical };
    const lifetimeSeconds = limits().resetLinkSeconds;
    const asked = { kind: KIND, state: 'asked', memberId: null, pair, dueSeconds: 0, lifetimeSeconds } as const;
    const id = await openProcedure(tx, asked);
    await writeAudit(tx, 'password-reset-asked', { kind: 'anonymous' }, { subjectId: id, visit });
  });
}

/** Opens a reset for a member who is known: asked for by staff or by the link of a ログイン通知メール. Caps don't count here. */
export async function openResetFor(tx: Tx, person: Person): Promise<void> {
  await callOffProcedures(tx, person.id, [KIND]);
  const lifetimeSeconds = limits().resetLinkSeconds;
  const id = await openProcedure(tx, {
    kind: KIND,
    state: 'open',
    memberId: person.id,
    dueSeconds: lifetimeSeconds,
    lifetimeSeconds,
  });
  await mailReset(tx, id, person, await openResetLink(tx, id, person.id), 'first');
}

export const readPasswordResetStanding = (id: string): Promise<ProcedureStanding<typeof KIND>> =>
  readProcedureStanding(KIND, id);

/** Answers what was typed, or ends the hour of the mailed link, whichever is due; changes nothing otherwise. */
export async function moveResetOn(id: string): Promise<ProcedureStanding<typeof KIND>> {
  await inTransaction(async (tx) => {
    const asked = await firstRow<Asked>(
      `select id, login_id as "loginId", address_canonical as "addressCanonical" from procedures
       where id = $1 and kind = '${KIND}' and state = 'asked' for update`,
      [id],
      tx,
    );
    if (asked === undefined) return expireProcedure(tx, KIND, id);
    const answer = await answerAsked(tx, asked);
    await writeAudit(tx, 'password-reset-answered', { kind: 'system' }, { subjectId: id, detail: { answer } });
    return true;
  });
  return readPasswordResetStanding(id);
}

interface Asked {
  id: string;
  loginId: string;
  addressCanonical: string;
}

async function answerAsked(tx: Tx, asked: Asked): Promise<PasswordResetEvent> {
  const found = await firstRow<{ id: string; setUp: boolean }>(
    `select member.id, member.set_up_at is not null as "setUp"
     from members member join accounts account on account.id = member.account_id
     where account.login_id = $1 and member.address_canonical = $2 and member.deleted_at is null`,
    [asked.loginId, asked.addressCanonical],
    tx,
  );
  const memberId = found?.id ?? '';
  if (found === undefined || (await lockPerson(tx, { kind: 'member', id: memberId })) === undefined) {
    await endProcedure(tx, KIND, asked.id, 'dismissed');
    return 'nobodyFound';
  }
  const person = await readPerson(tx, { kind: 'member', id: memberId });
  if (!found.setUp) {
    const mailed = await mailSetupAgain(tx, person);
    await endProcedure(tx, KIND, asked.id, mailed ? 'setup-mailed' : 'dismissed');
    return mailed ? 'setUpLinkMailed' : 'nobodyFound';
  }
  if ((await noResetMailBefore(tx, memberId)) !== undefined) {
    await endProcedure(tx, KIND, asked.id, 'dismissed');
    return 'nobodyFound';
  }
  const earlier = await openResetOf(tx, memberId);
  const valid = earlier === undefined ? undefined : await validLinkOf(tx, earlier, KIND);
  if (earlier !== undefined && valid !== undefined) {
    await mailReset(tx, earlier, person, valid, asked.id);
    await endProcedure(tx, KIND, asked.id, 'repeated');
    return 'linkMailedAgain';
  }
  // Its time is over, only its flow has not noted it yet.
  if (earlier !== undefined) await expireProcedure(tx, KIND, earlier);
  await rows(
    `update procedures set member_id = $2, state = 'open', state_at = now(), due_at = now() + make_interval(secs => $3),
       expires_at = now() + make_interval(secs => $3) where id = $1`,
    [asked.id, memberId, limits().resetLinkSeconds],
    tx,
  );
  await mailReset(tx, asked.id, person, await openResetLink(tx, asked.id, memberId), 'first');
  return 'linkMailed';
}

async function openResetOf(tx: Tx, memberId: string): Promise<string | undefined> {
  const row = await firstRow<{ id: string }>(
    `select id from procedures where member_id = $1 and kind = '${KIND}' and state = 'open' for update`,
    [memberId],
    tx,
  );
  return row?.id;
}

/**
 * Sets a new password that keeps the policy (the caller has judged it): all sessions end, other pending procedures are void, waits after
 * wrong passwords are over, the flag of the forced change is satisfied. Signing in is done anew, with the code where it is on (S13).
 */
export async function completeReset(token: string, password: string, visit: Visit): Promise<Outcome<null, DeadLink>> {
  const link = await readLink(KIND, token);
  if (!link.ok) return link;
  const { memberId, procedureId } = link.value;
  const hash = await hashPassword(password);
  return inTransaction(async (tx) => {
    if ((await lockPerson(tx, { kind: 'member', id: memberId })) === undefined) return refused('cancelled' as const);
    await lockProcedure(tx, procedureId);
    const taken = await takeLink(tx, KIND, token);
    if (!taken.ok) return taken;
    crashPoint('reset.after-take');
    await endProcedure(tx, KIND, procedureId ?? '', 'completed', 'passwordSet');
    await callOffProcedures(tx, memberId, ['email-change']);
    const changed = await firstRow<{ at: Date; loginId: string; address: string }>(
      `update members set password_hash = $2, must_change_password = false from accounts
       where members.id = $1 and accounts.id = members.account_id
       returning now() as at, accounts.login_id as "loginId", members.address_canonical as address`,
      [memberId, hash],
      tx,
    );
    if (changed === undefined) throw new Error('member row missing');
    await endSessionsOf(tx, memberId, 'password-changed');
    await forgetFailures(tx, throttleKey('member', changed.loginId, changed.address));
    await forgetFailures(tx, throttleKey('change', memberId));
    await forgetDeviceFailures(tx, memberId);
    // The mailbox was proved here: whoever goes on failing elsewhere must not keep this browser from signing in now (S55).
    await rememberDevice(tx, memberId, visit);
    const person = await readPerson(tx, { kind: 'member', id: memberId });
    await writeAudit(
      tx,
      'password-reset',
      { kind: 'member', id: memberId, accountId: person.accountId },
      { subjectId: taken.value.id, visit },
    );
    await writeLetter(tx, {
      kind: 'password-changed',
      subjectId: memberId,
      occurrence: taken.value.id,
      recipient: person.address,
      facts: { company: person.company, name: person.name, changedAt: changed.at.toISOString() },
    });
    crashPoint('reset.in-transaction');
    return done(null);
  });
}
