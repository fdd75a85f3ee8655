/** Customers that staff register and change: one for each ログインID, nobody's change lost (spec.md, Staff; security.md S70, S79). */
import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { inTransaction } from '../../db/connect.ts';
import { rows } from '../../db/raw.ts';
import { changeCustomer, createCustomer } from '../../db/stores/customer-data.ts';
import { lockImports } from '../../db/stores/import-lock.ts';
import { readCustomer } from '../../db/stores/customers.ts';
import { completeSetup } from '../../db/stores/password-setup.ts';
import { signInMember } from '../../db/stores/sign-in.ts';
import type { AccountData } from '../../domain/account-data.ts';
import { buildAccount, buildStaff, buildStaffSession, buildVisit } from '../support/build.ts';
import { mailedToken } from '../support/links.ts';
import { mailAddress } from '../support/mail-address.ts';
import { useStores } from '../support/stores.ts';

useStores();

const visit = buildVisit({ ip: '192.0.2.9' });
const administrator = async () => (await buildStaffSession(await buildStaff({ role: 'administrator' }))).session;
const freshLoginId = (): string => `kaisha-${randomUUID().slice(0, 8)}`;

/** As `buildAccount` makes them. */
const DATA: AccountData = {
  company: '株式会社テスト電設',
  department: '設備部',
  postalCode: '100-0001',
  address: '東京都千代田区千代田1-1',
  telephone: '03-0000-0000',
  fax: '03-0000-0001',
};

async function customerOf(customerNumber: string) {
  const customer = await readCustomer(customerNumber);
  if (customer === undefined) throw new Error('the customer is missing');
  return customer;
}

const dataOf = async (customerNumber: string): Promise<AccountData> => {
  const { company, department, postalCode, address, telephone, fax } = await customerOf(customerNumber);
  return { company, department, postalCode, address, telephone, fax };
};

const linesOf = (staffId: string) =>
  rows(
    `select event, account_id as "accountId", subject_id as "subjectId", ip, detail from audit where actor_id = $1 order by id`,
    [staffId],
  );

it('a customer gets a number of its own from the database, and a line in the trail', async () => {
  const staff = await administrator();
  const loginId = freshLoginId();

  const created = await createCustomer(staff, { loginId, data: DATA, address: undefined }, visit);

  const customer = await customerOf(created.ok ? created.value.customerNumber : '');
  expect(customer).toMatchObject({ ...DATA, loginId, mfaRequired: false });
  expect(customer.customerNumber).toMatch(/^C\d{6}$/);
  expect(await linesOf(staff.staffId)).toEqual([
    { event: 'customer-created', accountId: customer.id, subjectId: customer.id, ip: visit.ip, detail: {} },
  ]);
});

it('its first member sets a password by the mailed link and signs in', async () => {
  const staff = await administrator();
  const loginId = freshLoginId();
  const address = mailAddress(`Hajime-${loginId}@example.jp`);

  const created = await createCustomer(staff, { loginId, data: DATA, address }, visit);

  const customer = await customerOf(created.ok ? created.value.customerNumber : '');
  const [member] = await rows<{ id: string }>(`select id from members where account_id = $1`, [customer.id]);
  const token = await mailedToken(member?.id ?? '', 'password-setup');
  await completeSetup(token, { userName: 'テスト担当者1', password: 'Hajimete-27' }, visit);
  const signedIn = await signInMember(
    { loginId, address: address.entered, password: 'Hajimete-27' },
    undefined,
    buildVisit({ ip: '198.51.100.5' }),
  );
  expect(signedIn.ok).toBe(true);
  expect(await linesOf(staff.staffId)).toMatchObject([
    { event: 'customer-created' },
    { event: 'member-added', accountId: customer.id, subjectId: member?.id },
  ]);
});

it('of twenty that register one login ID at once one does, the others are told whose it is, and nothing else is left', async () => {
  const staff = await administrator();
  const loginId = freshLoginId();

  const outcomes = await Promise.all(
    Array.from({ length: 20 }, (_, n) =>
      createCustomer(staff, { loginId, data: DATA, address: mailAddress(`n${n}-${loginId}@example.jp`) }, visit),
    ),
  );

  const [created] = outcomes.filter((outcome) => outcome.ok);
  const number = created?.value.customerNumber;
  expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
  expect(outcomes.filter(({ ok }) => !ok)).toEqual(
    Array.from({ length: 19 }, () => ({ ok: false, reason: 'login-id-taken', customerNumber: number })),
  );
  expect(await linesOf(staff.staffId)).toHaveLength(2);
  expect(await rows(`select from letters where recipient like $1`, [`%${loginId}@example.jp`])).toHaveLength(1);
});

it('while an import runs nobody is registered, and the page can say so at once', async () => {
  const staff = await administrator();
  const loginId = freshLoginId();

  const outcome = await inTransaction(async (tx) => {
    await lockImports(tx);
    return createCustomer(staff, { loginId, data: DATA, address: undefined }, visit);
  });

  const afterwards = await createCustomer(staff, { loginId, data: DATA, address: undefined }, visit);
  expect(outcome).toEqual({ ok: false, reason: 'import-runs' });
  expect(afterwards.ok).toBe(true);
});

it('changed data is stored, the trail says which fields, and the same again changes nothing', async () => {
  const { customerNumber, id } = await buildAccount();
  const [staff, customer] = [await administrator(), await customerOf(customerNumber)];
  const wanted = { ...DATA, company: '株式会社あたらしい電設', fax: '' };

  const first = await changeCustomer(staff, customer, { seen: DATA, wanted }, visit);
  const again = await changeCustomer(staff, customer, { seen: DATA, wanted }, visit);

  expect([first, again]).toEqual([
    { ok: true, value: { changed: true } },
    { ok: true, value: { changed: false } },
  ]);
  expect(await dataOf(customerNumber)).toEqual(wanted);
  expect(await linesOf(staff.staffId)).toEqual([
    { event: 'customer-changed', accountId: id, subjectId: id, ip: visit.ip, detail: { fields: 'company fax' } },
  ]);
});

it('what somebody else changed meanwhile is never overwritten unseen', async () => {
  const { customerNumber } = await buildAccount();
  const [staff, customer] = [await administrator(), await customerOf(customerNumber)];
  const theirs = { ...DATA, telephone: '03-1111-1111' };
  const mine = { ...DATA, company: '株式会社あたらしい電設' };
  await changeCustomer(await administrator(), customer, { seen: DATA, wanted: theirs }, visit);

  const refused = await changeCustomer(staff, customer, { seen: DATA, wanted: mine }, visit);
  const seen = await changeCustomer(staff, customer, { seen: theirs, wanted: mine }, visit);

  expect(refused).toEqual({ ok: false, reason: 'changed-meanwhile', current: theirs });
  expect(seen).toEqual({ ok: true, value: { changed: true } });
  expect(await dataOf(customerNumber)).toEqual(mine);
});

it('of twenty changes at once that saw the same one is stored, the others are told', async () => {
  const { customerNumber } = await buildAccount();
  const [staff, customer] = [await administrator(), await customerOf(customerNumber)];

  const outcomes = await Promise.all(
    Array.from({ length: 20 }, (_, n) =>
      changeCustomer(staff, customer, { seen: DATA, wanted: { ...DATA, department: `第${n}部` } }, visit),
    ),
  );

  const stored = await dataOf(customerNumber);
  expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
  expect(outcomes.filter(({ ok }) => !ok)).toEqual(
    Array.from({ length: 19 }, () => ({ ok: false, reason: 'changed-meanwhile', current: stored })),
  );
  expect(await linesOf(staff.staffId)).toHaveLength(1);
});
