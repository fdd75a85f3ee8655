/** S57: having the site mail somebody over and over. */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { buildMember } from '../../support/build.ts';
import { times, type Row, type World } from '../attack.ts';
import { masked } from '../tools/page.ts';
import { askForReset } from '../tools/reset.ts';
import { holding } from '../tools/sign-in.ts';

/** How many letters of a kind were written for an account. */
async function lettersOf({ database }: World, kind: string, accountId: string): Promise<number> {
  const { n } = await database.row<{ n: number }>(
    `select count(*)::int as n from letters letter join procedures procedure on procedure.id = letter.subject_id
       join members member on member.id = procedure.member_id where letter.kind = $1 and member.account_id = $2`,
    [kind, accountId],
  );
  return n;
}

/** Waits until the worker has looked up every request. */
async function answered({ database }: World, loginId: string): Promise<void> {
  for (let each = 0; each < 300; each += 1) {
    const { n } = await database.row<{ n: number }>(
      `select count(*)::int as n from procedures where login_id = $1 and state = 'asked'`,
      [loginId],
    );
    if (n === 0) return;
    await sleep(100);
  }
  throw new Error('requests for a reset are not answered');
}

async function resets(world: World, count: number): Promise<{ found: string[]; mailed: number }> {
  const member = await buildMember();
  const ask = async (times: number) => {
    const answers = await Promise.all(Array.from({ length: times }, () => askForReset(world.target, member)));
    await answered(world, member.loginId);
    return answers.map(({ status, headers, body }) => `${status} ${headers.location ?? ''} ${masked(body)}`);
  };
  const shapes = new Set(await ask(count));
  const found = shapes.size > 1 ? ['the page tells that no mail was sent'] : [];
  const mailed = await lettersOf(world, 'password-reset', member.accountId);
  if (mailed > 3) found.push(`${mailed} reset mails in an hour`);
  // The other seventeen of the day, two hours ago.
  const move = `update letters set created_at = created_at - interval '2 hours' where recipient = $1`;
  await world.database.rows(move, [member.address]);
  await world.database.rows(
    `insert into letters (kind, subject_id, occurrence, recipient, facts, message_id, give_up_at, state, created_at, sent_at)
     select kind, subject_id, 'again-' || n, recipient, facts, $2 || n, give_up_at, 'sent', created_at, created_at
     from (select * from letters where recipient = $1 and kind = 'password-reset' limit 1) letter, generate_series(1, 20 - $3::int) n`,
    [member.address, `<${randomUUID()}@flood>`, mailed],
  );
  await ask(3);
  const day = await lettersOf(world, 'password-reset', member.accountId);
  if (day > 20) found.push(`${day} reset mails in a day`);
  await world.database.quiet();
  const caught = (await world.mail.mails(member.address)).length;
  if (caught > 3) found.push(`${caught} mails arrived`);
  return { found, mailed: caught };
}

async function invitations(world: World, count: number): Promise<{ found: string[]; mailed: number }> {
  const member = await buildMember();
  const browser = await holding(world.target, member);
  const page = '/account/users';
  const add = await browser.formWith(page, 'address');
  await browser.submit(add, { address: `invited-${randomUUID()}@example.jp`, intent: 'add' });
  const again = (await browser.forms(page)).find(({ fields }) => fields.some(([name]) => name === 'memberId'));
  if (again === undefined) return { found: ['nobody was invited'], mailed: 0 };
  const press = () => browser.submit(again, { intent: 'mail' }, { forgetful: true });
  // One after the other, so that each is heard and the twenty are reached; then all at once.
  for (let pressed = 0; pressed < count; pressed += 1) await press();
  await Promise.all(Array.from({ length: 5 }, press));
  const mailed = await lettersOf(world, 'password-setup', member.accountId);
  const found = mailed > 20 ? [`${mailed} invitations in a day`] : [];
  if (mailed < 20) found.push(`only ${mailed} of ${count + 1} invitations were mailed: the limit was not tried`);
  return { found, mailed };
}

async function addressChanges(world: World, count: number): Promise<{ found: string[]; mailed: number }> {
  const member = await buildMember();
  const browser = await holding(world.target, member);
  const form = await browser.formWithButton('/account', 'request-email-change');
  for (const intent of [
    'request-email-change',
    'cancel-email-change',
    'request-email-change',
    'mail-email-change-again',
  ]) {
    const presses = Array.from({ length: count }, () => browser.submit(form, { intent }, { forgetful: true }));
    await Promise.all(presses);
  }
  const mailed = await lettersOf(world, 'email-change-request', member.accountId);
  return { found: mailed > 3 ? [`${mailed} mails of an address change in an hour`] : [], mailed };
}

export const s57: Row = {
  id: 'S57',
  requires:
    'mails: reset ≤ 3 an hour and 20 a day a member, invitation ≤ 20 a day an account, address change ≤ 3 an hour; the page tells nothing',
  asked: 'loops, all at once: mails ≤ limits, page unchanged',
  attack: async (world, scale) => {
    const reset = await resets(world, times(scale, { planted: 40, ci: 6, full: 100 }));
    const invited = await invitations(world, times(scale, { planted: 22, ci: 22, full: 200 }));
    const changed = await addressChanges(world, times(scale, { planted: 4, ci: 4, full: 50 }));
    return {
      found: [...reset.found, ...invited.found, ...changed.found],
      said: `${reset.mailed} reset mails, ${invited.mailed} invitations, ${changed.mailed} of address changes`,
    };
  },
  plants: [
    {
      what: 'invitations are not counted',
      process: 'floods',
      mutations: [{ file: 'server/index.js', find: '>= limits().setupMailsPerDay', replace: '>= 1e6' }],
      shows: /invitations in a day/,
    },
    {
      what: 'mails of an address change are not counted',
      process: 'floods',
      mutations: [{ file: 'server/index.js', find: 'limits().emailChangesPerHour', replace: '1e6' }],
      shows: /mails of an address change/,
    },
    {
      what: 'reset mails are not counted',
      process: 'worker floods',
      // Where the worker judges it. Of the forty requests this worker takes some, and mails each; the site's own mails three at most.
      mutations: [
        {
          file: 'worker.js',
          find: /select greatest\(\s+\(select created_at \+ interval '1 hour' from mine where nth = \$2[\s\S]*? as until/,
          replace: 'select case when $2::int + $3::int < 0 then now() end as until',
        },
      ],
      shows: /reset mails in an hour/,
    },
  ],
};
