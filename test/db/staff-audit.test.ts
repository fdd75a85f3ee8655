/** The audit trail of what staff do about customers: one line for each member meant, with who, whom, where (S70). */
import { expect, it } from 'vitest';
import { rows } from '../../db/raw.ts';
import { actOnMembers, requireEveryPasswordChange, requireMfa } from '../../db/stores/customer-acts.ts';
import { keepImport } from '../../db/stores/customer-imports.ts';
import { readCustomer } from '../../db/stores/customers.ts';
import { memberActs, type MemberAct } from '../../domain/customer-acts.ts';
import { buildAccount, buildMember, buildStaff, buildStaffSession, buildVisit } from '../support/build.ts';
import { useStores } from '../support/stores.ts';

useStores();

const visit = buildVisit({ ip: '192.0.2.9', requestId: 'ACDEFGHJKM' });

/** What each act is called in the trail. */
const EVENTS: Record<MemberAct, string> = {
  'end-sessions': 'member-sessions-ended',
  'require-password-change': 'password-change-required',
  unlock: 'sign-in-unlocked',
  'mail-setup': 'password-setup-mailed-again',
  'turn-mfa-off': 'member-rescued',
};

async function staffAndCustomer() {
  const account = await buildAccount();
  const customer = await readCustomer(account.customerNumber);
  if (customer === undefined) throw new Error('the built customer is missing');
  const { session } = await buildStaffSession(await buildStaff({ role: 'administrator' }));
  return { account, customer, staff: session };
}

const linesOf = (staffId: string) =>
  rows(
    `select event, actor_kind as "actorKind", account_id as "accountId", subject_id as "subjectId", ip, request_id as "requestId"
     from audit where actor_id = $1 order by id`,
    [staffId],
  );

const who = { actorKind: 'staff', ip: visit.ip, requestId: visit.requestId };

it.each(memberActs)('%s leaves one line for the member it means', async (act) => {
  const { account, customer, staff } = await staffAndCustomer();
  const member = await buildMember({
    account,
    mfa: act === 'turn-mfa-off',
    ...(act === 'mail-setup' ? { password: null } : {}),
  });

  const outcome = await actOnMembers(staff, customer, { act, memberIds: [member.id] }, visit);

  expect(outcome).toEqual({ ok: true, value: { acted: 1, left: 0 } });
  expect(await linesOf(staff.staffId)).toEqual([
    { event: EVENTS[act], ...who, accountId: account.id, subjectId: member.id },
  ]);
});

it('多要素認証 asked of an account, and left to its members again, leaves a line each; asking twice leaves no third', async () => {
  const { account, customer, staff } = await staffAndCustomer();

  await requireMfa(staff, customer, true, visit);
  await requireMfa(staff, customer, true, visit);
  await requireMfa(staff, customer, false, visit);

  const about = { ...who, accountId: account.id, subjectId: null };
  expect(await linesOf(staff.staffId)).toEqual([
    { event: 'mfa-required', ...about },
    { event: 'mfa-released', ...about },
  ]);
});

it('a file of migrated customers that is kept for its dry run leaves a line', async () => {
  const { staff } = await staffAndCustomer();

  const id = await keepImport(staff, { name: 'customers.csv', bytes: Buffer.from('kept') }, visit);

  expect(await linesOf(staff.staffId)).toEqual([
    { event: 'customer-file-kept', ...who, accountId: null, subjectId: id },
  ]);
});

it('a password change asked of everybody leaves one line', async () => {
  const { staff } = await staffAndCustomer();
  await buildMember();

  await requireEveryPasswordChange(staff, visit);

  expect(await linesOf(staff.staffId)).toEqual([
    { event: 'all-password-changes-required', ...who, accountId: null, subjectId: null },
  ]);
});
