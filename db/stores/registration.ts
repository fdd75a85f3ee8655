/** 登録情報変更: ユーザ名 and 多要素認証, with one button. */
import type { RegistrationChange } from '../../domain/letters.ts';
import { done, refused, type Outcome } from '../../domain/outcome.ts';
import { inTransaction, type Tx } from '../connect.ts';
import { firstRow, rows } from '../raw.ts';
import { writeAudit } from './audit.ts';
import { withCurrentPassword, type CurrentPasswordRefusal } from './current-password.ts';
import { askMfaCode, setMfa } from './mfa.ts';
import { lockPerson } from './people.ts';
import { tellOfRegistration } from './registration-letters.ts';
import type { MemberSession } from './sessions.ts';
import type { Visit } from './visit.ts';

export interface Registration {
  userName: string;
  mfa: boolean;
}

export interface CurrentRegistration extends Registration {
  /** Staff ask for 多要素認証 of the whole account: a member's own choice doesn't count meanwhile. */
  mfaRequired: boolean;
}

/** 登録情報 as it is. @throws Error when the member is deleted: the caller's session should not have lived */
export async function readRegistration(memberId: string, tx?: Tx): Promise<CurrentRegistration> {
  const row = await firstRow<CurrentRegistration>(
    `select user_name as "userName", mfa, mfa_required as "mfaRequired"
     from members join accounts on accounts.id = members.account_id where members.id = $1 and deleted_at is null`,
    [memberId],
    tx,
  );
  if (row === undefined) throw new Error('member gone');
  return row;
}

/** `code-mailed`: the rest is changed, 多要素認証 waits for the code. `secret`: of the session that takes this browser's place. */
export interface RegistrationChanged {
  changed: boolean;
  codeMailed: boolean;
  secret: string | undefined;
}

/** `code-locked`: no code may be asked for before `until` (S07, S10). `mfa-required`: it can't be turned off now. */
export type RegistrationRefusal = CurrentPasswordRefusal | 'code-locked' | 'mfa-required';

/**
 * Changes what differs, or nothing at all where it is refused. 多要素認証 is turned off with the current password, and on by the code
 * that is mailed now.
 * @param currentPassword asked for only where 多要素認証 is turned off
 */
export async function changeRegistration(
  session: MemberSession,
  wanted: Registration,
  currentPassword: string,
  visit: Visit,
): Promise<Outcome<RegistrationChanged, RegistrationRefusal> & { until?: Date }> {
  const before = await readRegistration(session.memberId);
  if (!before.mfa || wanted.mfa) return inTransaction((tx) => change(tx, session, wanted, visit));
  if (before.mfaRequired) return refused('mfa-required');
  const asked = { typed: currentPassword, refusedAs: 'mfa-change-refused' as const, visit };
  return withCurrentPassword(session, asked, (stillRight) =>
    inTransaction(async (tx) => {
      if (!(await stillRight(tx))) return refused('current-password-wrong' as const);
      return change(tx, session, wanted, visit, 'may turn off');
    }),
  );
}

async function change(
  tx: Tx,
  session: MemberSession,
  wanted: Registration,
  visit: Visit,
  proven?: 'may turn off',
): Promise<Outcome<RegistrationChanged, 'code-locked' | 'mfa-required'> & { until?: Date }> {
  const { memberId, accountId } = session;
  await lockPerson(tx, { kind: 'member', id: memberId });
  const { userName, mfa, mfaRequired } = await readRegistration(memberId, tx);
  if (proven !== undefined && mfaRequired) return refused('mfa-required');
  const asked = wanted.mfa && !mfa ? await askMfaCode(tx, session, visit) : undefined;
  if (asked?.ok === false) return asked;
  const changes: RegistrationChange[] = [];
  if (wanted.userName !== userName) {
    await rows(`update members set user_name = $2 where id = $1`, [memberId, wanted.userName], tx);
    await writeAudit(tx, 'user-name-changed', { kind: 'member', id: memberId, accountId }, { visit });
    changes.push('user-name');
  }
  const turnsOff = proven !== undefined && mfa;
  const secret = turnsOff ? await setMfa(tx, session, false, visit) : undefined;
  if (turnsOff) changes.push('mfa-off');
  if (changes.length > 0) await tellOfRegistration(tx, memberId, changes);
  return done({ changed: changes.length > 0, codeMailed: asked !== undefined, secret });
}
