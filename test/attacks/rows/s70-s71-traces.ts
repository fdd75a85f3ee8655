/** S70, S71: what the site writes down of itself: everything that happened in the audit trail, no secret in the logs. */
import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { rows as asTheSite } from '../../../db/raw.ts';
import { checkAudit } from '../../../db/stores/audit-seals.ts';
import { buildMember } from '../../support/build.ts';
import type { Row, World } from '../attack.ts';
import { auditedSteps } from '../tools/audited-steps.ts';
import { Browser } from '../tools/browser.ts';
import { readSiteLogs } from '../tools/logs.ts';
import { askForReset } from '../tools/reset.ts';
import { newestCode, typeCode, typePassword, withPassword } from '../tools/sign-in.ts';

async function eachLeavesOne(world: World): Promise<{ found: string[]; events: number }> {
  const found: string[] = [];
  const all = await auditedSteps(world);
  for (const [event, act] of all) {
    const count = async () =>
      (await world.database.row<{ n: number }>('select count(*)::int as n from audit where event = $1', [event])).n;
    const before = await count();
    await act();
    const left = (await count()) - before;
    // A reset by mail asks for one on its way, and a right password is a sign-in: each under its own word.
    if (left !== 1) found.push(`${event} left ${left} lines`);
  }
  return { found, events: all.length };
}

/** Web and worker sign in as one role. */
async function siteChanges(): Promise<string[]> {
  const attempts = [
    'update audit set event = event',
    'delete from audit',
    'update audit_seals set seal = seal',
    'delete from audit_seals',
    'truncate audit',
  ];
  const taken = await Promise.all(
    attempts.map((text) =>
      asTheSite(text).then(
        () => [text],
        () => [],
      ),
    ),
  );
  return taken.flat().map((text) => `the site itself may ${text}`);
}

/** Changes a sealed line as the owner of the database, looks whether the check finds it, and puts it back. */
async function breaking({ database }: World): Promise<{ found: string[]; sealed: number }> {
  const newest = await database.row<{ id: string }>('select max(id)::text as id from audit');
  for (let each = 0; each < 200; each += 1) {
    const { done } = await database.row<{ done: boolean }>(
      'select exists (select from audit_seals where audit_id >= $1) as done',
      [newest.id],
    );
    if (done) break;
    await sleep(100);
  }
  const whole = await checkAudit();
  const found = whole.faults.map(({ id, fault }) => `line ${id} is ${fault} although nobody touched it`);
  if (BigInt(whole.lastId) < BigInt(newest.id)) found.push('the newest lines are not sealed');
  await database.rows(`update audit set event = event || '!' where id = $1`, [newest.id]);
  const broken = await checkAudit();
  await database.rows(`update audit set event = rtrim(event, '!') where id = $1`, [newest.id]);
  if (!broken.faults.some(({ id }) => id === newest.id)) found.push('a changed line was not found');
  return { found, sealed: whole.sealed };
}

export const s70: Row = {
  id: 'S70',
  requires:
    'one line of audit for every event, denied access too; nobody of the site changes one; a changed one is found',
  asked: 'each event by pages, staff’s too: 1 line; UPDATE and DELETE refused; a broken line detected',
  attack: async (world, scale) => {
    const { found, events } = await eachLeavesOne(world);
    if (scale === 'planted') return { found, said: '' };
    const chain = await breaking(world);
    found.push(...(await siteChanges()), ...chain.found);
    return {
      found,
      said: `1 line for each of ${events} events, ${chain.sealed} sealed lines whole, the broken one named`,
    };
  },
  plants: [
    {
      what: 'signing out is not written down',
      process: 'traces',
      mutations: [
        {
          file: 'server/index.js',
          find: 'await writeAudit(tx, "signed-out"',
          replace: 'await (async (..._given) => undefined)(tx, "signed-out"',
        },
      ],
      shows: /signed-out left 0 lines/,
    },
    {
      what: 'denied access is not written down',
      process: 'traces',
      mutations: [
        {
          file: 'server/index.js',
          find: 'await recordDeniedAccess(',
          replace: 'await (async (..._given) => undefined)(',
        },
      ],
      shows: /access-denied left 0 lines/,
    },
    {
      what: 'a deletion is not written down',
      process: 'traces',
      mutations: [
        {
          file: 'server/index.js',
          find: /await writeAudit\((\w+), "member-deleted"/,
          replace: 'await (async (..._given) => undefined)($1, "member-deleted"',
        },
      ],
      shows: /member-deleted left 0 lines/,
    },
  ],
  notCovered:
    'templates (there are none yet); an import, a change of password asked of everyone and what operators do to letters: on the database (test/db)',
};

/** Everything the site has logged: files of its own processes, the output of one started beside it. */
async function logged({ target, dataDir }: World): Promise<string> {
  const texts = Object.values(await readSiteLogs(dataDir));
  return texts.join('\n') + (target.said?.() ?? '');
}

export const s71: Row = {
  id: 'S71',
  requires: 'no password, code, token, cookie, Authorization or mail address in a log; query strings dropped',
  asked: 'all logs after all suites: 0 hits of what was typed, held or sent',
  attack: async (world) => {
    const mark = (what: string): string => `${what}${randomBytes(6).toString('hex')}`;
    const typed = {
      password: mark('Himitsu-'),
      address: `${mark('canary')}@example.jp`,
      token: mark('token'),
      query: mark('shitsumon'),
      cookie: mark('cookie'),
      authorization: mark('bearer'),
      'user name': mark('担当'),
    };
    const member = await buildMember({ address: typed.address, userName: typed['user name'], mfa: true });
    const browser = new Browser(world.target);
    await typePassword(browser, { ...member, password: typed.password });
    const waiting = await withPassword(world.target, member);
    const { code } = await newestCode(world, member);
    const held = [...waiting.cookies.values()].map((value) => decodeURIComponent(value).split('.')[0] ?? '');
    await typeCode(waiting, 'member', code);
    const headers = { Cookie: `sid=${typed.cookie}`, Authorization: `Bearer ${typed.authorization}` };
    const asked = await browser.get(`/password/reset?token=${typed.token}&q=${typed.query}`, headers);
    await browser.get(`/no-such-page?q=${typed.query}`, headers);
    await askForReset(world.target, member);
    await world.database.quiet();
    const reference = String(asked.headers['x-request-id']);
    const text = await logged(world);
    const secrets: [string, string][] = [
      ...Object.entries(typed),
      ...held.map((value): [string, string] => ['session', value]),
    ];
    const found = secrets
      .filter(([, value]) => value !== '' && text.includes(value))
      .map(([what]) => `a log holds the ${what}`);
    if (new RegExp(`(?<![\\d.])${code}(?![\\d])`).test(text.replaceAll(/"ms":\d+|"pid":\d+|"time":"[^"]*"/g, '')))
      found.push('a log holds the code');
    if (/[\w.+-]+@example\.jp/.test(text)) found.push('a log holds a mail address');
    if (!text.includes(reference)) found.push('the requests are not in the logs at all');
    return { found, said: `0 hits of ${secrets.length + 1} words in ${Math.round(text.length / 1024)} KB of logs` };
  },
  plants: [
    {
      what: 'the log of requests keeps the query',
      process: 'logs',
      mutations: [
        { file: 'server/index.js', find: 'path: request.path.slice(0, 200)', replace: 'path: request.originalUrl' },
      ],
      shows: /a log holds the token/,
    },
    {
      what: 'the log of requests keeps the cookies',
      process: 'logs',
      mutations: [
        {
          file: 'server/index.js',
          find: 'requestId: locals.requestId,',
          replace: 'requestId: locals.requestId, said: request.headers.cookie,',
        },
      ],
      shows: /a log holds the (cookie|session)/,
    },
  ],
};
