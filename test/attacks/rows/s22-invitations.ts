/** S22: setting an invited member's password twice, as the inviter, or after the invitation was taken back. */
import { mailedToken } from '../../support/links.ts';
import { times, type Row, type World } from '../attack.ts';
import { Browser, leadsOn } from '../tools/browser.ts';
import { hasActed } from '../tools/mailed-links.ts';
import {
  add,
  buildKeeper,
  deleteByPage,
  invitationForm,
  LIVING_BY_ADDRESS,
  MEMBERS_PAGE,
  openInvitation,
  setUpAs,
  type Keeper,
} from '../tools/members.ts';
import { typePassword } from '../tools/sign-in.ts';

const PASSWORD = 'Atarashi-27';

let count = 0;

async function invite({ database }: World, keeper: Keeper): Promise<{ id: string; address: string }> {
  const address = `invited-${(count += 1)}-${keeper.account.loginId}@example.jp`;
  await add(keeper, address);
  const { id } = await database.row<{ id: string }>(LIVING_BY_ADDRESS, [keeper.account.id, address]);
  return { id, address };
}

const signsIn = async ({ target }: World, { account }: Keeper, address: string, password: string): Promise<boolean> =>
  leadsOn(await typePassword(new Browser(target), { loginId: account.loginId, address, password }));

/** Many passwords at once by one link: one counts, and none after it. */
async function once(world: World, keeper: Keeper, parallel: number, found: string[]): Promise<void> {
  const { id, address } = await invite(world, keeper);
  const browser = await openInvitation(world.target, id);
  const form = await invitationForm(browser);
  const passwords = Array.from({ length: parallel }, (_, n) => `Atarashi-${10 + n}`);
  const answers = await Promise.all(
    passwords.map((password) => browser.submit(form, setUpAs('テスト担当者2', password), { forgetful: true })),
  );
  const winners = answers.flatMap((answer, n) => (hasActed(answer, 'password-setup') ? (passwords[n] ?? []) : []));
  if (winners.length !== 1) found.push(`one invitation set ${winners.length} passwords`);
  const later = await browser.submit(form, setUpAs('テスト担当者3', PASSWORD), { forgetful: true });
  if (later.status !== 410) found.push(`a used invitation is answered ${later.status}`);
  if (await signsIn(world, keeper, address, PASSWORD)) found.push('a used invitation set another password');
  const [winner] = winners;
  if (winner !== undefined && !(await signsIn(world, keeper, address, winner)))
    found.push('the password that was set does not sign in');
}

/** Whatever the inviter is answered holds neither the link nor the password. */
async function unseen(world: World, keeper: Keeper, found: string[]): Promise<void> {
  const { id } = await invite(world, keeper);
  const token = await mailedToken(id, 'password-setup');
  const look = async (what: string) => {
    for (const path of [MEMBERS_PAGE, `${MEMBERS_PAGE}.data`, `${MEMBERS_PAGE}/${id}/delete`]) {
      const { body } = await keeper.browser.get(path);
      if (body.includes(token) || body.includes('/password/setup')) found.push(`${what}: ${path} shows the link`);
      if (body.includes(PASSWORD) || body.includes('$argon2')) found.push(`${what}: ${path} shows the password`);
    }
  };
  await look('invited');
  await keeper.browser.submit(await keeper.browser.formWithButton(MEMBERS_PAGE, 'mail'), { intent: 'mail' });
  await look('mailed again');
  const browser = await openInvitation(world.target, id);
  await browser.submit(await invitationForm(browser), setUpAs('テスト担当者2', PASSWORD));
  await look('set up');
}

/** Taken back while its page is open. */
async function takenBack(world: World, keeper: Keeper, found: string[]): Promise<void> {
  const { id, address } = await invite(world, keeper);
  const browser = await openInvitation(world.target, id);
  const form = await invitationForm(browser);
  await deleteByPage(keeper, id);
  const answer = await browser.submit(form, setUpAs('テスト担当者2', PASSWORD));
  if (answer.status !== 410) found.push(`an invitation that was taken back is answered ${answer.status}`);
  else if (!answer.body.includes('取り消し済み')) found.push('the dead link does not say that it was taken back');
  if (await signsIn(world, keeper, address, PASSWORD)) found.push('a deleted member signed in');
}

export const s22: Row = {
  id: 'S22',
  requires: 'an invitation sets one password, once; the inviter never sees it; taken back, its link is dead',
  asked: 'walk: pass',
  attack: async (world, scale) => {
    const repeats = times(scale, { planted: 1, ci: 1, full: 20 });
    const found: string[] = [];
    for (let repeat = 0; repeat < repeats; repeat += 1) {
      const keeper = await buildKeeper(world.target);
      await once(world, keeper, 10, found);
      await unseen(world, keeper, found);
      await takenBack(world, keeper, found);
    }
    return {
      found,
      said: `${repeats} walks: 10 at once set 1 password, 9 looks of the inviter show nothing, dead at once`,
    };
  },
  plants: [
    {
      what: 'a used invitation sets the password again',
      process: 'invitations',
      mutations: [
        { file: 'server/index.js', find: "case when state = 'used' then 'used' when", replace: 'case when' },
        {
          file: 'server/index.js',
          find: /(where digest = \$1 and purpose = \$2) and state = 'open' (and expires_at > now\(\) returning)/,
          replace: "$1 and state <> 'cancelled' $2",
        },
      ],
      shows: /one invitation set \d+ passwords/,
    },
    {
      what: 'the list tells the password hash',
      process: 'invitations',
      mutations: [
        {
          file: 'server/index.js',
          find: /userName: (member\d*)\.userName,(\s+address: member\d*\.address,\s+state: member\d*\.state,\s+self)/,
          replace: 'userName: $1.passwordHash ?? $1.userName,$2',
        },
        {
          file: 'server/index.js',
          find: 'select member.id, member.user_name as "userName", member.address, setup.state as setup',
          replace:
            'select member.id, member.password_hash as "passwordHash", member.user_name as "userName", member.address, setup.state as setup',
        },
      ],
      shows: /shows the password/,
    },
    {
      what: 'a deletion forgets the invitation',
      process: 'invitations',
      mutations: [
        {
          file: 'server/index.js',
          find: /await callOffProcedures\(tx, memberId, procedureKinds\);\s+(await forgetDevices\(tx, memberId\);)\s+await cancelAllLinksOf\(tx, memberId\);/,
          replace: '$1',
        },
        {
          file: 'server/index.js',
          find: /account\.company, member\.address\s+from members member join accounts account on account\.id = member\.account_id\s+where member\.id = \$1 and member\.deleted_at is null/,
          replace:
            'account.company, member.address from members member join accounts account on account.id = member.account_id where member.id = $1',
        },
        {
          file: 'server/index.js',
          find: /if \(await lockPerson\(tx, \{ kind: "member", id: memberId \}\) === void 0\) return refused\("cancelled"\);(\s+await lockProcedure\(tx, procedureId\);\s+const taken)/,
          replace: '$1',
        },
      ],
      shows: /an invitation that was taken back is answered/,
    },
  ],
};
