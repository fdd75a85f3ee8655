/** S04: learning from 「利用者追加」 and メールアドレス変更 whether an address exists in another account. */
import { randomBytes } from 'node:crypto';
import { buildMember } from '../../support/build.ts';
import { times, type Row, type World } from '../attack.ts';
import { leadsOn, type Answer } from '../tools/browser.ts';
import { add, added, buildKeeper, MEMBERS_PAGE, TAKEN } from '../tools/members.ts';
import { follow, formBehind, linkFor, newestLink } from '../tools/mailed-links.ts';
import { masked } from '../tools/page.ts';

const UUID = /[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}/g;

/** All that answers tell, without what differs from one account to the next. */
function shapeOf(answers: Answer[], own: string[]): string {
  return JSON.stringify(
    answers.map(({ status, headers, setCookies, body }) => ({
      status,
      headers: Object.keys(headers).sort(),
      cookies: setCookies.map((line) => line.split('=')[0]).sort(),
      location: headers.location,
      seen: masked(body, [...own, String(headers['x-request-id'])])
        .replaceAll(/<script\b.*?<\/script>/gs, '')
        .replaceAll(UUID, 'id')
        .replaceAll(/\d{4}\/\d\d\/\d\d \d\d:\d\d/g, 'time')
        .replaceAll(/残り[\d日時間分]+/g, 'left')
        // 照合番号
        .replaceAll(/>[A-Z\d]{4}</g, '>reference<'),
    })),
  );
}

/** An address that nobody has, of the same length, so that nothing but its being known could tell. */
const freshLike = (address: string): string => `${randomBytes(20).toString('hex')}@example.jp`.slice(-address.length);

/** Adds the address in an account of its own and looks at the list. */
async function addTo({ target }: World, address: string): Promise<{ shape: string; taken: boolean }> {
  const keeper = await buildKeeper(target);
  const answer = await add(keeper, address);
  const list = await keeper.browser.get(answer.headers.location ?? MEMBERS_PAGE);
  const own = [address, keeper.member.address, keeper.account.loginId, keeper.account.customerNumber];
  return { shape: shapeOf([answer, list], own), taken: added(answer) };
}

/** Gives the address as one's new one, to the switch. */
async function changeTo({ target }: World, address: string): Promise<string> {
  const member = await buildMember();
  const browser = await follow(target, await linkFor(member, 'email-change-request'));
  const form = await browser.formWith('/email-change', 'newAddress');
  const given = await browser.submit(form, { currentPassword: member.password, newAddress: address });
  const page = await browser.get(given.headers.location ?? '/email-change');
  const answers = [given, page];
  if (leadsOn(given)) {
    await follow(target, await newestLink(member, 'email-change-confirmation'), browser);
    const confirm = await formBehind(browser, 'email-change-confirmation');
    if (confirm !== undefined) answers.push(await browser.submit(confirm));
  }
  return shapeOf(answers, [address, member.address, member.loginId]);
}

/** One's own account's addresses are told clearly. */
async function ownDuplicates({ target }: World, found: string[]): Promise<void> {
  const keeper = await buildKeeper(target);
  const invited = `invited-${keeper.account.loginId}@example.jp`;
  await add(keeper, invited);
  for (const address of [keeper.member.address, invited]) {
    const { status, body } = await add(keeper, address.toUpperCase());
    if (status !== 422 || !body.includes(TAKEN)) found.push(`a duplicate of one's own account is answered ${status}`);
  }
}

export const s04: Row = {
  id: 'S04',
  requires:
    'adding a member and changing an address tell nothing of other accounts; one’s own duplicate is told clearly',
  asked: "from A, each of B's addresses: 0 differences from a fresh address",
  attack: async (world, scale) => {
    const { plain, withCode, mustChange, deleted, invited } = world.fixture.others;
    const all = [plain, invited, withCode, mustChange, deleted];
    const theirs = all.slice(0, times(scale, { planted: 1, ci: 2, full: all.length }));
    const found: string[] = [];
    for (const { address } of theirs) {
      const [known, unknown] = [await addTo(world, address), await addTo(world, freshLike(address))];
      if (!known.taken) found.push("adding another account's address is refused");
      if (known.shape !== unknown.shape) found.push("adding another account's address is answered otherwise");
      if ((await changeTo(world, address)) !== (await changeTo(world, freshLike(address))))
        found.push("changing to another account's address is answered otherwise");
    }
    await ownDuplicates(world, found);
    return { found, said: `${theirs.length} addresses of another account, added and changed to: 0 differences` };
  },
  plants: [
    {
      what: 'an address counts as taken wherever it is',
      process: 'members',
      mutations: [
        {
          file: 'server/index.js',
          find: /select count\(\*\)::int as members, (coalesce\(bool_or\(address_canonical = \$2\), false\) as taken\s+from members) where account_id = \$1 and deleted_at is null/,
          replace: 'select count(*) filter (where account_id = $$1)::int as members, $1 where deleted_at is null',
        },
      ],
      shows: /adding another account's address is refused/,
    },
    {
      what: 'a new address is looked for in every account',
      process: 'members',
      mutations: [
        {
          file: 'server/index.js',
          find: /where account_id = \$1 and (address_canonical = \$2 and deleted_at is null`,\s+\[person)/,
          replace: 'where $$1::uuid is not null and $1',
        },
      ],
      shows: /changing to another account's address is answered otherwise/,
    },
  ],
};
