/** S01: whoever types a wrong combination learns nothing from the answer. */
import { randomBytes } from 'node:crypto';
import { buildMember } from '../../support/build.ts';
import { times, type Row, type World } from '../attack.ts';
import { Browser, type Answer } from '../tools/browser.ts';
import { masked } from '../tools/page.ts';

interface Attempt {
  loginId?: string;
  address: string;
  password: string;
}

/** A pair is thrown away before its fifth failure: otherwise every class would become the throttled one. */
const TRIES_A_PAIR = 4;

const unknown = (): string => randomBytes(4).toString('hex');

/** How each kind of wrong combination is made anew. */
function classes({ fixture }: World): Record<string, () => Promise<Attempt>> {
  const { deleted, invited } = fixture.ours;
  const member = async (over: Parameters<typeof buildMember>[0] = {}) => {
    const { loginId, address } = await buildMember(over);
    return { loginId, address, password: 'Wrong-2026' };
  };
  return {
    'wrong password': () => member(),
    'unknown login ID': async () => ({ ...(await member()), loginId: `login-${unknown()}` }),
    'unknown address': async () => ({ ...(await member()), address: `member-${unknown()}@example.jp` }),
    'deleted member': () => member({ deletedAt: new Date(), password: deleted.password }),
    'invited member': () => member({ password: invited.password === '' ? null : invited.password }),
    'staff, wrong password': () => Promise.resolve({ address: fixture.staff.address, password: 'Wrong-2026' }),
    'staff, unknown address': () =>
      Promise.resolve({ address: `staff-${unknown()}@example.jp`, password: 'Wrong-2026' }),
  };
}

async function attempt({ target }: World, typed: Attempt, asData: boolean): Promise<Answer> {
  const browser = new Browser(target);
  const page = typed.loginId === undefined ? '/staff/login' : '/login';
  const form = await browser.formWith(page, 'password');
  return browser.submit(asData ? { ...form, action: `${page}.data` } : form, { ...typed });
}

/** All that an answer tells, without what differs from one request to the next. */
function shapeOf({ status, headers, setCookies, body }: Answer, typed: Attempt): string {
  const cookies = setCookies.map((line) => line.split('=')[0]).sort();
  const seen = masked(body, [typed.loginId ?? '', typed.address, String(headers['x-request-id'])]);
  return JSON.stringify({ status, headers: Object.keys(headers).sort(), cookies, seen });
}

async function throttled(world: World): Promise<Attempt> {
  const { loginId, address } = await buildMember();
  const typed = { loginId, address, password: 'Wrong-2026' };
  for (let failures = 0; failures < 6; failures += 1) await attempt(world, typed, false);
  return typed;
}

export const s01: Row = {
  id: 'S01',
  requires: 'one answer for every wrong sign-in, throttled ones too',
  asked: '300 of 300 identical',
  attack: async (world, scale) => {
    const count = times(scale, { planted: 2, ci: 4, full: 50 });
    const found: string[] = [];
    const shapes = new Map<string, string>();
    let tried = 0;
    const compare = async (name: string, typed: Attempt, asData: boolean) => {
      const answer = await attempt(world, typed, asData);
      const group = `${typed.loginId === undefined ? 'staff' : 'member'} ${asData ? 'data' : 'page'}`;
      const shape = shapeOf(answer, typed);
      const first = shapes.get(group) ?? shape;
      shapes.set(group, first);
      tried += 1;
      if (shape !== first) found.push(`${name} (${group}) is answered differently: ${answer.status}`);
    };
    for (const [name, make] of Object.entries(classes(world))) {
      let typed = await make();
      for (let each = 0; each < count; each += 1) {
        if (each % TRIES_A_PAIR === 0) typed = await make();
        await compare(name, typed, each % 2 === 1);
      }
    }
    const waiting = await throttled(world);
    for (let each = 0; each < count; each += 1) await compare('throttled pair', waiting, each % 2 === 1);
    return { found, said: `${tried - found.length} of ${tried} identical` };
  },
  plants: [
    {
      what: 'an unknown login ID gets a message of its own',
      process: 'first',
      mutations: [
        {
          file: 'server/index.js',
          find: /return refused\("refused"\);/,
          replace: 'return refused(candidate === undefined ? "code-locked" : "refused");',
        },
      ],
      shows: /unknown login ID .*differently/,
    },
  ],
};
