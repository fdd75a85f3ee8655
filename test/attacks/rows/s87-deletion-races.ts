/** S87: deleting a member at the moment of something else, which must not outlive them; and leaving an account nobody can enter. */
import { setTimeout as pause } from 'node:timers/promises';
import { rows as storedRows } from '../../../db/raw.ts';
import { buildMember, type BuiltMember, type MemberWish } from '../../support/build.ts';
import { buildGivenChange } from '../../support/email-change.ts';
import { mailedToken } from '../../support/links.ts';
import { times, type Row, type World } from '../attack.ts';
import { Browser } from '../tools/browser.ts';
import {
  add,
  buildKeeper,
  deletionForm,
  invitationForm,
  MEMBERS_PAGE,
  openInvitation,
  setUpAs,
  type Keeper,
} from '../tools/members.ts';
import { doors, holding, newestCode, withPassword } from '../tools/sign-in.ts';

interface Race {
  what: string;
  wish?: MemberWish;
  /** Brings it to the point. @returns the request that races with the deletion */
  prepare: (world: World, member: BuiltMember, keeper: Keeper) => Promise<() => Promise<unknown>>;
}

const races: Race[] = [
  {
    what: 'a sign-in',
    prepare: async ({ target }, { loginId, address, password }) => {
      const browser = new Browser(target);
      const form = await browser.formWith('/login', 'password');
      return () => browser.submit(form, { loginId, address, password });
    },
  },
  {
    what: 'a code',
    wish: { mfa: true },
    prepare: async (world, member) => {
      const browser = await withPassword(world.target, member);
      const { code } = await newestCode(world, member);
      const form = await browser.formWith(doors.member.code, 'code');
      return () => browser.submit(form, { code });
    },
  },
  {
    what: 'an invitation by the deleted',
    prepare: async ({ target }, member) => {
      const browser = await holding(target, member);
      const form = await browser.formWith(MEMBERS_PAGE, 'address');
      return () => add({ browser, form }, `late-${member.id}@example.jp`);
    },
  },
  {
    what: 'a resend',
    wish: { password: null },
    prepare: async (_world, member, { browser }) => {
      const forms = await browser.forms(MEMBERS_PAGE);
      const form = forms.find(({ fields }) => fields.some(([, value]) => value === member.id));
      if (form === undefined) throw new Error('the list offers no resend');
      return () => browser.submit(form, { intent: 'mail' });
    },
  },
  {
    what: 'the first password',
    wish: { password: null },
    prepare: async ({ target }, member, { browser }) => {
      const forms = await browser.forms(MEMBERS_PAGE);
      const form = forms.find(({ fields }) => fields.some(([, value]) => value === member.id));
      if (form !== undefined) await browser.submit(form, { intent: 'mail' });
      const invited = await openInvitation(target, member.id);
      const setUp = await invitationForm(invited);
      return () => invited.submit(setUp, setUpAs('テスト担当者2', 'Atarashi-27'));
    },
  },
  {
    what: 'a request of a mail change',
    prepare: async ({ target }, member) => {
      const browser = await holding(target, member);
      const form = await browser.formWith('/account', 'userName');
      const fields = form.fields.filter(([name]) => name === 'formToken');
      return () => browser.post(form.action, [...fields, ['intent', 'request-email-change']]);
    },
  },
  {
    what: 'the switch of a mail change',
    prepare: async ({ target }, member) => {
      const { confirmationToken } = await buildGivenChange(member);
      const browser = new Browser(target);
      await browser.get(`/email-change/confirm?token=${confirmationToken}`);
      const [form] = await browser.forms('/email-change/confirm');
      if (form === undefined) throw new Error('the confirmation has no button');
      return () => browser.submit(form);
    },
  },
  {
    what: 'a reset',
    prepare: async (world, member) => {
      const browser = new Browser(world.target);
      const asked = await browser.formWith('/password/forgot', 'loginId');
      await browser.submit(asked, { loginId: member.loginId, address: member.address });
      await world.mail.arrived(member.address, 1);
      const token = await mailedToken(member.id, 'password-reset');
      await browser.get(`/password/reset?token=${token}`);
      const form = await browser.formWith('/password/reset', 'newPassword');
      return () => browser.submit(form, { newPassword: 'Atarashi-27', newPasswordConfirmation: 'Atarashi-27' });
    },
  },
];

const OPEN = `
  select (select count(*)::int from sessions where member_id = $1 and ended_at is null) as sessions,
    (select count(*)::int from challenges where member_id = $1 and state = 'open') as codes,
    (select count(*)::int from links where member_id = $1 and state = 'open') as links,
    (select count(*)::int from procedures where member_id = $1 and ended_at is null) as procedures`;

async function race(world: World, { what, wish = {}, prepare }: Race, found: string[]): Promise<void> {
  const keeper = await buildKeeper(world.target);
  const member = await buildMember({ account: keeper.account, ...wish });
  const act = await prepare(world, member, keeper);
  const form = await deletionForm(keeper, member.id);
  // The deletion compares a password first: the other one comes before, while or after it writes.
  const deletion = keeper.browser.submit(form, { currentPassword: keeper.member.password });
  await Promise.all([deletion, pause(Math.random() * 60).then(act)]);
  const { status } = await deletion;
  if (status !== 303) found.push(`deleted during ${what}: answered ${status}`);
  const open = await world.database.row<Record<string, number>>(OPEN, [member.id]);
  for (const [kind, count] of Object.entries(open))
    if (count > 0) found.push(`deleted during ${what}: ${kind} stay open`);
}

/** Of all races' members: every flow of a procedure has ended, once the relay has told it. */
async function noFlowRuns(world: World, found: string[]): Promise<void> {
  await world.database.quiet();
  const ended = await storedRows<{ flow: string }>(
    `select procedure.kind || '/' || procedure.id as flow from procedures procedure
       join members member on member.id = procedure.member_id where member.deleted_at is not null`,
  );
  const running = new Set(await world.histories.running());
  for (const { flow } of ended) if (running.has(flow)) found.push(`a flow of a deleted member still runs: ${flow}`);
}

/** Two members, each of whom deletes the other: one stays. */
async function mutual(world: World, found: string[]): Promise<void> {
  const keeper = await buildKeeper(world.target);
  const other = await buildMember({ account: keeper.account });
  const theirs = { ...keeper, member: other, browser: await holding(world.target, other) };
  const [first, second] = await Promise.all([deletionForm(keeper, other.id), deletionForm(theirs, keeper.member.id)]);
  await Promise.all([
    keeper.browser.submit(first, { currentPassword: keeper.member.password }),
    theirs.browser.submit(second, { currentPassword: other.password }),
  ]);
  const { living } = await world.database.row<{ living: number }>(
    'select count(*)::int as living from members where account_id = $1 and deleted_at is null',
    [keeper.account.id],
  );
  if (living !== 1) found.push(`two members who delete each other leave ${living}`);
}

/** The last 利用中 one, whoever is invited. */
async function last(world: World, found: string[]): Promise<void> {
  const keeper = await buildKeeper(world.target);
  await add(keeper, `waits-${keeper.account.loginId}@example.jp`);
  const form = await deletionForm(keeper, keeper.member.id);
  const answer = await keeper.browser.submit(form, { currentPassword: keeper.member.password });
  if (answer.status !== 422) found.push(`the last member deletes oneself and is answered ${answer.status}`);
}

export const s87: Row = {
  id: 'S87',
  requires: 'nothing outlives a deleted member, whatever happens at that moment; the last 利用中 member stays',
  asked: 'all pairs × 100: no orphan session, code, link or workflow',
  attack: async (world, scale) => {
    const repeats = times(scale, { planted: 8, ci: 1, full: 100 });
    const found: string[] = [];
    for (let repeat = 0; repeat < repeats; repeat += 1) {
      const chosen = scale === 'planted' ? races.slice(0, 1) : races;
      for (const each of chosen) await race(world, each, found);
      await mutual(world, found);
    }
    await last(world, found);
    if (scale !== 'planted') await noFlowRuns(world, found);
    return { found, said: `${races.length} races and two who delete each other, ${repeats} times: nothing stays open` };
  },
  plants: [
    {
      what: 'a sign-in does not look again whether its member still lives',
      process: 'races',
      mutations: [
        {
          file: 'server/index.js',
          find: /(from members where id = \$1) and deleted_at is null (for no key update)/,
          replace: '$1 $2',
        },
        {
          file: 'server/index.js',
          find: /(join accounts account on account\.id = member\.account_id\s+where member\.id = \$1) and member\.deleted_at is null(`,\s+\[person\.id\])/,
          replace: '$1$2',
        },
      ],
      shows: /deleted during a sign-in: sessions stay open/,
    },
    {
      what: 'members who delete do not queue',
      process: 'races',
      mutations: [
        {
          file: 'server/index.js',
          find: /(from members where account_id = \$1 and deleted_at is null order by id) for no key update/,
          replace: '$1',
        },
        { file: 'server/index.js', find: /await lockAccount\(tx, by\.accountId\);(\s+const member)/, replace: '$1' },
        {
          file: 'server/index.js',
          find: /await lockPerson\(tx, \{ kind: "member", id: memberId \}\) !== \(stored == null \? void 0 : stored\.hash\)/,
          replace: 'false',
        },
      ],
      shows: /two members who delete each other leave 0/,
    },
  ],
};
