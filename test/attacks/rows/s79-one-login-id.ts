/** S79: another spelling of a login ID as a way round the throttle, or to another customer. */
import { buildMember } from '../../support/build.ts';
import { times, type Row, type World } from '../attack.ts';
import { Browser, leadsOn } from '../tools/browser.ts';
import { typePassword } from '../tools/sign-in.ts';

const fullWidth = (text: string): string =>
  text.replaceAll(/[!-~]/g, (character) => String.fromCodePoint(character.charCodeAt(0) + 0xfee0));

const SPELLINGS: ((loginId: string) => string)[] = [
  (loginId) => loginId,
  (loginId) => loginId.toUpperCase(),
  fullWidth,
  (loginId) => fullWidth(loginId.toUpperCase()),
  (loginId) => ` ${loginId}　`,
  (loginId) => loginId.replace('l', 'L'),
];

/** Each spelling signs in as the same member, and asks for the same member's reset. */
async function sameMember({ target, database }: World, found: string[]): Promise<void> {
  const member = await buildMember();
  for (const [n, spelled] of SPELLINGS.entries()) {
    const signIn = await typePassword(new Browser(target), { ...member, loginId: spelled(member.loginId) });
    if (!leadsOn(signIn)) found.push(`spelling ${n}: the sign-in answers ${signIn.status}`);
    const browser = new Browser(target);
    const form = await browser.formWith('/password/forgot', 'loginId');
    await browser.submit(form, { loginId: spelled(member.loginId), address: member.address });
  }
  const { sessions, resets } = await database.row<{ sessions: number; resets: number }>(
    `select (select count(*)::int from sessions where member_id = $1) as sessions,
       (select count(*)::int from procedures where login_id = $2) as resets`,
    [member.id, member.loginId],
  );
  if (sessions !== SPELLINGS.length) found.push(`${sessions} of ${SPELLINGS.length} spellings opened a session`);
  if (resets !== SPELLINGS.length) found.push(`${resets} of ${SPELLINGS.length} spellings asked for the reset`);
}

/** A wrong password under each spelling: then the right one has to wait, under every spelling. */
async function sameCounter({ target }: World, found: string[]): Promise<void> {
  const member = await buildMember();
  const type = (n: number, password: string) => {
    const spelled = SPELLINGS[n % SPELLINGS.length] ?? String;
    return typePassword(new Browser(target), { ...member, loginId: spelled(member.loginId), password });
  };
  for (let n = 0; n < SPELLINGS.length; n += 1) await type(n, 'Chigau-2026');
  for (const n of [0, 2]) {
    if ((await type(n, member.password)).status !== 422)
      found.push('wrong passwords under other spellings of the login ID are not added up');
  }
}

export const s79: Row = {
  id: 'S79',
  requires: 'a login ID has one spelling everywhere, the key of the throttle included',
  asked: 'case and width variants: same counter, same row',
  attack: async (world, scale) => {
    const repeats = times(scale, { planted: 1, ci: 1, full: 50 });
    const found: string[] = [];
    for (let repeat = 0; repeat < repeats; repeat += 1) {
      await sameMember(world, found);
      await sameCounter(world, found);
    }
    return { found, said: `${SPELLINGS.length} spellings: one member, one counter, one reset; ${repeats} repeats` };
  },
  plants: [
    {
      what: 'the throttle counts each spelling apart',
      process: 'invitations',
      mutations: [
        {
          file: 'server/index.js',
          find: /attemptFor\(visit, known, "member", loginId, address\d*\)/,
          replace: 'attemptFor(visit, known, "member", credentials.loginId)',
        },
      ],
      shows: /are not added up/,
    },
    {
      what: 'the login ID is compared as it was typed',
      process: 'addresses',
      mutations: [
        {
          file: 'server/index.js',
          find: /return typed\d*\.normalize\("NFKC"\)\.trim\(\)\.toLowerCase\(\);/,
          replace: 'return arguments[0];',
        },
      ],
      shows: /spelling 1: the sign-in answers/,
    },
  ],
};
