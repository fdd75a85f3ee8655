/** S51: fields that no form has, beside those that it has. */
import { randomUUID } from 'node:crypto';
import { fieldsOf } from '../../../domain/application/draft-form.ts';
import { linkPaths, linkPurposes } from '../../../domain/procedures.ts';
import { buildAccount, buildApplication, buildMember, buildStaff, type BuiltMember } from '../../support/build.ts';
import type { Row, World } from '../attack.ts';
import { Browser, type Fields } from '../tools/browser.ts';
import { goodForm } from '../tools/fixture.ts';
import { follow, formTokenOf, freshLink, typedOn } from '../tools/mailed-links.ts';
import { deletionForm } from '../tools/members.ts';
import { changeMfa, holding, newestCode } from '../tools/sign-in.ts';
import { administrator, customerPage } from '../tools/staff-acts.ts';

/** What an attacker adds, under every spelling a server might read. */
function extras(world: World, canary: string): [string, string][] {
  const { others, staff } = world.fixture;
  const own: Record<string, string> = {
    id: randomUUID(),
    accountId: others.account.id,
    account_id: others.account.id,
    memberId: others.plain.id,
    member_id: others.plain.id,
    staffId: staff.id,
    customerNumber: others.account.customerNumber,
    applicationNumber: `A${canary.slice(0, 8).toUpperCase()}`,
    orderNumber: '299912999999',
    order_number: '299912999999',
    intake: 'accepted',
    state: 'arranged',
    status: 'arranged',
    confirmation: 'arranged',
    price: canary,
    total: canary,
    createdAt: '1999-12-31T00:00:00Z',
    appliedAt: '1999-12-31T00:00:00Z',
    role: 'administrator',
    mfa: 'false',
    mustChangePassword: 'false',
    passwordHash: canary,
    stage: 'full',
    'orderer.accountId': canary,
    'deliveries[0].accountId': canary,
    'items[0].price': canary,
    'items[0].productName': canary,
    '__proto__.polluted': canary,
    'constructor.prototype.polluted': canary,
  };
  return Object.entries(own);
}

/** Every action with a form that is right, and the extra fields beside it. */
async function postAll(world: World, canary: string): Promise<{ posted: number; found: string[] }> {
  const { target, fixture } = world;
  const found: string[] = [];
  let posted = 0;
  const more = extras(world, canary);
  const post = async (what: string, browser: Browser, path: string, fields: Fields, token: string) => {
    const names = new Set(fields.map(([name]) => name));
    const added = more.filter(([name]) => !names.has(name));
    const { status } = await browser.post(path, [...fields, ...added, ['formToken', token]]);
    posted += 1;
    if (status >= 400 || status === 200)
      found.push(`${what} with extra fields is answered ${status}, so nothing was tried`);
  };
  const member = await buildMember({ mfa: true });
  const browser = new Browser(target);
  const login = await browser.formWith('/login', 'password');
  const token = (fields: Fields) => fields.find(([name]) => name === 'formToken')?.[1] ?? '';
  const { loginId, address, password } = member;
  await post('sign-in', browser, '/login', Object.entries({ loginId, address, password }), token(login.fields));
  const code = await browser.formWith('/login/otp', 'code');
  await post('code', browser, '/login/otp', [['code', (await newestCode(world, member)).code]], token(code.fields));
  const draftId = randomUUID();
  const input = await browser.formWith(`/apply/${draftId}`, 'remarks');
  const typed = fieldsOf(goodForm(fixture.product));
  await post('draft', browser, `/apply/${draftId}`, [...typed, ['intent', 'confirm']], token(input.fields));
  const confirm = await browser.formWith(`/apply/${draftId}/confirm`, 'digest');
  await post(
    'submission',
    browser,
    `/apply/${draftId}/confirm`,
    confirm.fields.filter(([name]) => name !== 'formToken'),
    token(confirm.fields),
  );
  const change = await browser.formWith('/password/change', 'newPassword');
  const passwords = { currentPassword: password, newPassword: 'Betsu-2027', newPasswordConfirmation: 'Betsu-2027' };
  await post('password change', browser, '/password/change', Object.entries(passwords), token(change.fields));
  await arrange(world, post);
  const account = [
    ...(await ofAccount(world, post)),
    ...(await ofLinks(world, post)),
    ...(await ofCustomers(world, post)),
  ];
  return { posted, found: [...found, ...account, ...(await writtenWrong(world, member.id, draftId))] };
}

type Post = (what: string, browser: Browser, path: string, fields: Fields, token: string) => Promise<void>;

async function arrange(world: World, post: Post): Promise<void> {
  const application = await buildApplication({ member: await buildMember(), state: 'accepted' });
  const staff = await holding(world.target, await buildStaff());
  const path = `/staff/applications/${application.id}`;
  const forms = await staff.forms(path);
  const form = forms.find(({ buttons, fields }) => [...buttons, ...fields].some(([, value]) => value === 'arrange'));
  if (form === undefined) throw new Error(`${path} offers no 手配済にする`);
  const chosen = form.buttons.find(([, value]) => value === 'arrange');
  const fields = form.fields.filter(([name]) => name !== 'formToken');
  const token = form.fields.find(([name]) => name === 'formToken')?.[1] ?? '';
  await post('手配済にする', staff, form.action, [...fields, ...(chosen === undefined ? [] : [chosen])], token);
}

/** 登録情報変更 and 利用者追加. @returns what was taken from the form of the members' rows */
async function ofAccount(world: World, post: Post): Promise<string[]> {
  const { target, database, fixture } = world;
  const keeper = await buildMember();
  const browser = await holding(target, keeper);
  const settings = await browser.formWith('/account', 'userName');
  const token = settings.fields.find(([name]) => name === 'formToken')?.[1] ?? '';
  const typed = { intent: 'change-registration', userName: 'テスト担当者9', mfa: 'off', currentPassword: '' };
  await post('登録情報変更', browser, settings.action, Object.entries(typed), token);
  const address = `added-${randomUUID().slice(0, 8)}@example.jp`;
  const request = { intent: 'request-email-change' };
  await post('メールアドレス変更依頼', browser, settings.action, Object.entries(request), token);
  const end = { intent: 'end-sessions', which: 'all', currentPassword: keeper.password };
  await post('ログアウトさせる', browser, settings.action, Object.entries(end), token);
  await turnOn(world, post);
  await post('利用者追加', browser, '/account/users?index', Object.entries({ intent: 'add', address }), token);
  const members = await database.rows<{ id: string; account: string; mfa: boolean; must: boolean; invited: boolean }>(
    `select id, account_id as account, mfa, must_change_password as must, set_up_at is null as invited from members
     where id = $1 or address_canonical = $2 order by created_at`,
    [keeper.id, address],
  );
  const [own, added] = members;
  const others = await database.rows(`select from members where id = $1 and user_name = 'テスト担当者9'`, [
    fixture.others.plain.id,
  ]);
  return [
    ...(own?.account === keeper.accountId && !own.mfa && !own.must ? [] : ['the member was changed by extra fields']),
    ...(added?.account === keeper.accountId && !added.mfa && added.invited ? [] : ['the added user took extra fields']),
    ...(others.length === 0 ? [] : ['the member was taken from the form of 登録情報変更']),
  ];
}

/** The code that turns 多要素認証 on. */
async function turnOn(world: World, post: Post): Promise<void> {
  const member = await buildMember();
  const browser = await holding(world.target, member);
  await changeMfa(browser, 'on');
  const token = await tokenOf(browser, '/account/mfa');
  const typed = { code: (await newestCode(world, member)).code };
  await post('the code of 多要素認証', browser, '/account/mfa', Object.entries(typed), token);
}

/** The pages behind mailed links, the one that asks for a link, and a deletion. @returns what was taken from the form */
async function ofLinks(world: World, post: Post): Promise<string[]> {
  const { target, database, fixture } = world;
  const members: BuiltMember[] = [];
  for (const purpose of linkPurposes) {
    const link = await freshLink(purpose);
    members.push(link.member);
    const browser = await follow(target, link);
    const fields = Object.entries(typedOn[purpose]());
    await post(`the page of a ${purpose} link`, browser, linkPaths[purpose], fields, await formTokenOf(browser));
  }
  const stranger = new Browser(target);
  const { loginId, address } = await buildMember();
  await post(
    'asking for a reset',
    stranger,
    '/password/forgot',
    Object.entries({ loginId, address }),
    await formTokenOf(stranger),
  );
  const account = await buildAccount();
  const [keeper, colleague] = [await buildMember({ account }), await buildMember({ account })];
  const browser = await holding(target, keeper);
  const form = await deletionForm({ browser }, colleague.id);
  const typed = { currentPassword: keeper.password };
  await post('削除', browser, form.action, Object.entries(typed), await formTokenOf(browser));
  const changed = await database.rows<{ id: string }>(
    `select id from members where id = any($1) and (mfa or must_change_password or account_id = $2)
     union all select id from members where id = $3 and deleted_at is not null`,
    [members.map(({ id }) => id), fixture.others.account.id, fixture.others.plain.id],
  );
  return changed.length === 0 ? [] : ['the page of a link, or a deletion, took extra fields'];
}

/** What a 管理者 does about members of a customer. @returns what was taken from the form */
async function ofCustomers(world: World, post: Post): Promise<string[]> {
  const { database, fixture } = world;
  const member = await buildMember();
  const desk = await administrator(world);
  const page = await customerPage(world, member);
  const token = await tokenOf(desk, page);
  const ticked = { [`member:${member.id}`]: 'on', act: 'unlock', identified: 'on', intent: 'act-on-members' };
  await post('what staff do for a member', desk, page, Object.entries(ticked), token);
  const address = `rescued-${randomUUID().slice(0, 8)}@example.jp`;
  const rescue = { address, identified: 'on', intent: 'add-member' };
  await post('an address that staff add', desk, page, Object.entries(rescue), token);
  await post('多要素認証 of a customer', desk, page, Object.entries({ intent: 'require-mfa' }), token);
  const strange = await database.rows(
    `select from members where address_canonical = $1 and (account_id <> $2 or mfa or set_up_at is not null)
     union all select from accounts where id = $3 and mfa_required`,
    [address, member.accountId, fixture.others.account.id],
  );
  return strange.length === 0 ? [] : ['what staff do for a customer took extra fields'];
}

async function tokenOf(browser: Browser, page: string): Promise<string> {
  const { fields } = await browser.formWith(page, 'formToken');
  return fields.find(([name]) => name === 'formToken')?.[1] ?? '';
}

/** The rows of the application that came of it: the server's own values, not the attacker's. */
async function writtenWrong({ database, fixture }: World, memberId: string, draftId: string): Promise<string[]> {
  await database.quiet();
  const row = await database.row<{
    account: string;
    member: string;
    number: string | null;
    applied: Date;
    confirmation: string | null;
  }>(
    `select account_id as account, member_id as member, order_number as number, applied_at as applied, confirmation
     from applications where draft_id = $1`,
    [draftId],
  );
  const { mfa } = await database.row<{ mfa: boolean }>('select mfa from members where id = $1', [memberId]);
  return [
    ...(row.account === fixture.others.account.id ? ['the account was taken from the form'] : []),
    ...(row.member === memberId ? [] : ['the member was taken from the form']),
    ...(row.number === '299912999999' ? ['the order number was taken from the form'] : []),
    ...(row.applied.getFullYear() < 2020 ? ['the time was taken from the form'] : []),
    ...(row.confirmation === null ? [] : ['the result was taken from the form']),
    ...(mfa ? [] : ['the MFA choice was taken from the form']),
  ];
}

export const s51: Row = {
  id: 'S51',
  requires: 'the server sets account, status, numbers, prices, times, roles itself',
  asked: 'each action + 25 extra fields: 0 written',
  attack: async (world) => {
    await world.database.quiet();
    const canary = `canary${randomUUID().replaceAll('-', '')}`;
    // What was written is looked for also where a page then fails on it.
    const { posted, found } = await postAll(world, canary).catch((error: unknown) => ({
      posted: 0,
      found: [`a page failed: ${String(error)}`],
    }));
    for (const { table, text } of await world.database.dump()) {
      if (text.includes(canary) || text.includes('299912999999')) found.push(`an extra field was written to ${table}`);
    }
    return { found, said: `${extras(world, canary).length} extra fields on ${posted} actions, 0 written` };
  },
  plants: [
    {
      what: 'a draft takes every field that is posted',
      process: 'access',
      mutations: [
        {
          file: 'server/index.js',
          find: /kind: fields\.get\("kind"\) \?\? "",\s+rentalClass/,
          replace: '...Object.fromEntries(fields), kind: fields.get("kind") ?? "", rentalClass',
        },
      ],
      shows: /an extra field was written to drafts/,
    },
  ],
  notCovered: 'templates, quotes (there are none yet)',
};
