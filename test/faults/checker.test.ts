/**
 * The checker is checked: a healthy site has no finding, and each planted bug is found. What is planted in PostgreSQL is planted in a
 * transaction that is rolled back; mails, flows and logs are planted for real.
 */
import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { anotherPassword, linkFor, tryLink } from '../attacks/tools/mailed-links.ts';
import { changeMfa, changePassword, typeCode } from '../attacks/tools/sign-in.ts';
import { createChecker, type Checker } from './checker.ts';
import type { Ask, Evidence, Seen } from './checker/evidence.ts';
import { provoke } from './provoke.ts';
import { startRig, type Rig } from './rig.ts';

/** A bug as what it leaves in the rows. Every statement finds the rows of a healthy order to break. */
const inRows: { bug: string; finds: RegExp; sql: string }[] = [
  {
    bug: 'no unique index over member and draft: an application twice',
    finds: /^I1 .*several applications/,
    sql: `alter table applications drop constraint applications_draft_unique;
      insert into applications select (jsonb_populate_record(application, jsonb_build_object('id', gen_random_uuid(),
        'application_number', 'AAAAAAAAA', 'order_number', null, 'intake', 'failed', 'confirmation', null, 'confirmation_at', null,
        'intake_refusal', 'product-discontinued'))).* from applications application where confirmation = 'arranged' order by applied_at desc limit 1`,
  },
  {
    bug: 'an acknowledged application is lost',
    finds: /^I1 .*has 0 rows/,
    sql: `create temporary table gone on commit drop as select id from applications order by applied_at desc limit 1;
      delete from application_events where application_id in (select id from gone);
      delete from application_items where application_id in (select id from gone);
      delete from application_deliveries where application_id in (select id from gone);
      delete from orders where application_id in (select id from gone);
      delete from commands where application_id in (select id from gone);
      delete from applications where id in (select id from gone)`,
  },
  {
    bug: 'a receipt tells a number that is not the row’s',
    finds: /^I1 .*receipts of/,
    sql: `update applications set application_number = 'AAAAAAAAA' where id = (select id from applications order by applied_at desc limit 1)`,
  },
  {
    bug: 'row and items in two transactions, died in between',
    finds: /^I1 .*lacks its items/,
    sql: `delete from application_items where application_id = (select id from applications order by applied_at desc limit 1)`,
  },
  {
    bug: 'a step recorded twice',
    finds: /^I1 .*stands twice/,
    sql: `insert into application_events (application_id, event) select id, 'intakeAccepted' from applications order by applied_at desc limit 1`,
  },
  {
    bug: 'an application nobody takes in',
    finds: /^I2 /,
    sql: `update applications set intake = 'received', intake_at = null, order_number = null, confirmation = null, confirmation_at = null,
        applied_at = now() - interval '61 seconds'
      where id = (select id from applications where applied_at > now() - interval '1 hour' order by applied_at desc limit 1)`,
  },
  {
    bug: 'accepted without a number',
    finds: /^I3 .*without its number/,
    sql: `update applications set order_number = null where id = (select id from applications where intake = 'accepted' order by applied_at desc limit 1)`,
  },
  {
    bug: 'a counter read, then written: one number for two orders',
    finds: /^I3 .*one number on two/,
    sql: `alter table applications drop constraint applications_order_number_unique;
      update applications set order_number = (select min(order_number) from orders)
      where id = (select id from applications where intake = 'accepted' order by applied_at desc limit 1)`,
  },
  {
    bug: 'a quote with a number',
    finds: /^I3 .*none to have/,
    sql: `update applications set kind = 'quote' where id = (select id from applications where intake = 'accepted' order by applied_at desc limit 1)`,
  },
  {
    bug: 'a correction of another account’s order',
    finds: /^I3 .*another account/,
    sql: `update applications application set kind = 'order-correction', account_id = (select id from accounts where id <> application.account_id limit 1)
      where id = (select id from applications where intake = 'accepted' order by applied_at desc limit 1)`,
  },
  {
    bug: 'an order whose application was not accepted',
    finds: /^I3 .*without an accepted application/,
    sql: `insert into orders (order_number, account_id, application_id)
      select '202601100001', account_id, id from applications where intake = 'failed' limit 1`,
  },
  {
    bug: 'no unique index over letters: a letter twice, with a second Message-ID',
    finds: /^I4 .*one letter as two rows/,
    sql: `alter table letters drop constraint letters_once;
      insert into letters select (jsonb_populate_record(letter, jsonb_build_object('id', gen_random_uuid(), 'message_id', '<second@example.jp>'))).*
      from letters letter where kind = 'application-accepted' order by created_at desc limit 1`,
  },
  {
    bug: 'the done-mark before the effect: a letter marked as sent that never went out',
    finds: /^I4 .*never arrived/,
    sql: `insert into letters select (jsonb_populate_record(letter, jsonb_build_object('id', gen_random_uuid(), 'message_id', '<never@example.jp>',
        'occurrence', 'second'))).* from letters letter where kind = 'application-accepted' order by created_at desc limit 1`,
  },
  {
    bug: 'a step whose letter was forgotten',
    finds: /^I4 .*without its letter/,
    sql: `delete from letters where kind = 'application-accepted'`,
  },
  {
    bug: 'mail before commit',
    finds: /^I5 .*never committed/,
    sql: `update applications set confirmation = null, confirmation_at = null, intake = 'failed', intake_refusal = 'product-discontinued'
      where confirmation = 'arranged' and applied_at > now() - interval '1 hour'`,
  },
  {
    bug: 'a letter nobody sends',
    finds: /^I6 .*unsent/,
    sql: `insert into letters select (jsonb_populate_record(letter, jsonb_build_object('id', gen_random_uuid(), 'message_id', '<unsent@example.jp>',
        'occurrence', 'second', 'state', 'pending', 'sent_at', null, 'created_at', now() - interval '6 minutes'))).*
      from letters letter where kind = 'application-accepted' order by created_at desc limit 1`,
  },
  {
    bug: 'an outbox line nobody delivers',
    finds: /^I6 .*undelivered/,
    sql: `insert into outbox (flow, row_id, event, due_at, created_at)
      values ('letter', gen_random_uuid(), 'start', now() - interval '5 minutes', now() - interval '5 minutes')`,
  },
  {
    bug: 'a row whose flow nobody started',
    finds: /^I7 .*open row/,
    sql: `update applications set confirmation = null, confirmation_at = null where confirmation = 'arranged' and applied_at > now() - interval '1 hour'`,
  },
  {
    bug: 'a code that works twice',
    finds: /^I9 /,
    sql: `insert into audit (event, actor_kind, subject_id) select 'code-accepted', 'staff', id from challenges where state = 'accepted' limit 1`,
  },
  {
    bug: 'expiry by another clock: a code accepted after its end',
    finds: /^I9 /,
    sql: `update challenges set expires_at = ended_at - interval '1 second' where state = 'accepted'`,
  },
  {
    bug: 'expiry by another clock: a link used after its end',
    finds: /^I9 a link used/,
    sql: `update links set expires_at = ended_at - interval '1 second' where state = 'used'`,
  },
  {
    bug: 'a link that works twice',
    finds: /^I9 a link used/,
    sql: `insert into links select (jsonb_populate_record(link, jsonb_build_object('id', gen_random_uuid(), 'digest', '\\x00'::bytea))).*
      from links link where state = 'used' and procedure_id is not null limit 1`,
  },
  {
    bug: 'the old password taken away, the new one never written',
    finds: /^I11 neither/,
    sql: `update members set password_hash = null where id in (select member_id from links where state = 'used')`,
  },
  {
    bug: 'check, then insert: an eleventh member',
    finds: /^I10 /,
    sql: `alter table members drop constraint members_slot_range;
      insert into members (account_id, slot, address, address_canonical)
      select account_id, slot, slot || '@example.jp', slot || '@example.jp'
      from (select account_id from members limit 1) account, generate_series(11, 21) slot`,
  },
  {
    bug: 'one address twice in an account',
    finds: /^I10 /,
    sql: `drop index members_address_unique;
      insert into members (account_id, slot, address, address_canonical) select account_id, 9, address, address_canonical from members limit 1`,
  },
  {
    bug: 'a change without its audit line',
    finds: /^I13 .*application-received/,
    sql: `delete from audit where event = 'application-received'`,
  },
  {
    bug: 'a session that nobody signed in to',
    finds: /^I13 .*sign-in-completed/,
    sql: `insert into sessions select (jsonb_populate_record(session, jsonb_build_object('id', gen_random_uuid(), 'secret_digest', '\\x00'::bytea,
      'created_at', now()))).* from sessions session where stage = 'full' and member_id is not null order by created_at desc limit 1`,
  },
  {
    bug: 'a sign-in that its member was not told of',
    finds: /^I4 .*without its letter: session .* sign-in-completed/,
    sql: `delete from letters where kind = 'sign-in-notice'`,
  },
  {
    bug: 'a change of password without its audit line: its new session looks like a sign-in',
    finds: /^I13 .*sign-in-completed/,
    sql: `delete from audit where event = 'password-changed'`,
  },
  {
    bug: 'a change of password that left its browser without a session',
    finds: /^I13 .*password-changed without its session/,
    sql: `update sessions set created_at = created_at - interval '1 second' where created_at in (select at from audit where event = 'password-changed')`,
  },
  {
    bug: 'a change of 多要素認証 that its member was not told of',
    finds: /^I4 .*without its letter: session .* mfa-turned-off/,
    sql: `delete from letters where kind = 'registration-changed'`,
  },
  {
    bug: 'an audit line of a change that was rolled back',
    finds: /^I13 .*application-accepted/,
    sql: `insert into audit (event, actor_kind, subject_id) values ('application-accepted', 'system', gen_random_uuid())`,
  },
];

/** By the mailed link, as its member does. */
async function resetPassword({ clients, member, target }: Rig): Promise<void> {
  const who = await member();
  const link = await linkFor(who, 'password-reset');
  const { taken } = await tryLink(target, link);
  if (!taken) throw new Error('the reset was not taken');
  clients.seen.canaries.push(link.token);
  clients.seen.passwordChanges.push({ memberId: who.id, old: who.password, next: anotherPassword, acknowledged: true });
}

/** Both give their browser another session (S23). */
async function changePasswordAndMfa({ clients, member, mail }: Rig): Promise<void> {
  const [changing, turning] = [await member(), await member({ mfa: true })];
  await changePassword(await clients.signIn(changing), changing.password, anotherPassword);
  clients.seen.passwordChanges.push({
    memberId: changing.id,
    old: changing.password,
    next: anotherPassword,
    acknowledged: true,
  });
  const browser = await clients.signIn(turning);
  const [letter] = await mail.arrived(turning.address, 1);
  await typeCode(browser, 'member', /^\d{6}$/m.exec(letter?.text ?? '')?.[0] ?? '');
  await changeMfa(browser, 'off', turning.password);
}

describe('the invariant checker', () => {
  let rig: Rig;
  let checker: Checker;
  let seen: Seen;
  /** Whose rows the checker sees just now. */
  let ask: Ask;
  let owner: pg.Client;

  beforeAll(async () => {
    rig = await startRig();
    owner = new pg.Client({ connectionString: rig.site.urls['migrationDatabase'] });
    await owner.connect();
    ask = rig.evidence.ask;
    const evidence: Evidence = { ...rig.evidence, ask: (sql, values) => ask(sql, values) };
    checker = createChecker(evidence);
    await provoke.applyCommand(rig, () => undefined);
    await provoke.takeIn(rig, () => undefined);
    await provoke.readChallengeStanding(rig, () => undefined);
    await resetPassword(rig);
    await changePasswordAndMfa(rig);
    await rig.goneOn(Date.now());
    seen = rig.clients.seen;
  });

  afterAll(async () => {
    await owner.end();
    await rig.stop();
  });

  const findings = async (over: Partial<Seen> = {}, by = checker): Promise<string[]> => {
    const found = await by.check({ ...seen, answers: [], ...over });
    return found.map(({ invariant, what }) => `${invariant} ${what}`);
  };

  const expectFinding = async (finds: RegExp, over: Partial<Seen> = {}, by = checker): Promise<void> => {
    expect(await findings(over, by)).toContainEqual(expect.stringMatching(finds));
  };

  test('finds nothing on a healthy site', async () => {
    expect(await findings({ answers: seen.answers })).toEqual([]);
  });

  test.each(inRows.map(({ bug, ...planted }) => [bug, planted] as const))('finds: %s', async (_bug, { finds, sql }) => {
    await owner.query('begin');
    try {
      await owner.query(sql);
      ask = async <Row extends object>(text: string, values: unknown[] = []) =>
        (await owner.query<Row>(text, values)).rows;
      await expectFinding(finds);
    } finally {
      ask = rig.evidence.ask;
      await owner.query('rollback');
    }
  });

  test('finds: a password change that was told and not done, and one after which nothing has changed', async () => {
    const [done] = seen.passwordChanges;
    if (done === undefined) throw new Error('no password was changed');
    const undone = { ...done, old: done.next, next: done.old };

    await expectFinding(/^I11 told/, { passwordChanges: [undone] });
    await expectFinding(/^I11 the old and the new/, { passwordChanges: [{ ...done, old: done.next }] });
    expect(await findings({ passwordChanges: [{ ...undone, acknowledged: false }] })).toEqual([]);
  });

  test('finds: an empty 500, a stack, an error without Retry-After', async () => {
    const bad = { path: '/apply', status: 500, retryAfter: '5' };
    const page = '<p>申し訳ございません。しばらくしてからお試しください。</p>';

    await expectFinding(/^I12 .*Japanese/, { answers: [{ ...bad, body: '' }] });
    await expectFinding(/^I12 .*stack/, { answers: [{ ...bad, body: `${page}\n    at submit (/site/web.js:1:2)` }] });
    await expectFinding(/^I12 .*Retry-After/, { answers: [{ ...bad, body: page, retryAfter: undefined }] });
    expect(
      await findings({
        answers: [
          { ...bad, body: page },
          { path: '/', broken: 'ECONNRESET' },
        ],
      }),
    ).toEqual([]);
  });

  test('finds: a history that the code of today does not replay', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'site-test-bundle-'));
    const bundlePath = join(folder, 'workflow-bundle.js');
    const code = readFileSync(rig.evidence.bundlePath, 'utf8');
    expect(code).toContain('.readReminderRules(');
    writeFileSync(bundlePath, code.replaceAll('.readReminderRules(', '.readRules('));

    await expectFinding(/^I8 application/, {}, createChecker({ ...rig.evidence, bundlePath }));

    rmSync(folder, { recursive: true });
  });

  test('finds: a secret in a log', async () => {
    appendFileSync(join(rig.evidence.logDir, 'web.log'), `{"msg":"signed in with ${seen.canaries[0] ?? ''}"}\n`);

    await expectFinding(/^I14 .*log web.log/);
  });

  test('finds: a flow without a row, a secret in its history, code that throws again and again, a flow that was ended by force', async () => {
    const start = (type: string) =>
      rig.temporal.workflow.start(type, {
        taskQueue: 'site',
        workflowId: `${type}/orphan`,
        args: [{ note: seen.canaries[0] }],
      });
    const [orphan, thrower] = [await start('letter'), await start('noSuchFlow')];

    await expectFinding(/^I7 .*open flow without an open row: letter\/orphan/);
    await expectFinding(/^I14 .*history letter\/orphan/);
    await expect
      .poll(() => findings(), { timeout: 90_000, interval: 1000 })
      .toContainEqual(expect.stringMatching(/^I15 noSuchFlow\/orphan: its task failed/));
    await Promise.all([orphan.terminate(), thrower.terminate()]);
    await expectFinding(/^I15 letter\/orphan is TERMINATED/);
  });

  test('finds: a mail without a letter, a letter sent twice, a retry with other words, a mail to somebody else', async () => {
    const [mail] = await rig.mail.mails();
    if (mail === undefined) throw new Error('no mail came');
    const transport = createTransport(rig.site.urls['smtp']);
    const send = (over: { messageId?: string; to?: string; text?: string }) =>
      transport.sendMail({
        from: mail.from,
        to: mail.to,
        subject: mail.subject,
        text: mail.text,
        messageId: mail.messageId,
        ...over,
      });

    await send({ messageId: '<no-row@example.jp>' });
    await expectFinding(/^I5 .*without a letter's row/);
    await send({});
    await expectFinding(/^I4 .*came again/);
    await send({ text: '別の文面' });
    await expectFinding(/^I4 .*other words/);
    await send({ to: 'somebody-else@example.jp' });
    await expectFinding(/^I4 .*somewhere else/);
    transport.close();
  });
});
