/** S53: going on with the forms that were open when one was deleted. */
import { randomUUID } from 'node:crypto';
import { buildMember, type BuiltMember } from '../../support/build.ts';
import type { Row, World } from '../attack.ts';
import type { Browser } from '../tools/browser.ts';
import { goodForm } from '../tools/fixture.ts';
import { buildKeeper, deleteByPage, deletionForm, MEMBERS_PAGE } from '../tools/members.ts';
import { fieldsOf } from '../../../domain/application/draft-form.ts';
import type { PageForm } from '../tools/page.ts';
import { holding } from '../tools/sign-in.ts';

interface OpenForm {
  what: string;
  form: PageForm;
  typed: Record<string, string>;
}

/** One of each sort that a member may have open, filled in so that it would be taken. */
async function openForms(world: World, browser: Browser, member: BuiltMember, keeperId: string): Promise<OpenForm[]> {
  const draftId = randomUUID();
  const draft = Object.fromEntries(fieldsOf(goodForm(world.fixture.product)));
  const apply = await browser.formWith(`/apply/${draftId}`, 'remarks');
  const sent = randomUUID();
  const input = await browser.formWith(`/apply/${sent}`, 'remarks');
  await browser.submit(input, { ...draft, intent: 'confirm' });
  const password = { currentPassword: member.password };
  return [
    { what: 'a draft', form: apply, typed: { ...draft, intent: 'save' } },
    { what: 'a submission', form: await browser.formWith(`/apply/${sent}/confirm`, 'digest'), typed: {} },
    {
      what: '利用者追加',
      form: await browser.formWith(MEMBERS_PAGE, 'address'),
      typed: { address: `late-${member.loginId}@example.jp`, intent: 'add' },
    },
    { what: '利用者削除', form: await deletionForm({ browser }, keeperId), typed: password },
    {
      what: '登録情報変更',
      form: await browser.formWith('/account', 'userName'),
      typed: { userName: 'テスト担当者99', intent: 'change-registration' },
    },
    {
      what: 'パスワード変更',
      form: await browser.formWith('/password/change', 'newPassword'),
      typed: { ...password, newPassword: 'Betsu-2027', newPasswordConfirmation: 'Betsu-2027' },
    },
  ];
}

/** What the forms would have written. */
const WRITTEN = `
  select 'member' || to_jsonb(m)::text as row from members m where account_id = $1
  union all select 'draft' || to_jsonb(d)::text from drafts d join members m on m.id = d.member_id where m.account_id = $1
  union all select 'application' || a.id from applications a where a.account_id = $1`;

async function walk(world: World, asData: boolean, found: string[]): Promise<number> {
  const keeper = await buildKeeper(world.target);
  const member = await buildMember({ account: keeper.account });
  const browser = await holding(world.target, member);
  const forms = await openForms(world, browser, member, keeper.member.id);
  const deleted = await deleteByPage(keeper, member.id);
  if (deleted.status !== 303) found.push(`the deletion is answered ${deleted.status}`);
  const before = await world.database.rows<{ row: string }>(WRITTEN, [keeper.account.id]);
  for (const { what, form, typed } of forms) {
    const [path = '', query] = form.action.split('?');
    const action = asData ? `${path}.data${query === undefined ? '' : `?${query}`}` : form.action;
    const { status, headers, body } = await browser.submit({ ...form, action }, typed);
    const led = headers.location ?? body;
    if (status >= 500 || (status < 400 && !led.includes('/login')))
      found.push(`${what} by a deleted member is answered ${status}`);
  }
  for (const page of ['/account', MEMBERS_PAGE, '/apply', '/account/applications']) {
    if ((await browser.get(page)).status === 200) found.push(`${page} is still open to a deleted member`);
  }
  const after = await world.database.rows<{ row: string }>(WRITTEN, [keeper.account.id]);
  const known = new Set(before.map(({ row }) => row));
  for (const { row } of after) if (!known.has(row)) found.push(`a deleted member wrote ${row.slice(0, 60)}`);
  return forms.length;
}

export const s53: Row = {
  id: 'S53',
  requires: 'a deletion acts at once, also on forms that are open',
  asked: 'delete the member while forms are open, then submit each: refused',
  attack: async (world) => {
    const found: string[] = [];
    const forms = (await walk(world, false, found)) + (await walk(world, true, found));
    return { found, said: `${forms} open forms of a deleted member led to the sign-in, 0 rows written` };
  },
  plants: [
    {
      what: 'the sessions of a deleted member live on',
      process: 'invitations',
      mutations: [
        { file: 'server/index.js', find: 'await endSessionsOf(tx, memberId, "member-deleted");', replace: '' },
        {
          file: 'server/index.js',
          find: 'where session.secret_digest = $1 and member.deleted_at is null and',
          replace: 'where session.secret_digest = $1 and',
        },
      ],
      shows: /is still open to a deleted member/,
    },
  ],
};
