/** S83: one address under many spellings, added many times at once. */
import { times, type Row, type World } from '../attack.ts';
import { add, added, buildKeeper, TAKEN } from '../tools/members.ts';

const AT_ONCE = 50;

const fullWidth = (text: string): string =>
  text.replaceAll(/[!-~]/g, (character) => String.fromCodePoint(character.charCodeAt(0) + 0xfee0));

/** All read as one address (S78). */
const spellings = (address: string): string[] => [
  address,
  address.toUpperCase(),
  ` ${address}`,
  `${address}　`,
  fullWidth(address),
  fullWidth(address.toUpperCase()),
  address.replace('@', '＠'),
];

async function race(world: World, found: string[]): Promise<void> {
  const keeper = await buildKeeper(world.target);
  const address = `tanaka-${keeper.account.loginId}@example.jp`;
  const ways = spellings(address);
  const answers = await Promise.all(
    Array.from({ length: AT_ONCE }, (_, n) => add(keeper, ways[n % ways.length] ?? address)),
  );
  const wins = answers.filter(added).length;
  if (wins !== 1) found.push(`${wins} of ${AT_ONCE} adds of one address were taken`);
  for (const answer of answers) {
    if (added(answer)) continue;
    if (answer.status !== 422) found.push(`a duplicate was answered ${answer.status}`);
    else if (!answer.body.includes(TAKEN)) found.push('a duplicate was told the wrong reason');
  }
  const { members, mails } = await world.database.row<{ members: number; mails: number }>(
    `select (select count(*)::int from members where account_id = $1 and lower(address) <> $2) as members,
       (select count(*)::int from letters where kind = 'password-setup' and lower(recipient) = $3) as mails`,
    [keeper.account.id, keeper.member.address, address],
  );
  if (members !== 1) found.push(`one address became ${members} members`);
  if (mails !== 1) found.push(`one address was mailed ${mails} times`);
}

export const s83: Row = {
  id: 'S83',
  requires: 'an address stands once among the living members of an account, however it is spelled',
  asked: '50 parallel same and variant spellings: exactly 1 row, 49 clean messages; 100 repeats',
  attack: async (world, scale) => {
    const repeats = times(scale, { planted: 1, ci: 3, full: 100 });
    const found: string[] = [];
    for (let repeat = 0; repeat < repeats; repeat += 1) await race(world, found);
    return {
      found,
      said: `${repeats} repeats of 50 parallel in 7 spellings: 1 member, 1 mail, 49 told that it is taken`,
    };
  },
  plants: [
    {
      what: 'addresses are compared as they were typed',
      process: 'more members',
      mutations: [
        {
          file: 'server/index.js',
          find: /canonical: `\$\{local\.toLowerCase\(\)\}@\$\{domain\}`/,
          replace: 'canonical: entered',
        },
      ],
      shows: /one address became \d+ members/,
    },
  ],
};
