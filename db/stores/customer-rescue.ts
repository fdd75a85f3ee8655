/** Where nobody can get into an account any more: staff add a first address. And the first mails to those who came by an import. */
import type { MailAddress } from '../../domain/mail-address.ts';
import { done, type Outcome } from '../../domain/outcome.ts';
import { inTransaction, type Tx } from '../connect.ts';
import { firstRow, rows } from '../raw.ts';
import { lockAccount } from './accounts.ts';
import { writeAudit } from './audit.ts';
import { actorOf } from './customer-acts.ts';
import { countNeverMailed, someNeverMailed, type Customer } from './customers.ts';
import { writeLetter } from './letters.ts';
import { inviteMember, type AddMemberRefusal } from './members.ts';
import { mailSetupAgain } from './password-setup.ts';
import { lockPerson, readPerson } from './people.ts';
import type { StaffSession } from './sessions.ts';
import type { Visit } from './visit.ts';

/** Adds an address for a caller whom staff have identified by telephone; the members who are 利用中 are told. */
export async function addMemberByStaff(
  staff: StaffSession,
  customer: Customer,
  address: MailAddress,
  visit: Visit,
): Promise<Outcome<{ id: string }, Exclude<AddMemberRefusal, 'adder-deleted'>>> {
  return inTransaction(async (tx) => {
    await lockAccount(tx, customer.id);
    const invited = await inviteMember(tx, customer.id, address);
    if (!invited.ok) return invited;
    const { id } = invited.value;
    await tellTheOthers(tx, customer, { id, address: address.entered });
    const detail = { act: 'add-address' };
    await writeAudit(tx, 'member-rescued', actorOf(staff, customer), { subjectId: id, visit, detail });
    return done({ id });
  });
}

async function tellTheOthers(
  tx: Tx,
  { id: accountId, company }: Customer,
  added: { id: string; address: string },
): Promise<void> {
  const others = await rows<{ address: string; name: string; at: Date }>(
    `select address, user_name as name, now() as at from members
     where account_id = $1 and deleted_at is null and set_up_at is not null order by slot`,
    [accountId],
    tx,
  );
  for (const { address, name, at } of others) {
    await writeLetter(tx, {
      kind: 'member-added-by-staff',
      subjectId: added.id,
      occurrence: 'first',
      recipient: address,
      facts: { company, name, address: added.address, addedAt: at.toISOString() },
    });
  }
}

/** So many a press of the button: what is left is mailed by the next one. */
const MAILS_AT_ONCE = 200;

/**
 * Mails the 「パスワード設定依頼メール」 to those who never got one, each in a transaction of its own: whatever stops it, nobody is mailed
 * twice. @returns how many were mailed now, and how many are left
 */
export async function mailNeverMailed(staff: StaffSession, visit: Visit): Promise<{ mailed: number; left: number }> {
  let mailed = 0;
  for (const memberId of await someNeverMailed(MAILS_AT_ONCE)) if (await mailFirst(staff, memberId, visit)) mailed += 1;
  return { mailed, left: await countNeverMailed() };
}

async function mailFirst({ staffId }: StaffSession, memberId: string, visit: Visit): Promise<boolean> {
  return inTransaction(async (tx) => {
    await lockPerson(tx, { kind: 'member', id: memberId });
    const waiting = await firstRow(
      `select from members where id = $1 and deleted_at is null and set_up_at is null
         and not exists (select from procedures where member_id = $1 and kind = 'password-setup')`,
      [memberId],
      tx,
    );
    if (waiting === undefined) return false;
    const person = await readPerson(tx, { kind: 'member', id: memberId });
    if (!(await mailSetupAgain(tx, person))) return false;
    const actor = { kind: 'staff' as const, id: staffId, accountId: person.accountId };
    await writeAudit(tx, 'password-setup-mailed-again', actor, { subjectId: memberId, visit });
    return true;
  });
}
