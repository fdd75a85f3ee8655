/** S11: a one-time code in the wrong browser, for the wrong challenge or purpose, from the wrong kind of person; a link as a code. */
import { buildMember, buildStaff, type BuiltMember, type BuiltStaff } from '../../support/build.ts';
import { deriveCode } from '../../../db/stores/secrets.ts';
import type { Row, World } from '../attack.ts';
import { linkFor } from '../tools/mailed-links.ts';
import { changeMfa, holding, newestCode, opensHome, typeCode, withPassword } from '../tools/sign-in.ts';

async function waiting(world: World, person: BuiltMember | BuiltStaff) {
  const browser = await withPassword(world.target, person);
  return { browser, kind: person.kind, code: (await newestCode(world, person)).code };
}

type Waiting = Awaited<ReturnType<typeof waiting>>;

async function taken(where: Waiting, code: string): Promise<boolean> {
  await typeCode(where.browser, where.kind, code);
  return opensHome(where.browser, where.kind);
}

/** A code that turns 多要素認証 on, where another is asked for, and the other way round. */
async function otherPurposes(world: World): Promise<string[]> {
  const found: string[] = [];
  const member = await buildMember();
  const [first, second] = [await turningOn(world, member), await turningOn(world, member)];
  if (await turnsOn(world, second, first.code)) found.push('the code of one browser turned it on in another');
  if (await turnsOn(world, first, deriveCode('sign-in', 'member', first.id, first.keyId)))
    found.push('a code reckoned for signing in turned it on');
  // Somebody turned it on meanwhile: the same member is asked for both kinds of code.
  await world.database.rows('update members set mfa = true where id = $1', [member.id]);
  const signingIn = await waiting(world, member);
  if (await taken(signingIn, first.code)) found.push('the code that turns it on was taken at the sign-in');
  if (await turnsOn(world, first, signingIn.code)) found.push('the code of a sign-in turned it on');
  return found;
}

async function turningOn(world: World, member: BuiltMember) {
  const browser = await holding(world.target, member);
  await changeMfa(browser, 'on');
  return { browser, ...(await newestCode(world, member)) };
}

async function turnsOn(world: World, { browser, id }: Awaited<ReturnType<typeof turningOn>>, code: string) {
  const page = await browser.get('/account/mfa');
  // A code that was taken a step ago ended this browser's session with all others.
  if (page.status !== 200) return false;
  await browser.submit(await browser.formWith('/account/mfa', 'code'), { code });
  const { state } = await world.database.row<{ state: string }>('select state from challenges where id = $1', [id]);
  return state === 'accepted';
}

/** The token of a mailed link, typed where the code is asked for. */
async function linkAsCode(world: World): Promise<string[]> {
  const member = await buildMember({ mfa: true });
  const { token } = await linkFor(member, 'password-reset');
  const asked = await waiting(world, member);
  const found: string[] = [];
  for (const typed of [token, `${asked.code}${token}`, token.slice(0, 6)])
    if (await taken(asked, typed)) found.push('the token of a link was taken as a code');
  return found;
}

export const s11: Row = {
  id: 'S11',
  requires: 'a code counts in its own browser, for its own challenge, purpose and kind of person',
  asked: '0 accepted of all mixtures',
  attack: async (world) => {
    const found: string[] = [];
    const member = await buildMember({ mfa: true });
    const [first, second] = [await waiting(world, member), await waiting(world, member)];
    if (await taken(second, first.code)) found.push('the code of one browser was taken in another');
    if (await taken(first, second.code)) found.push('the code of a later challenge was taken by an earlier one');
    const stranger = await waiting(world, await buildMember({ mfa: true }));
    const mine = await waiting(world, await buildMember({ mfa: true }));
    if (await taken(mine, stranger.code)) found.push("another member's code was taken");
    const staff = await waiting(world, await buildStaff());
    if (await taken(staff, mine.code)) found.push("a member's code was taken from staff");
    const other = await waiting(world, await buildStaff());
    if (await taken(stranger, other.code)) found.push("a staff person's code was taken from a member");
    found.push(...(await otherPurposes(world)), ...(await linkAsCode(world)));
    return { found, said: '0 of 12 mixtures accepted' };
  },
  plants: [
    {
      what: 'any code of the person is taken, whatever browser it was sent for',
      process: 'codes',
      mutations: [
        {
          file: 'server/index.js',
          find: /const right = sameSecret\((\w+), deriveCode\(challenge\.purpose, person\.kind, challenge\.id, challenge\.keyId\)\);/,
          replace: `const right = (await rows("select id, key_id from challenges where $$1 in (member_id, staff_id)", [person.id]))
            .some((one) => sameSecret($1, deriveCode(challenge.purpose, person.kind, one.id, one.key_id)));`,
        },
      ],
      shows: /one browser was taken in another/,
    },
    {
      what: 'codes of all purposes are reckoned alike',
      process: 'purposes',
      mutations: [
        {
          file: 'server/index.js',
          find: /`code\|\$\{purpose\}\|\$\{person\}\|\$\{challengeId\}`/,
          replace: '`code|sign-in|$${person}|$${challengeId}`',
        },
      ],
      shows: /a code reckoned for signing in turned it on/,
    },
  ],
};
