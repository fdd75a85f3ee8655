/** S61–S64: how passwords are kept, which ones are taken, and the forced change. */
import { createHmac, randomInt } from 'node:crypto';
import argon2 from 'argon2';
import { brokenRuleText, guessableTexts } from '../../../app/texts/password.ts';
import { keyRing } from '../../../runtime/keys.ts';
import { buildAccount, buildMember, type BuiltMember } from '../../support/build.ts';
import { times, type Row, type World } from '../attack.ts';
import { Browser, type Answer } from '../tools/browser.ts';
import { askForReset, resetByMail } from '../tools/reset.ts';
import { changePassword, cookieName, holding, typePassword, withPassword } from '../tools/sign-in.ts';
import { waysTo } from '../tools/routes.ts';

const HASH = /^[a-z0-9]{1,16}\$argon2id\$v=19\$m=19456,(?:t=2,p=1|p=1,t=2)\$/;
const NEXT = 'Atarashi-27';

async function hashOf({ database }: World, { id }: BuiltMember): Promise<string> {
  const { hash } = await database.row<{ hash: string }>('select password_hash as hash from members where id = $1', [
    id,
  ]);
  return hash;
}

export const s61: Row = {
  id: 'S61',
  requires:
    'argon2id m=19456, t=2, p=1 with a keyed pepper; a hash of older parameters is made anew at the next sign-in',
  asked: 'all stored hashes, 100 %',
  attack: async (world) => {
    const member = await buildMember();
    await changePassword(await holding(world.target, member), member.password, NEXT);
    const old = await buildMember();
    const ring = keyRing('pepper');
    const peppered = createHmac('sha256', ring.key(ring.currentId)).update(old.password).digest('base64');
    const weak = await argon2.hash(peppered, { memoryCost: 8192, timeCost: 2, parallelism: 1 });
    await world.database.rows('update members set password_hash = $2 where id = $1', [
      old.id,
      `${ring.currentId}${weak}`,
    ]);
    await withPassword(world.target, old);
    const found: string[] = [];
    if (!HASH.test(await hashOf(world, member))) found.push('a new hash has other parameters');
    if (!HASH.test(await hashOf(world, old))) found.push('a weak hash stays as it was after a sign-in');
    await withPassword(world.target, old);
    const all = await world.database.rows<{ hash: string }>(
      `select password_hash as hash from members where password_hash is not null union all select password_hash from staff`,
    );
    const bare = all.filter(({ hash }) => !/^[a-z0-9]{1,16}\$argon2id\$/.test(hash)).length;
    if (bare > 0) found.push(`${bare} stored passwords are no argon2id with a pepper`);
    return {
      found,
      said: `${all.length - bare} of ${all.length} stored hashes, new and renewed ones with these parameters`,
    };
  },
  plants: [
    {
      what: 'hashing costs a quarter of the memory',
      process: 'hashes',
      mutations: [{ file: 'server/index.js', find: 'memoryCost: 19456', replace: 'memoryCost: 4864' }],
      shows: /a new hash has other parameters/,
    },
    {
      what: 'old hashes are kept',
      process: 'hashes kept',
      mutations: [{ file: 'server/index.js', find: /isOutdatedHash\(person\d*\.passwordHash\)/, replace: 'false' }],
      shows: /a weak hash stays/,
    },
  ],
};

const UPPER = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const LOWER = 'abcdefghijklmnopqrstuvwxyz';
const DIGITS = '0123456789';
const ALLOWED = `${UPPER}${LOWER}${DIGITS}.-_=+`;
const FOREIGN = '!@#/ Ａ１é';

const any = (set: string): string => set.charAt(randomInt(set.length));

function candidate(): string {
  const text = Array.from({ length: randomInt(6, 15) }, () => any(randomInt(3) === 0 ? DIGITS : ALLOWED)).join('');
  const at = randomInt(text.length);
  return randomInt(6) === 0 ? text.slice(0, at) + any(FOREIGN) + text.slice(at + 1) : text;
}

/** The document's rules, in its words, and ours on top for the fixed list below. */
function allowedByTheDocument(text: string, { loginId }: BuiltMember): boolean {
  const has = (set: string) => text.split('').some((character) => set.includes(character));
  return (
    text.length >= 8 &&
    text.length <= 12 &&
    text.split('').every((character) => ALLOWED.includes(character)) &&
    has(UPPER) &&
    has(LOWER) &&
    has(DIGITS) &&
    !text.toLowerCase().includes(loginId)
  );
}

/** At the edges of the document's rules, and whether each is allowed; the last ones keep them and are easy to guess. */
const EDGES: [string, boolean][] = [
  ['Abcxyz7', false],
  ['Abcxyz79', true],
  ['Abcxyz79Qwm4', true],
  ['Abcxyz79Qwm41', false],
  ['.-_=+Zq8', true],
  ['Ａbcxyz79', false],
  ['Abcxyz79\u3000', false],
  ['abcxyz79', false],
  ['ABCXYZ79', false],
  ['Abcxyzqr', false],
  ['Password1', false],
  ['Rental.729', false],
];

const REFUSALS = [
  ...(['length', 'symbols', 'classes', 'not-current', 'no-login-id'] as const).map((rule) =>
    brokenRuleText(rule, 'seed'),
  ),
  brokenRuleText('length', 'modern'),
  ...Object.values(guessableTexts),
];

/** Whether the policy refuses it, in words; what is typed as the current password is wrong, so that nothing changes. */
const refusedIn = ({ body }: Answer): boolean => REFUSALS.some((text) => body.includes(text));

export const s62: Row = {
  id: 'S62',
  requires: "the document's rules exactly, no common password and none with a near word; refusals in words",
  asked: '10⁵ random (the shared function, npm test -- --full) and the edges by pages: 0 disagreements with an oracle',
  attack: async (world, scale) => {
    const account = await buildAccount({ loginId: `zk${randomInt(1000, 9999)}` });
    const member = await buildMember({ account });
    const browser = await holding(world.target, member);
    const form = await browser.formWith('/password/change', 'newPassword');
    const judge = async (text: string): Promise<boolean> =>
      !refusedIn(
        await browser.submit(
          form,
          { currentPassword: 'Wrong-2026', newPassword: text, newPasswordConfirmation: text },
          { forgetful: true },
        ),
      );
    const found: string[] = [];
    const check = async (text: string, allowed: boolean) => {
      if ((await judge(text)) !== allowed) found.push(`${JSON.stringify(text)} is ${allowed ? 'refused' : 'taken'}`);
    };
    for (const [text, allowed] of EDGES) await check(text, allowed);
    await check('Wrong-2026', false);
    await check(`A.${member.loginId.toUpperCase()}9a`, false);
    const count = times(scale, { planted: 0, ci: 40, full: 3000 });
    for (let each = 0; each < count; each += 1) {
      const text = candidate();
      await check(text, allowedByTheDocument(text, member));
    }
    return { found, said: `0 disagreements over ${EDGES.length + 2} edges and ${count} random ones by pages` };
  },
  plants: [
    {
      what: 'thirteen characters are taken',
      process: 'policy',
      mutations: [
        {
          file: 'server/index.js',
          find: /seed: \{\s*least: 8,\s*most: 12\s*\}/,
          replace: 'seed: { least: 8, most: 13 }',
        },
      ],
      shows: /"Abcxyz79Qwm41" is taken/,
    },
    {
      what: 'common passwords are taken',
      process: 'policy',
      mutations: [
        { file: 'server/index.js', find: /if \(isCommonPassword\(plain\d*\)\) return "common";/, replace: '' },
      ],
      shows: /"Password1" is taken/,
    },
  ],
};

export const s63: Row = {
  id: 'S63',
  requires:
    'a change needs the current password; the forced one can not be walked round, only done or answered by a completed reset',
  asked: 'every member page, its data and the older protocol; reset asked for, and completed',
  attack: async (world) => {
    const { target } = world;
    const found: string[] = [];
    const forced = await buildMember({ mustChangePassword: true });
    const browser = await holding(target, forced);
    // What has no loader has no data: the frame of the tabs, the page after one's own deletion.
    const pages = world.routes.filter(
      ({ pattern, parameters, hasLoader }) =>
        hasLoader && parameters.length === 0 && /^\/(account$|account\/|apply|orders|quotes)/.test(pattern),
    );
    const walk = async (when: string) => {
      for (const route of pages) {
        for (const way of waysTo(route, route.pattern)) {
          const { status, body } = await browser.get(way);
          // Data comes with 202 where it leads elsewhere.
          if (status === 200 && !body.includes('/password/change')) found.push(`${when}: ${way} opens`);
        }
      }
    };
    await walk('before');
    await askForReset(target, forced);
    await walk('with a reset asked for');
    const wrong = await changePassword(browser, 'Wrong-2026', NEXT);
    if (wrong.status !== 422) found.push(`a wrong current password is answered ${wrong.status}`);
    await resetByMail(target, forced, NEXT);
    const after = new Browser(target);
    await typePassword(after, { ...forced, password: NEXT });
    if ((await after.get('/account')).status !== 200)
      found.push('a completed reset does not satisfy the forced change');
    return { found, said: `${pages.length} pages in 4 ways, twice: 0 opened; the wrong current password refused` };
  },
  plants: [
    {
      what: 'the forced change is forgotten by the guard',
      process: 'forced',
      mutations: [
        { file: 'server/index.js', find: /if \(member\d*\.mustChangePassword\) throw/, replace: 'if (false) throw' },
      ],
      shows: /before: \/account.* opens/,
    },
    {
      what: 'any current password will do',
      process: 'forced',
      mutations: [
        {
          file: 'server/index.js',
          find: /if \(!await verifyPassword\(stored == null \? void 0 : stored\.hash, \w+\)\)/,
          replace: 'if (false)',
        },
      ],
      shows: /a wrong current password is answered/,
    },
  ],
};

const KANA = 'やまのうえのしろいくもをみるひ';

export const s64: Row = {
  id: 'S64',
  requires:
    'PASSWORD_POLICY=modern takes 8–64 characters of any kind without composition; the default keeps the document',
  asked: 'both profiles',
  attack: async (world) => {
    const found: string[] = [];
    const modern = await world.startWeb({ passwordPolicy: 'modern' });
    const change = async (target: World['target'], next: string): Promise<BuiltMember | undefined> => {
      const member = await buildMember();
      const { status } = await changePassword(await holding(target, member), member.password, next);
      return status < 400 ? { ...member, password: next } : undefined;
    };
    const asked: [target: World['target'], profile: string, text: string, allowed: boolean][] = [
      [world.target, 'seed', KANA, false],
      [world.target, 'seed', 'quiet river over seven stones', false],
      [modern, 'modern', KANA, true],
      [modern, 'modern', 'quiet river over seven stones', true],
      [modern, 'modern', '雲'.repeat(64), true],
      [modern, 'modern', '雲'.repeat(65), false],
      [modern, 'modern', 'kumo-79', false],
    ];
    for (const [target, profile, text, allowed] of asked) {
      const changed = await change(target, text);
      if ((changed !== undefined) !== allowed) found.push(`${profile}: ${text} is ${allowed ? 'refused' : 'taken'}`);
      if (changed === undefined) continue;
      const browser = new Browser(target);
      await typePassword(browser, changed);
      if (!browser.cookies.has(cookieName(target, 'member'))) found.push(`${profile}: ${text} does not sign in`);
    }
    return {
      found,
      said: `${asked.length} passwords under the two profiles, 0 judged wrongly, each taken one signs in`,
    };
  },
  plants: [
    {
      what: 'the modern profile wants a composition too',
      process: 'profiles',
      mutations: [{ file: 'server/index.js', find: /modern: \["length", /, replace: 'modern: ["length", "classes", ' }],
      shows: /modern: .* is refused/,
    },
    {
      what: 'a long password of the modern profile is cut off at the sign-in',
      process: 'cut profiles',
      mutations: [{ file: 'server/index.js', find: /4 \* passwordLengths\[/, replace: '0 * passwordLengths[' }],
      shows: /modern: .* does not sign in/,
    },
  ],
};
