/** Migrated customers come whole or not at all, once, and just as the dry run said (spec.md, Migrated customers). */
import argon2 from 'argon2';
import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { readImportFile } from '../../app/forms/customer-import.server.ts';
import { rows } from '../../db/raw.ts';
import { purgeWhatIsOver } from '../../db/stores/purge.ts';
import { keepImport, planOnSite, readImport, runImport } from '../../db/stores/customer-imports.ts';
import { askReset, moveResetOn } from '../../db/stores/password-reset.ts';
import type { StaffSession } from '../../db/stores/sessions.ts';
import { signInMember } from '../../db/stores/sign-in.ts';
import { buildAccount, buildMember, buildStaff, buildStaffSession, buildVisit } from '../support/build.ts';
import { csvOf, importLine, type ImportLine } from '../support/import-file.ts';
import { useStores } from '../support/stores.ts';
import { mailAddress } from '../support/mail-address.ts';

useStores();

const visit = buildVisit();
const administrator = async () => (await buildStaffSession(await buildStaff({ role: 'administrator' }))).session;
const freshLoginId = (): string => `kaisha-${randomUUID().slice(0, 8)}`;

const keepFile = (staff: StaffSession, lines: readonly ImportLine[]) =>
  keepImport(staff, { name: 'customers.csv', bytes: csvOf(lines) }, visit);

/** Uploads a file and runs it as its dry run said. */
async function bring(lines: readonly ImportLine[]) {
  const staff = await administrator();
  const id = await keepFile(staff, lines);
  const given = readImportFile((await readImport(id))?.bytes ?? new Uint8Array()).rows;
  const plan = await planOnSite(given);
  const outcome = await runImport(staff, id, { given, digest: plan.digest }, visit);
  return { id, staff, given, plan, outcome };
}

const membersOf = (loginId: string) =>
  rows<{ address: string; userName: string; must: boolean; setUp: boolean; slot: number }>(
    `select member.address, user_name as "userName", must_change_password as must, set_up_at is not null as "setUp", slot
     from members member join accounts account on account.id = member.account_id
     where login_id = $1 and deleted_at is null order by slot`,
    [loginId],
  );

const counts = async () =>
  (
    await rows<object>(
      `select (select count(*)::int from accounts) as accounts, (select count(*)::int from members) as members,
         (select count(*)::int from letters) as letters, (select count(*)::int from audit where event = 'member-imported') as audited`,
    )
  )[0];

it('a customer with two members comes as the file says, with customer number, audit lines and no mail', async () => {
  const loginId = freshLoginId();
  const before = (await counts()) as { letters: number };

  const { id, plan, outcome, staff } = await bring([
    importLine({ loginId, userName: '' }),
    importLine({ loginId, mailAddress: 'Second@Example.jp' }),
  ]);

  const [account] = await rows<object>(
    `select company, department, postal_code as postal, telephone, customer_number ~ '^C\\d{6}$' as numbered from accounts where login_id = $1`,
    [loginId],
  );
  expect(plan).toMatchObject({ unchanged: 0, faults: [] });
  expect(outcome.ok).toBe(true);
  expect(account).toEqual({
    company: '株式会社テスト電設',
    department: '設備部',
    postal: '100-0001',
    telephone: '03-0000-0000',
    numbered: true,
  });
  expect(await membersOf(loginId)).toEqual([
    { address: 'tanto@example.jp', userName: '', must: false, setUp: false, slot: 1 },
    { address: 'Second@Example.jp', userName: 'テスト担当者1', must: false, setUp: false, slot: 2 },
  ]);
  expect((await counts()) as object).toMatchObject({ letters: before.letters });
  expect(await rows(`select event, actor_id as "actorId", detail from audit where subject_id = $1`, [id])).toEqual([
    { event: 'customer-file-kept', actorId: staff.staffId, detail: {} },
    { event: 'customers-imported', actorId: staff.staffId, detail: { accounts: 1, members: 2, unchanged: 0 } },
  ]);
  expect(await readImport(id)).toMatchObject({ bytes: undefined, done: { accounts: 1, members: 2, unchanged: 0 } });
});

it('with a hash one signs in with the old password and has to change it', async () => {
  const loginId = freshLoginId();
  const hash = await argon2.hash('Mukashi-2020', {
    type: argon2.argon2id,
    memoryCost: 19_456,
    timeCost: 2,
    parallelism: 1,
  });
  await bring([importLine({ loginId, passwordHash: hash })]);

  const asked = { loginId, address: 'tanto@example.jp' };
  const right = await signInMember({ ...asked, password: 'Mukashi-2020' }, undefined, visit);
  const wrong = await signInMember({ ...asked, password: 'Mukashi-2021' }, undefined, visit);

  expect(right.ok).toBe(true);
  expect(wrong).toMatchObject({ ok: false, reason: 'refused' });
  expect(await membersOf(loginId)).toMatchObject([{ must: true, setUp: true }]);
});

it('without a hash nobody gets in by a password; asking for a reset mails the set-up link', async () => {
  const loginId = freshLoginId();
  await bring([importLine({ loginId, mailAddress: `${loginId}@example.jp` })]);
  const address = mailAddress(`${loginId}@example.jp`);

  const tried = await signInMember({ loginId, address: address.entered, password: '' }, undefined, visit);
  await askReset({ loginId, address }, visit);
  const [asked] = await rows<{ id: string }>(`select id from procedures where login_id = $1`, [loginId]);
  const standing = await moveResetOn(asked?.id ?? '');

  expect(tried).toMatchObject({ ok: false, reason: 'refused' });
  expect(standing.state).toBe('setup-mailed');
  expect(await rows(`select kind from letters where recipient = $1`, [address.entered])).toEqual([
    { kind: 'password-setup' },
  ]);
});

it('running twice changes nothing: the same import again, and the same file anew', async () => {
  const loginId = freshLoginId();
  const lines = [importLine({ loginId }), importLine({ loginId, mailAddress: 'b@example.jp' })];
  const first = await bring(lines);
  const after = await counts();

  const again = await runImport(first.staff, first.id, { given: first.given, digest: first.plan.digest }, visit);
  const anew = await bring(lines);

  expect(again).toEqual({ ok: false, reason: 'gone' });
  expect(anew.plan).toMatchObject({ accounts: [], members: [], unchanged: 2, faults: [] });
  expect(await counts()).toEqual(after);
});

it('a member who was deleted or has another address since stays so, whatever the file says', async () => {
  const loginId = freshLoginId();
  const lines = [importLine({ loginId }), importLine({ loginId, mailAddress: 'b@example.jp' })];
  await bring(lines);
  await rows(
    `update members set deleted_at = now() from accounts where account_id = accounts.id and login_id = $1 and slot = 1`,
    [loginId],
  );
  await rows(
    `update members set address = 'neu@example.jp', address_canonical = 'neu@example.jp' from accounts
     where account_id = accounts.id and login_id = $1 and slot = 2`,
    [loginId],
  );

  const { plan } = await bring(lines);

  expect(plan).toMatchObject({ members: [], unchanged: 2 });
  expect((await membersOf(loginId)).map(({ address }) => address)).toEqual(['neu@example.jp']);
});

it('an account that is there is not changed, and its new members take the free slots', async () => {
  const account = await buildAccount({ company: '株式会社もと' });
  await buildMember({ account, address: 'old@example.jp' });

  const { plan } = await bring([
    importLine({ loginId: account.loginId, mailAddress: 'OLD@example.jp' }),
    importLine({ loginId: account.loginId, mailAddress: 'new@example.jp' }),
  ]);

  const [company] = await rows<object>(`select company from accounts where id = $1`, [account.id]);
  expect(plan).toMatchObject({ accounts: [], unchanged: 1 });
  expect(company).toEqual({ company: '株式会社もと' });
  expect(await membersOf(account.loginId)).toMatchObject([
    { address: 'old@example.jp', slot: 1 },
    { address: 'new@example.jp', slot: 2 },
  ]);
});

it('nothing is done where the site changed since the dry run, or where the file has a fault', async () => {
  const staff = await administrator();
  const loginId = freshLoginId();
  const given = readImportFile(csvOf([importLine({ loginId })])).rows;
  const id = await keepFile(staff, [importLine({ loginId })]);
  const { digest } = await planOnSite(given);
  await buildMember({ account: await buildAccount({ loginId }), address: 'tanto@example.jp' });

  const changed = await runImport(staff, id, { given, digest }, visit);
  const twice = [...given, ...given];
  const faulty = await runImport(staff, id, { given: twice, digest: (await planOnSite(twice)).digest }, visit);

  expect(changed).toEqual({ ok: false, reason: 'changed' });
  expect(faulty).toEqual({ ok: false, reason: 'faulty' });
  expect(await membersOf(loginId)).toHaveLength(1);
});

it('of several runs of one import at once exactly one does it', async () => {
  const staff = await administrator();
  const loginId = freshLoginId();
  const given = readImportFile(csvOf([importLine({ loginId })])).rows;
  const id = await keepFile(staff, [importLine({ loginId })]);
  const { digest } = await planOnSite(given);

  const outcomes = await Promise.all(Array.from({ length: 10 }, () => runImport(staff, id, { given, digest }, visit)));

  expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
  expect(await membersOf(loginId)).toHaveLength(1);
});

it('an uploaded file is stored sealed and forgotten after a day', async () => {
  const staff = await administrator();
  const id = await keepFile(staff, [importLine({ company: '株式会社ひみつ' })]);
  const [stored] = await rows<{ sealed: Buffer }>(`select sealed from customer_imports where id = $1`, [id]);

  await rows(`update customer_imports set expires_at = now() where id = $1`, [id]);
  const late = await readImport(id);
  await purgeWhatIsOver();

  expect(stored?.sealed.includes(Buffer.from('株式会社ひみつ'))).toBe(false);
  expect(late?.bytes).toBeUndefined();
  expect(await rows(`select sealed from customer_imports where id = $1`, [id])).toEqual([{ sealed: null }]);
});

it('5,000 rows come in one transaction, and the dry run of the same file then finds all of them there', async () => {
  const mark = randomUUID().slice(0, 6);
  const lines = Array.from({ length: 5000 }, (_, n) =>
    importLine({ loginId: `big-${mark}-${Math.floor(n / 5)}`, mailAddress: `member-${n}@example.jp` }),
  );
  const begun = performance.now();

  const { outcome, plan } = await bring(lines);

  const seconds = (performance.now() - begun) / 1000;
  const again = await planOnSite(readImportFile(csvOf(lines)).rows);
  expect(outcome.ok).toBe(true);
  expect({ accounts: plan.accounts.length, members: plan.members.length }).toEqual({ accounts: 1000, members: 5000 });
  expect(await rows(`select count(*)::int as n from accounts where login_id like $1`, [`big-${mark}-%`])).toEqual([
    { n: 1000 },
  ]);
  expect(again).toMatchObject({ accounts: [], members: [], unchanged: 5000 });
  expect(seconds).toBeLessThan(60);
}, 120_000);
