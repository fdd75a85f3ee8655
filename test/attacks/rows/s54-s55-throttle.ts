/** S54, S55: guessing one password, and locking somebody out by guessing. */
import { buildMember, type BuiltMember } from '../../support/build.ts';
import { times, type Row, type Target, type World } from '../attack.ts';
import { Browser } from '../tools/browser.ts';
import { resetByMail } from '../tools/reset.ts';
import { cookieName, typePassword, withPassword } from '../tools/sign-in.ts';

const WRONG = 'Wrong-2026';
const NEXT = 'Atarashi-27';
/** The site's queue holds as many; of more some are told 503, and those are no tries. */
const AT_ONCE = 40;

type Credentials = Pick<BuiltMember, 'loginId' | 'address' | 'password'>;

/** Whether these credentials sign in, in a browser with or without a device cookie. */
async function signsIn(target: Target, credentials: Credentials, device?: string): Promise<boolean> {
  const browser = new Browser(target);
  if (device !== undefined) browser.cookies.set('device', device);
  await typePassword(browser, credentials);
  return browser.cookies.has(cookieName(target, 'member'));
}

/** Fails as often, each from an address of its own. */
async function failOften(
  target: Target,
  { loginId, address }: Credentials,
  count: number,
  atOnce = AT_ONCE,
): Promise<void> {
  for (let done = 0; done < count;) {
    const now = Math.min(atOnce, count - done);
    const answers = await Promise.all(
      Array.from({ length: now }, () => typePassword(new Browser(target), { loginId, address, password: WRONG })),
    );
    done += answers.filter(({ status }) => status !== 503).length;
  }
}

/** How many are compared within this time at most: five, and one after each wait, which doubles from 30 s to 15 min. */
function mostComparedIn(seconds: number): number {
  let compared = 5;
  for (let wait = 30, left = seconds; left >= wait; wait = Math.min(900, wait * 2)) {
    compared += 1;
    left -= wait;
  }
  return compared;
}

/** How many passwords of an account were compared: the trail has another word for those that had to wait. */
async function compared({ database }: World, member: BuiltMember): Promise<number> {
  const { n } = await database.row<{ n: number }>(
    `select count(*)::int as n from audit where event = 'sign-in-refused' and account_id = $1`,
    [member.accountId],
  );
  return n;
}

/** The counters of everybody, for a member whose account has only this one: tests give each a fresh one. */
async function countersOf({ database }: World, before: ReadonlySet<string>): Promise<string[]> {
  const all = await database.rows<{ key: string }>(
    `select encode(key, 'hex') as key from sign_in_throttles where failures > 0`,
  );
  return all.map(({ key }) => key).filter((key) => !before.has(key));
}

async function hundredth(world: World, member: BuiltMember): Promise<string[]> {
  const { target, database } = world;
  const before = new Set(await countersOf(world, new Set()));
  await failOften(target, member, 1);
  const mine = await countersOf(world, before);
  const keys = `encode(key, 'hex') = any($1)`;
  await database.rows(`update sign_in_throttles set failures = 99 where ${keys}`, [mine]);
  await failOften(target, member, 1);
  // However much later: no wait has an end any more.
  await database.rows(
    `update sign_in_throttles set last_failure_at = now() - interval '30 days',
       wait_until = case when wait_until = 'infinity' then wait_until else now() end where ${keys}`,
    [mine],
  );
  const found = (await signsIn(target, member)) ? ['after the hundredth failure time alone opens the sign-in'] : [];
  await resetByMail(target, member, NEXT);
  if (!(await signsIn(target, { ...member, password: NEXT }))) found.push('a completed reset opens nothing');
  return found;
}

/** Judged on a member of its own: after a long run a wait may just be over. */
async function duringTheWait({ target }: World): Promise<string[]> {
  const member = await buildMember();
  await failOften(target, member, 6);
  return (await signsIn(target, member)) ? ['the right password was taken during the wait'] : [];
}

export const s54: Row = {
  id: 'S54',
  requires:
    'after 5 failures in a row of a (login ID, address) 30 s, doubling to 15 min; at 100 only a mailed reset opens it',
  asked: '10,000 tries, serial and 100 parallel: ≤ 5 + waits compared, counted exactly; the hundredth; a reset',
  attack: async (world, scale) => {
    const [one, many] = [
      times(scale, { planted: 12, ci: 20, full: 1000 }),
      times(scale, { planted: 12, ci: 24, full: 9000 }),
    ];
    const found: string[] = [];
    const [serial, parallel, last] = [await buildMember(), await buildMember(), await buildMember()];
    const tried: number[] = [];
    // Judged by the time it took.
    const guess = async (member: BuiltMember, count: number, atOnce: number): Promise<void> => {
      const begun = performance.now();
      await failOften(world.target, member, count, atOnce);
      const most = mostComparedIn((performance.now() - begun) / 1000);
      const n = await compared(world, member);
      tried.push(n);
      if (n > most) found.push(`${n} passwords were compared, ${most} may be`);
    };
    await guess(serial, one, 1);
    const before = new Set(await countersOf(world, new Set()));
    await guess(parallel, many, times(scale, { planted: 12, ci: AT_ONCE, full: 100 }));
    const keys = await countersOf(world, before);
    const { failures } = await world.database.row<{ failures: number }>(
      `select coalesce(sum(failures), 0)::int as failures from sign_in_throttles where encode(key, 'hex') = any($1)`,
      [keys],
    );
    if (failures !== tried[1]) found.push(`${failures} failures were counted of ${tried[1] ?? 0} compared`);
    found.push(...(await duringTheWait(world)), ...(await hundredth(world, last)));
    return {
      found,
      said: `${tried.join(' and ')} compared of ${one} one by one and ${many} at once, counted exactly; the reset opened it`,
    };
  },
  plants: [
    {
      what: 'nobody has to wait after five failures',
      process: 'throttle',
      mutations: [
        {
          file: 'server/index.js',
          find: 'when counted.failures >= $4 then',
          replace: 'when counted.failures >= $4 + 1000 then',
        },
      ],
      shows: /passwords were compared/,
    },
    {
      what: 'the hundredth failure is like any other',
      process: 'throttle',
      mutations: [
        {
          file: 'server/index.js',
          find: 'when counted.failures >= $7 then',
          replace: 'when counted.failures >= $7 + 1000 then',
        },
      ],
      shows: /time alone opens/,
    },
    {
      what: 'a completed reset leaves the failures',
      process: 'throttle kept',
      mutations: [
        {
          file: 'server/index.js',
          find: 'delete from sign_in_throttles where key = $1`',
          replace: 'delete from sign_in_throttles where key = $1 and false`',
        },
      ],
      shows: /a completed reset opens nothing/,
    },
  ],
};

/** The device cookie of a browser in which the member has signed in once. */
async function knownDevice(target: Target, member: BuiltMember): Promise<string | undefined> {
  const browser = await withPassword(target, member);
  return browser.cookies.get('device');
}

export const s55: Row = {
  id: 'S55',
  requires:
    'nobody is locked out by another: a known browser signs in at once, a new one after a reset, parallel right sign-ins all',
  asked: '1,000 failures of an attacker: known browser ≤ 2 s, new one by a reset ≤ 1 min, 10 of 10 parallel',
  attack: async (world, scale) => {
    const { target } = world;
    const found: string[] = [];
    const member = await buildMember();
    const device = await knownDevice(target, member);
    if (device === undefined) found.push('a completed sign-in leaves no device cookie');
    await failOften(target, member, times(scale, { planted: 8, ci: 12, full: 1000 }));
    const begun = performance.now();
    if (!(await signsIn(target, member, device))) found.push('the known browser was refused');
    const known = performance.now() - begun;
    // A busy machine is no lock-out: at full counts it has nothing else to do.
    if (known > (scale === 'full' ? 2000 : 10_000)) found.push(`the known browser waited ${Math.round(known)} ms`);
    if (await signsIn(target, member)) found.push('a new browser was let in during the wait');
    const asked = performance.now();
    const browser = await resetByMail(target, member, NEXT);
    // The attacker goes on.
    await failOften(target, member, 6);
    await typePassword(browser, { ...member, password: NEXT });
    if (!browser.cookies.has(cookieName(target, 'member'))) found.push('the browser of the reset was refused');
    const reset = performance.now() - asked;
    if (reset > 60_000) found.push(`the way by a reset took ${Math.round(reset)} ms`);
    const other = await buildMember();
    const right = await Promise.all(Array.from({ length: 10 }, () => signsIn(target, other)));
    const inside = right.filter((each) => each).length;
    if (inside < 10) found.push(`${inside} of 10 right sign-ins at once were let in`);
    return {
      found,
      said: `known browser ${Math.round(known)} ms, new one by a reset ${Math.round(reset)} ms, ${inside} of 10 parallel`,
    };
  },
  plants: [
    {
      what: 'a known browser counts like any other',
      process: 'devices',
      mutations: [
        {
          file: 'server/index.js',
          find: /if \(known !== (?:void 0|undefined)\) return beginAttempt\(known\);/,
          replace: '',
        },
      ],
      shows: /the known browser was refused/,
    },
    {
      what: 'of several right sign-ins at once all but one are refused',
      process: 'queued sign-ins',
      mutations: [{ file: 'server/index.js', find: 'while (performance.now() < deadline)', replace: 'while (false)' }],
      shows: /of 10 right sign-ins at once/,
    },
  ],
};
