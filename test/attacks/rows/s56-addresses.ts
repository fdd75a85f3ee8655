/** S56: guessing many passwords from one address, and pretending to come from many. */
import { randomBytes } from 'node:crypto';
import { request as httpRequest } from 'node:http';
import { buildMember } from '../../support/build.ts';
import { times, type Row, type World } from '../attack.ts';
import { Browser, encoded, freshAddress, typedInto } from '../tools/browser.ts';
import { holding } from '../tools/sign-in.ts';

const MOST = 30;
const unknown = (): string => `login-${randomBytes(4).toString('hex')}`;

/** Types a wrong combination of nobody. @param from what the proxy in front says of the client */
async function fail({ target }: World, from: string): Promise<void> {
  const browser = new Browser(target);
  const form = await browser.formWith('/login', 'password');
  await browser.submit(
    form,
    { loginId: unknown(), address: 'member@example.jp', password: 'Wrong-2026' },
    { headers: { 'X-Forwarded-For': from } },
  );
}

/** The same from a peer that is no proxy of ours, whatever it says. */
async function failDirectly({ target }: World, peer: string, says: string): Promise<void> {
  const browser = new Browser(target);
  const form = await browser.formWith('/login', 'password');
  const typed = { loginId: unknown(), address: 'member@example.jp', password: 'Wrong-2026' };
  const body = encoded(typedInto(form, typed));
  const cookie = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  const headers = {
    ...browser.asOurPage(),
    Host: new URL(target.origin).host,
    Cookie: cookie,
    'X-Forwarded-For': says,
    'Content-Type': 'application/x-www-form-urlencoded',
    'Content-Length': Buffer.byteLength(body),
  };
  const to = { host: '127.0.0.1', port: target.port, localAddress: peer, method: 'POST', path: form.action, headers };
  await new Promise<void>((resolve, reject) => {
    const request = httpRequest(to, (response) => response.resume().once('end', resolve));
    request.once('error', reject).end(body);
  });
}

/** How many of an address were compared, the others were told to wait. */
async function comparedOf({ database }: World, like: string): Promise<number> {
  const { n } = await database.row<{ n: number }>(
    `select count(*)::int as n from audit where event = 'sign-in-refused' and ip like $1`,
    [like],
  );
  return n;
}

const octet = (): number => 1 + (randomBytes(1).readUInt8() % 250);

/** A divisor of the limit: with the third wave it is full, and every wave after that is told to wait. */
const AT_ONCE = 10;

async function oneAddress(world: World, what: string, like: string, tries: number, each: (n: number) => Promise<void>) {
  for (let done = 0; done < tries; done += AT_ONCE)
    await Promise.all(Array.from({ length: Math.min(AT_ONCE, tries - done) }, (_, n) => each(done + n)));
  const n = await comparedOf(world, like);
  return {
    n,
    found: n > MOST ? [`${what}: ${n} passwords were compared`] : n === 0 ? [`${what}: not counted as ${like}`] : [],
  };
}

/** Pages of one address without a session, until it is told to wait; a member there goes on. */
async function manyRequests({ target }: World): Promise<string[]> {
  const address = freshAddress();
  const member = await holding(target, await buildMember());
  const stranger = new Browser(target, address);
  let told = 0;
  for (let done = 0; done < 320; done += 40) {
    const answers = await Promise.all(Array.from({ length: 40 }, () => stranger.get('/session-time')));
    told += answers.filter(({ status }) => status === 429).length;
  }
  const { status } = await member.get('/account', { 'X-Forwarded-For': address });
  return [
    ...(told < 20 ? [`of 320 requests in a minute ${told} were told to wait`] : []),
    ...(status === 200 ? [] : [`a member at the same address is answered ${status}`]),
  ];
}

export const s56: Row = {
  id: 'S56',
  requires:
    'one address (IPv6: its /64) fails at most 30 times in 10 min and asks 300 times a minute without a session; a forged one counts as the true',
  asked: '1,000 forged X-Forwarded-For: the limit still acts, the right address stands in the trail',
  attack: async (world, scale) => {
    const tries = times(scale, { planted: 34, ci: 34, full: 1000 });
    const address = freshAddress();
    const prefix = `2001:db8:${randomBytes(2).toString('hex').replace(/^0+/, '1')}:1`;
    const peer = `127.0.1.${octet()}`;
    const runs = [
      await oneAddress(world, 'forged in front of the true address', address, tries, (n) =>
        fail(world, `10.9.${n >> 8}.${n & 255}, ${address}`),
      ),
      await oneAddress(world, 'one /64', `${prefix}:%`, tries, (n) =>
        fail(world, `${prefix}::${(n + 1).toString(16)}`),
      ),
      await oneAddress(world, 'forged by a peer that is no proxy', peer, tries, (n) =>
        failDirectly(world, peer, `10.8.${n >> 8}.${n & 255}`),
      ),
    ];
    const found = [...runs.flatMap((run) => run.found), ...(scale === 'planted' ? [] : await manyRequests(world))];
    return { found, said: `${runs.map(({ n }) => n).join(', ')} compared of ${tries} each: proxied, one /64, direct` };
  },
  plants: [
    {
      what: 'an address may fail as often as it likes',
      process: 'addresses',
      mutations: [
        {
          file: 'server/index.js',
          find: 'consumedPoints >= limits().addressFailures',
          replace: 'consumedPoints >= 1e9',
        },
      ],
      shows: /passwords were compared/,
    },
    {
      what: 'whoever says so counts as a proxy',
      process: 'proxies',
      mutations: [{ file: 'server/index.js', find: 'while (isTrusted(address))', replace: 'while (true)' }],
      shows: /forged by a peer that is no proxy: not counted/,
    },
    {
      what: 'each IPv6 address counts alone',
      process: 'proxies',
      mutations: [
        {
          file: 'server/index.js',
          find: /\[\.\.\.first, \.\.\.zeros, \.\.\.last\]\.slice\(0, 4\)/,
          replace: '[...first, ...zeros, ...last].slice(0, 8)',
        },
      ],
      shows: /one \/64: \d+ passwords were compared/,
    },
  ],
};
