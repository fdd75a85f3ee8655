/** A customer registered and changed by staff, page by page as Remix calls it (spec.md Staff; security.md S42, S47–S49, S51). */
import { randomUUID } from 'node:crypto';
import type { AppLoadContext } from '@remix-run/node';
import { describe, expect, it } from 'vitest';
import { action as change, loader as showEdit } from '../../app/routes/staff.customers.$customerNumber_.edit.tsx';
import { action as create, loader as showNew } from '../../app/routes/staff.customers.new.tsx';
import { newCustomerTexts } from '../../app/texts/staff-customer-data.ts';
import { rows } from '../../db/raw.ts';
import { readCustomer } from '../../db/stores/customers.ts';
import { accountFields, type AccountData } from '../../domain/account-data.ts';
import { buildAccount } from '../support/build.ts';
import { useStores } from '../support/stores.ts';
import { administratorContext, answerOf, asked, emptyContext, signedInMember, staffContext } from '../support/web.ts';

useStores();

const LIST = '/staff/customers';

type Posted = [string, string][];
const answered = (work: () => unknown) => answerOf(Promise.resolve().then(work));

/** As `buildAccount` makes them. */
const DATA: AccountData = {
  company: '株式会社テスト電設',
  department: '設備部',
  postalCode: '100-0001',
  address: '東京都千代田区千代田1-1',
  telephone: '03-0000-0000',
  fax: '03-0000-0001',
};

const typedNew = (over: Record<string, string> = {}): Record<string, string> => ({
  loginId: `kaisha-${randomUUID().slice(0, 8)}`,
  ...DATA,
  mailAddress: '',
  ...over,
});

const register = async (typed: Record<string, string>) => {
  const context = await administratorContext();
  return answered(() => create(asked(context, `${LIST}/new`, {}, Object.entries(typed))));
};

const editOf = (customerNumber: string, posted?: Posted) => (context: AppLoadContext) =>
  asked(context, `${LIST}/${customerNumber}/edit`, { customerNumber }, posted);

const postedChange = (seen: AccountData, typed: AccountData): Posted => [
  ...Object.entries(typed),
  ...Object.entries(seen).map(([name, value]): [string, string] => [`seen.${name}`, value]),
];

const save = async (customerNumber: string, seen: AccountData, typed: AccountData) => {
  const context = await administratorContext();
  return answered(() => change(editOf(customerNumber, postedChange(seen, typed))(context)));
};

async function stored(customerNumber: string): Promise<AccountData> {
  const customer = await readCustomer(customerNumber);
  if (customer === undefined) throw new Error('the customer is missing');
  const { company, department, postalCode, address, telephone, fax } = customer;
  return { company, department, postalCode, address, telephone, fax };
}

describe('roles', () => {
  const calls: [what: string, call: (context: AppLoadContext) => unknown][] = [
    ['the form', (context) => showNew(asked(context, `${LIST}/new`, {}))],
    ['registering', (context) => create(asked(context, `${LIST}/new`, {}, Object.entries(typedNew())))],
    ['the form of a change', (context) => showEdit(editOf('C000001')(context))],
    ['a change', (context) => change(editOf('C000001', postedChange(DATA, DATA))(context))],
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

describe('registering', () => {
  it('leads to the new customer, with slips of the keyboard forgiven', async () => {
    const loginId = `kaisha-${randomUUID().slice(0, 8)}`;

    const answer = await register(
      typedNew({
        loginId: ` ${loginId.toUpperCase()}　`,
        postalCode: '１０００００１',
        telephone: '０３（００００）００００',
      }),
    );

    const number = /^\/staff\/customers\/(C\d+)\?done=created$/.exec(answer.location ?? '')?.[1] ?? '';
    expect(answer.status).toBe(303);
    expect(await stored(number)).toEqual(DATA);
    expect(await readCustomer(number)).toMatchObject({ loginId });
  });

  it('with a first address it mails the link, and the page says so', async () => {
    const mailAddress = `Hajime-${randomUUID().slice(0, 8)}@example.jp`;

    const answer = await register(typedNew({ mailAddress: `　${mailAddress} ` }));

    expect(answer.location).toMatch(/\?done=created-mailed$/);
    expect(await rows(`select kind from letters where recipient = $1`, [mailAddress])).toEqual([
      { kind: 'password-setup' },
    ]);
  });

  it('tells every fault at once and gives all back that was typed', async () => {
    const typed = {
      loginId: '株式会社',
      company: ' ',
      department: 'あ'.repeat(101),
      postalCode: '不明',
      address: '東京都\u202e',
      telephone: 'なし',
      fax: '03',
      mailAddress: 'tanto',
    };

    const answer = await register(typed);

    const { errors } = answer.data as { errors: { field: string; message: string }[] };
    expect(answer).toMatchObject({ status: 422, data: { typed, taken: undefined, importRuns: false } });
    expect(errors.map(({ field }) => field)).toEqual(['loginId', ...accountFields, 'mailAddress']);
    expect(errors[1]?.message).toBe('会社名を入力してください');
    expect(errors[2]?.message).toBe('部署名は100文字以内で入力してください');
  });

  it('names the customer that has the ログインID, whatever its spelling', async () => {
    const { loginId, customerNumber } = await buildAccount();

    const answer = await register(typedNew({ loginId: loginId.toUpperCase() }));

    expect(answer).toMatchObject({
      status: 422,
      data: { errors: [{ field: 'loginId', message: newCustomerTexts.taken(customerNumber) }], taken: customerNumber },
    });
  });

  it.each(['loginId', 'fax', 'mailAddress'])('without the field %s it is no form of ours: 400', async (missing) => {
    const typed = Object.entries(typedNew()).filter(([name]) => name !== missing);

    expect(await register(Object.fromEntries(typed))).toMatchObject({ status: 400 });
  });
});

describe('a change', () => {
  it('shows what is stored, stores what is typed, and leads back', async () => {
    const { customerNumber, loginId } = await buildAccount();
    const context = await administratorContext();

    const before = await showEdit(editOf(customerNumber)(context));
    const answer = await save(customerNumber, DATA, { ...DATA, fax: '', department: '　第一設備部 ' });

    expect(before).toEqual({ customerNumber, loginId, stored: DATA });
    expect(answer).toMatchObject({ status: 303, location: `${LIST}/${customerNumber}?done=edited` });
    expect(await stored(customerNumber)).toEqual({ ...DATA, fax: '', department: '第一設備部' });
  });

  it('of nothing says so', async () => {
    const { customerNumber } = await buildAccount();

    expect(await save(customerNumber, DATA, DATA)).toMatchObject({
      status: 303,
      location: `${LIST}/${customerNumber}?done=unchanged`,
    });
  });

  it('that is refused keeps what was typed, and what the page had shown', async () => {
    const { customerNumber } = await buildAccount();
    const typed = { ...DATA, company: '', telephone: '110' };

    const answer = await save(customerNumber, DATA, typed);

    expect(answer).toMatchObject({ status: 422, data: { shown: typed, seen: DATA, conflicts: [] } });
    expect(await stored(customerNumber)).toEqual(DATA);
  });

  it('that comes second is told what the first one changed; the next press stores it knowingly', async () => {
    const { customerNumber } = await buildAccount();
    const theirs = { ...DATA, telephone: '03-1111-1111', company: '株式会社べつの電設' };
    const mine = { ...DATA, company: '株式会社あたらしい電設' };
    await save(customerNumber, DATA, theirs);

    const second = await save(customerNumber, DATA, mine);
    const { shown, seen } = second.data as { shown: AccountData; seen: AccountData };
    const untouched = await stored(customerNumber);
    const third = await save(customerNumber, seen, shown);

    expect(second).toMatchObject({
      status: 409,
      data: {
        errors: [],
        seen: theirs,
        shown: { ...theirs, company: mine.company },
        conflicts: [
          { field: 'company', seen: DATA.company, current: theirs.company, typed: mine.company },
          { field: 'telephone', seen: DATA.telephone, current: theirs.telephone, typed: DATA.telephone },
        ],
      },
    });
    expect(untouched).toEqual(theirs);
    expect(third.location).toContain('done=edited');
    expect(await stored(customerNumber)).toEqual({ ...theirs, company: mine.company });
  });

  it('S51: neither ログインID nor number nor 多要素認証 is taken from the form', async () => {
    const { customerNumber, loginId } = await buildAccount();
    const context = await administratorContext();
    const more: Posted = [
      ['loginId', 'betsu0001'],
      ['customerNumber', 'C999999'],
      ['mfaRequired', 'true'],
      ['id', randomUUID()],
    ];

    await answered(() =>
      change(editOf(customerNumber, [...postedChange(DATA, { ...DATA, fax: '' }), ...more])(context)),
    );

    expect(await readCustomer(customerNumber)).toMatchObject({ customerNumber, loginId, mfaRequired: false, fax: '' });
  });

  it('S48: of no such customer is a page that is not there; without the hidden fields it is no form of ours', async () => {
    const { customerNumber } = await buildAccount();
    const context = await administratorContext();

    for (const number of ['C999999', 'x', "C000001'"]) {
      expect(await answered(() => showEdit(editOf(number)(context)))).toMatchObject({ status: 404 });
      expect(await save(number, DATA, DATA)).toMatchObject({ status: 404 });
    }
    expect(
      await answered(() => change(editOf(customerNumber, Object.entries({ ...DATA, fax: '' }))(context))),
    ).toMatchObject({ status: 400 });
  });
});
