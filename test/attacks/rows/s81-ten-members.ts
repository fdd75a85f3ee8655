/** S81: adding an eleventh member by asking many times at once, in between deletions, and behind the site's back. */
import { buildAccount, buildMember } from '../../support/build.ts';
import { times, type Row, type World } from '../attack.ts';
import type { Answer } from '../tools/browser.ts';
import { add, added, buildKeeper, deletionForm, FULL, type Keeper } from '../tools/members.ts';

const AT_ONCE = 50;

/** The slots of the living members; ten different ones at most. */
async function judgeSlots({ database }: World, { account }: Keeper, found: string[]): Promise<number> {
  const slots = await database.rows<{ slot: number }>(
    'select slot from members where account_id = $1 and deleted_at is null',
    [account.id],
  );
  if (slots.length > 10) found.push(`an account has ${slots.length} members`);
  if (new Set(slots.map(({ slot }) => slot)).size !== slots.length) found.push('two members have one slot');
  return slots.length;
}

function judgeRefusals(answers: Answer[], found: string[]): void {
  for (const answer of answers) {
    if (added(answer)) continue;
    if (answer.status !== 422) found.push(`an add was answered ${answer.status}`);
    else if (!answer.body.includes(FULL)) found.push('a refused add was told the wrong reason');
  }
}

/** Nine exist, fifty ask at once. */
async function race(world: World, found: string[]): Promise<void> {
  const keeper = await buildKeeper(world.target, 8);
  const answers = await Promise.all(
    Array.from({ length: AT_ONCE }, (_, n) => add(keeper, `race-${n}-${keeper.account.loginId}@example.jp`)),
  );
  const wins = answers.filter(added).length;
  if (wins !== 1) found.push(`${wins} of ${AT_ONCE} adds got the last place`);
  judgeRefusals(answers, found);
  if ((await judgeSlots(world, keeper, found)) !== 10) found.push('the last place stayed free');
}

/** Ten exist; three are deleted while twenty are added. */
async function storm(world: World, found: string[]): Promise<void> {
  const keeper = await buildKeeper(world.target, 0);
  const invited = [];
  for (let n = 0; n < 9; n += 1) invited.push(await buildMember({ account: keeper.account, password: null }));
  const forms = await Promise.all(invited.slice(0, 3).map(({ id }) => deletionForm(keeper, id)));
  const deletions = forms.map((form) => keeper.browser.submit(form, { currentPassword: keeper.member.password }));
  const adds = Array.from({ length: 20 }, async (_, n) => {
    // The deletions compare a password first: the adds come before, between and after them.
    await new Promise((resolve) => setTimeout(resolve, n * 25));
    return add(keeper, `storm-${n}-${keeper.account.loginId}@example.jp`);
  });
  const outcomes = await Promise.all(deletions);
  const deleted = outcomes.filter(({ headers }) => headers.location?.includes('deleted') === true);
  const answers = await Promise.all(adds);
  judgeRefusals(answers, found);
  // One person's passwords are compared one after the other: on a slow machine the last may be told to wait (S54).
  const told = outcomes.filter(({ status }) => status === 422 || status === 503);
  if (deleted.length === 0 || deleted.length + told.length !== 3)
    found.push(`deletions were answered ${outcomes.map(({ status }) => status).join(', ')}`);
  const expected = 10 - deleted.length + answers.filter(added).length;
  const living = await judgeSlots(world, keeper, found);
  if (living !== expected) found.push(`${living} members live where ${expected} were promised`);
}

/** Whoever writes into the table, also past the site. */
async function directSql({ database }: World, found: string[]): Promise<void> {
  const account = await buildAccount();
  for (let member = 0; member < 10; member += 1) await buildMember({ account });
  for (const slot of [0, 1, 10, 11]) {
    const written = await database
      .rows(`insert into members (account_id, slot, address, address_canonical) values ($1, $2, $3, $3)`, [
        account.id,
        slot,
        `direct-${slot}@example.jp`,
      ])
      .then(
        () => true,
        () => false,
      );
    if (written) found.push(`slot ${slot} of a full account was written past the site`);
  }
}

export const s81: Row = {
  id: 'S81',
  requires: 'an account has at most 10 members, whoever asks how often',
  asked:
    '9 exist, 50 parallel adds: exactly 1 wins, 200 repeats; storms of adding and deleting; direct SQL: never > 10',
  attack: async (world, scale) => {
    const repeats = times(scale, { planted: 3, ci: 2, full: 200 });
    const found: string[] = [];
    for (let repeat = 0; repeat < repeats; repeat += 1) {
      await race(world, found);
      if (scale !== 'planted') await storm(world, found);
    }
    await directSql(world, found);
    return {
      found,
      said: `${repeats} repeats of 50 parallel adds (1 wins) and of a storm, 4 rows past the site refused`,
    };
  },
  plants: [
    {
      what: 'adds to an account do not queue',
      process: 'members',
      mutations: [
        {
          file: 'server/index.js',
          find: 'select from accounts where id = $1 for no key update',
          replace: 'select from accounts where id = $1',
        },
      ],
      shows: /told the wrong reason|adds got the last place/,
    },
    {
      what: 'the limit is twelve',
      process: 'more members',
      mutations: [{ file: 'server/index.js', find: 'membersPerAccount: 10', replace: 'membersPerAccount: 12' }],
      shows: /an add was answered 500|an account has 1[12] members/,
    },
  ],
};
