/** Staff's customers, page by page as Remix calls it (spec.md Staff; security.md S29, S42, S48, S49, S52). */
import { randomUUID } from 'node:crypto';
import type { AppLoadContext } from '@remix-run/node';
import { describe, expect, it } from 'vitest';
import { action as act, loader as show } from '../../app/routes/staff.customers.$customerNumber.tsx';
import { action as actOnAll, loader as showList } from '../../app/routes/staff.customers._index.tsx';
import { action as choose, loader as showChoice } from '../../app/routes/staff.customers.import.tsx';
import { action as run, loader as showImport } from '../../app/routes/staff.customers.import_.$importId.tsx';
import { addRefusals } from '../../app/texts/members.ts';
import { customerFaults, everyoneTexts, memberActRefusals } from '../../app/texts/staff-customers.ts';
import { rows } from '../../db/raw.ts';
import { readMemberSession } from '../../db/stores/sessions.ts';
import { buildAccount, buildMember, buildMemberSession, type BuiltAccount } from '../support/build.ts';
import { useStores } from '../support/stores.ts';
import { administratorContext, answerOf, asked, emptyContext, signedInMember, staffContext } from '../support/web.ts';

useStores();

const LIST = '/staff/customers';

type Posted = [string, string][];
const answered = (work: () => unknown) => answerOf(Promise.resolve().then(work));
const list = async (search = '') => showList(asked(await administratorContext(), `${LIST}${search}`, {}));
const pressOnList = (context: AppLoadContext, posted: Posted) =>
  answered(() => actOnAll(asked(context, `${LIST}?index`, {}, posted)));

const customer = (customerNumber: string, search = '', posted?: Posted) => ({
  at: (context: AppLoadContext) => asked(context, `${LIST}/${customerNumber}${search}`, { customerNumber }, posted),
});
const shown = async ({ customerNumber }: BuiltAccount, search = '') =>
  show(customer(customerNumber, search).at(await administratorContext()));
const press = async ({ customerNumber }: BuiltAccount, posted: Posted) => {
  const context = await administratorContext();
  return answered(() => act(customer(customerNumber, '', posted).at(context)));
};
const actOn = (account: BuiltAccount, memberIds: readonly string[], more: Posted) =>
  press(account, [
    ['intent', 'act-on-members'],
    ...memberIds.map((id): [string, string] => [`member:${id}`, 'on']),
    ...more,
  ]);
const add = (account: BuiltAccount, address: string, identified = true) =>
  press(account, [
    ['intent', 'add-member'],
    ['address', address],
    ...(identified ? ([['identified', 'on']] as Posted) : []),
  ]);

const fieldsOf = (data: unknown) => (data as { errors: { field: string }[] }).errors.map(({ field }) => field);

async function withMember(wish: Parameters<typeof buildMember>[0] = {}) {
  const account = await buildAccount();
  return { account, member: await buildMember({ account, ...wish }) };
}

describe('roles', () => {
  const importId = randomUUID();
  const importPage = (posted?: Posted) => (context: AppLoadContext) =>
    asked(context, `${LIST}/import/${importId}`, { importId }, posted);
  const calls: [what: string, call: (context: AppLoadContext) => unknown][] = [
    ['the list', (context) => showList(asked(context, LIST, {}))],
    ['an act on everybody', (context) => actOnAll(asked(context, LIST, {}, [['intent', 'mail-never-mailed']]))],
    ['a customer', (context) => show(customer('C000001').at(context))],
    ['an act on a customer', (context) => act(customer('C000001', '', [['intent', 'require-mfa']]).at(context))],
    ['the choice of a file', (context) => showChoice(asked(context, `${LIST}/import`, {}))],
    ['an upload', (context) => choose(asked(context, `${LIST}/import`, {}, []))],
    ['an import', (context) => showImport(importPage()(context))],
    ['the run of an import', (context) => run(importPage([['digest', 'x']])(context))],
  ];

  it.each(calls)('S49: %s is for a 管理者 alone', async (_, call) => {
    const coordinator = await staffContext();
    const { context: member } = await signedInMember();
    const signIn = /^\/staff\/login\?returnTo=%2Fstaff%2Fcustomers/;

    expect(await answered(() => call(coordinator))).toMatchObject({ status: 403, data: undefined });
    expect((await answered(() => call(member))).location).toMatch(signIn);
    expect((await answered(() => call(emptyContext()))).location).toMatch(signIn);
  });
});

describe('the list', () => {
  it('finds by what is typed, shows the first page beyond the last one, and knows its own words only', async () => {
    const { account } = await withMember({ password: null });
    const found = await list(`?q=${account.loginId}&filter=never-mailed&page=99`);
    const strange = await list(`?q=${account.loginId}&filter=toString&page=x`);

    const { customerNumber, loginId, company } = account;
    expect(found).toMatchObject({ typed: loginId, filter: 'never-mailed', page: 1, total: 1, last: 1 });
    expect(found.found).toEqual([
      { customerNumber, loginId, company, mfaRequired: false, members: 1, active: 0, neverMailed: 1 },
    ]);
    expect(strange).toMatchObject({ filter: 'all', page: 1, total: 1 });
    expect(await list(`?q=${randomUUID()}`)).toMatchObject({ total: 0, found: [] });
  });

  it('says what was done only in words and numbers of its own', async () => {
    expect((await list('?done=mailed&count=3&left=1')).done).toEqual({
      title: 'パスワード設定依頼メールを3件送信しました',
      text: '未送信の利用者が、あと1件あります。',
    });
    expect((await list('?done=mailed&count=1e9&left=-1')).done?.title).toContain('0件');
    expect((await list('?done=toString')).done).toBeUndefined();
  });

  it('an act on everybody needs the act and the confirmation, and gives back what was chosen', async () => {
    const context = await administratorContext();
    const intent: [string, string] = ['intent', 'act-on-everyone'];
    const chosen: [string, string] = ['act', 'end-every-session'];

    const nothing = await pressOnList(context, [intent]);
    const unconfirmed = await pressOnList(context, [intent, chosen]);
    const unchosen = await pressOnList(context, [intent, ['confirm', 'on']]);

    expect(nothing).toMatchObject({ status: 422, data: { kept: { act: undefined, confirmed: false } } });
    expect(fieldsOf(nothing.data)).toEqual(['act', 'confirm']);
    expect(unconfirmed).toMatchObject({
      status: 422,
      data: { errors: [{ field: 'confirm', message: everyoneTexts.confirmMissing }], kept: { act: chosen[1] } },
    });
    expect(unchosen).toMatchObject({
      status: 422,
      data: { errors: [{ field: 'act', message: everyoneTexts.actMissing }], kept: { confirmed: true } },
    });
    for (const posted of [[], [['intent', 'toString']], [intent, ['act', 'toString']]] as Posted[])
      expect(await pressOnList(context, posted)).toMatchObject({ status: 400 });
  });

  it('S29: everybody is signed out at once, and everybody is asked for a new password', async () => {
    const context = await administratorContext();
    const { secret } = await buildMemberSession(await buildMember());
    const confirmed: Posted = [
      ['intent', 'act-on-everyone'],
      ['confirm', 'on'],
    ];

    const ended = await pressOnList(context, [...confirmed, ['act', 'end-every-session']]);
    const required = await pressOnList(context, [...confirmed, ['act', 'require-every-password-change']]);

    expect(ended).toMatchObject({ status: 303 });
    expect(ended.location).toMatch(/^\/staff\/customers\?done=end-every-session&count=[1-9]\d*&left=0$/);
    expect(required.location).toMatch(/^\/staff\/customers\?done=require-every-password-change&count=[1-9]\d*&left=0$/);
    expect(await readMemberSession(secret)).toBeUndefined();
  });

  it('those who never got a mail are mailed, and the list says how many', async () => {
    const { member } = await withMember({ password: null });

    const answer = await pressOnList(await administratorContext(), [['intent', 'mail-never-mailed']]);

    expect(answer.location).toMatch(/^\/staff\/customers\?done=mailed&count=[1-9]\d*&left=0$/);
    expect(await rows(`select kind from letters where recipient = $1`, [member.address])).toEqual([
      { kind: 'password-setup' },
    ]);
  });
});

describe('a customer', () => {
  it('is shown with its members, where nobody gets in and where there is no room', async () => {
    const { account, member } = await withMember({ password: null });
    const alone = await shown(account);
    for (let n = 2; n <= 10; n += 1) await buildMember({ account });

    const full = await shown(account);

    expect(alone.facts).toMatchObject({ customerNumber: account.customerNumber, loginId: account.loginId });
    expect(alone).toMatchObject({ mfaRequired: false, lockedOut: true, fullAt: undefined, done: undefined });
    expect(alone.members).toEqual([
      {
        id: member.id,
        userName: 'テスト担当者1',
        address: member.address,
        state: 'expired',
        setupUntil: undefined,
        mailFailed: false,
        mfa: false,
        mustChange: false,
        sessions: 0,
        waits: false,
      },
    ]);
    expect(full).toMatchObject({ lockedOut: false, fullAt: 10 });
  });

  it('S48: of no such number is a page that is not there', async () => {
    const context = await administratorContext();

    for (const number of ['C999999', 'C1', 'c000001', 'x', "C000001'"]) {
      expect(await answered(() => show(customer(number).at(context)))).toMatchObject({ status: 404 });
      const posted: Posted = [['intent', 'require-mfa']];
      expect(await answered(() => act(customer(number, '', posted).at(context)))).toMatchObject({ status: 404 });
    }
  });

  it('says what was done only in words of its own', async () => {
    const { account } = await withMember();

    expect((await shown(account, '?done=added')).done).toEqual({ notice: 'added' });
    expect((await shown(account, '?done=unlock&acted=2&left=x')).done).toEqual({ act: 'unlock', acted: 2, left: 0 });
    expect((await shown(account, '?done=toString')).done).toBeUndefined();
  });

  it.each([
    [[]],
    [[['intent', 'delete']]],
    [
      [
        ['intent', 'act-on-members'],
        ['act', 'delete'],
      ],
    ],
  ] as [Posted][])('%j is nothing that a form of the page posts: 400', async (posted) => {
    const { account } = await withMember();

    expect(await press(account, posted)).toMatchObject({ status: 400 });
  });
});

describe('acts on members', () => {
  it('lead back to the page, which says how many were meant', async () => {
    const { account, member } = await withMember();
    const invited = await buildMember({ account, password: null });

    const answer = await actOn(account, [member.id, invited.id], [['act', 'require-password-change']]);

    const search = '?done=require-password-change&acted=1&left=1';
    expect(answer).toMatchObject({ status: 303, location: `${LIST}/${account.customerNumber}${search}` });
    expect(await shown(account, search)).toMatchObject({
      done: { act: 'require-password-change', acted: 1, left: 1 },
      members: [{ mustChange: true }, { mustChange: false }],
    });
  });

  it('need somebody, an act, and for a rescue the identified caller; what was chosen comes back', async () => {
    const { account, member } = await withMember({ mfa: true });

    const nothing = await actOn(account, [], []);
    const nobody = await actOn(
      account,
      [],
      [
        ['act', 'unlock'],
        ['identified', 'on'],
      ],
    );
    const unidentified = await actOn(account, [member.id], [['act', 'turn-mfa-off']]);

    expect(nothing.status).toBe(422);
    expect(fieldsOf(nothing.data)).toEqual(['members', 'act']);
    expect(nobody).toMatchObject({ status: 422, data: { kept: { members: [], act: 'unlock', identified: true } } });
    expect(unidentified).toMatchObject({
      status: 422,
      data: {
        errors: [{ field: 'identified', message: customerFaults['not-identified'] }],
        kept: { members: [member.id], act: 'turn-mfa-off', identified: false },
      },
    });
    expect((await shown(account)).members).toMatchObject([{ mfa: true }]);
  });

  it('turning 多要素認証 off is refused where it is asked of the whole account', async () => {
    const { account, member } = await withMember({ mfa: true });
    const rescue = () =>
      actOn(
        account,
        [member.id],
        [
          ['act', 'turn-mfa-off'],
          ['identified', 'on'],
        ],
      );
    await press(account, [['intent', 'require-mfa']]);

    const refused = await rescue();
    await press(account, [['intent', 'release-mfa']]);

    expect(refused).toMatchObject({ status: 409, data: { notice: [memberActRefusals['mfa-required']] } });
    expect((await rescue()).location).toContain('done=turn-mfa-off&acted=1&left=0');
  });

  it('S48: a member of another customer is refused like one who is gone, and nothing is done for the others', async () => {
    const { account, member } = await withMember();
    const { secret } = await buildMemberSession(member);
    const stranger = await buildMember();

    const answer = await actOn(account, [member.id, stranger.id], [['act', 'end-sessions']]);

    expect(answer).toMatchObject({
      status: 409,
      data: { errors: [], notice: [memberActRefusals['member-gone']], kept: { members: [member.id, stranger.id] } },
    });
    expect(await readMemberSession(secret)).toBeDefined();
    expect(await actOn(account, ['x'], [['act', 'end-sessions']])).toMatchObject({ status: 404 });
  });
});

describe('a rescue', () => {
  it('adds an address for who was identified by telephone, and leads back to the page', async () => {
    const { account } = await withMember({ password: null });

    const answer = await add(account, '　Ｎew@Example.JP ');

    expect(answer).toMatchObject({ status: 303, location: `${LIST}/${account.customerNumber}?done=added` });
    expect((await shown(account)).members[1]).toMatchObject({ address: 'New@Example.JP', state: 'waiting' });
  });

  it.each([
    ['', addRefusals.missing(10)],
    ['tanto', addRefusals['not-an-address'](10)],
  ])('%j is refused with the reason; address and tick come back', async (address, message) => {
    const { account } = await withMember();

    expect(await add(account, address)).toMatchObject({
      status: 422,
      data: { errors: [{ field: 'address', message }], typed: { address, identified: true } },
    });
  });

  it('without the tick, or to an address that is there, nothing is added', async () => {
    const { account, member } = await withMember();

    const unidentified = await add(account, 'new@example.jp', false);
    const taken = await add(account, member.address.toUpperCase());

    expect(unidentified).toMatchObject({
      status: 422,
      data: { typed: { address: 'new@example.jp', identified: false } },
    });
    expect(fieldsOf(unidentified.data)).toEqual(['rescueIdentified']);
    expect(taken).toMatchObject({ status: 422, data: { errors: [{ message: addRefusals['address-taken'](10) }] } });
    expect((await shown(account)).members).toHaveLength(1);
  });

  it('where the last place was taken meanwhile the page says so: it has no form any more', async () => {
    const { account } = await withMember();
    for (let n = 2; n <= 10; n += 1) await buildMember({ account });

    expect(await add(account, 'eleventh@example.jp')).toMatchObject({
      status: 409,
      data: { errors: [], notice: [addRefusals.full(10)] },
    });
  });
});

it('多要素認証 is asked of an account and released again; what is so already changes nothing', async () => {
  const { account } = await withMember();
  const goesOn = (done: string) => ({ status: 303, location: `${LIST}/${account.customerNumber}?done=${done}` });

  expect(await press(account, [['intent', 'require-mfa']])).toMatchObject(goesOn('mfa-required'));
  expect(await shown(account)).toMatchObject({ mfaRequired: true });
  expect(await press(account, [['intent', 'require-mfa']])).toMatchObject(goesOn('unchanged'));
  expect(await press(account, [['intent', 'release-mfa']])).toMatchObject(goesOn('mfa-released'));
});
