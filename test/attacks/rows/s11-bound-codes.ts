/** S11: a one-time code in the wrong browser, for the wrong challenge, from the wrong kind of person. */
import { buildMember, buildStaff, type BuiltMember, type BuiltStaff } from '../../support/build.ts';
import type { Row, World } from '../attack.ts';
import { newestCode, opensHome, typeCode, withPassword } from '../tools/sign-in.ts';

async function waiting(world: World, person: BuiltMember | BuiltStaff) {
  const browser = await withPassword(world.target, person);
  return { browser, kind: person.kind, code: (await newestCode(world, person)).code };
}

type Waiting = Awaited<ReturnType<typeof waiting>>;

async function taken(where: Waiting, code: string): Promise<boolean> {
  await typeCode(where.browser, where.kind, code);
  return opensHome(where.browser, where.kind);
}

export const s11: Row = {
  id: 'S11',
  requires: 'a code counts in its own browser, for its own challenge and kind of person',
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
    return { found, said: '0 of 5 mixtures accepted' };
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
  ],
  notCovered: 'links posted as codes, codes of other purposes: there are none yet',
};
