/** 「利用者管理」 and the password set-up of invited members. */
import type { Page } from '@playwright/test';
import { rows } from '../../../db/raw.ts';
import { deleteMember } from '../../../db/stores/member-deletion.ts';
import { completeSetup } from '../../../db/stores/password-setup.ts';
import type { MemberSession } from '../../../db/stores/sessions.ts';
import { buildMember, buildVisit, builtPassword } from '../../support/build.ts';
import { buildKeeper, invite } from '../../support/invited.ts';
import { mailedToken, shiftLinks } from '../../support/links.ts';
import { sessionCookie } from '../tools/session-cookie.ts';
import { press, type Opening, type PageState } from './page-state.ts';

const LIST = '/account/users';
const THREE_DAYS_LATE = -73 * 3600;

export const membersPages: Record<string, PageState[]> = {
  'routes/account.users._index': [
    { name: 'alone', shows: '利用中の方がほかにいないため、削除できません。', open: () => withList() },
    { name: 'each member in a state of their own', shows: '設定期限切れ', open: () => withList(eachState) },
    { name: 'ten members', shows: '登録できる利用者は10件までです', open: () => withList(ten) },
    { name: 'added', shows: '利用者を追加しました', open: () => withList(undefined, adding(freshAddress)) },
    { name: 'nothing typed', shows: '入力内容をご確認ください', status: 422, open: () => refused('') },
    {
      name: 'no address',
      shows: 'メールアドレスの形式が正しくありません。例：tanto@example.jp',
      status: 422,
      open: () => refused('tanto.example.jp'),
    },
    {
      name: 'a duplicate',
      shows: 'このメールアドレスは、すでに利用者一覧に登録されています',
      status: 422,
      open: async () => {
        const { keeper } = await buildKeeper();
        return { path: LIST, setCookie: await sessionCookie(keeper), go: adding(() => keeper.address) };
      },
    },
    {
      name: 'full meanwhile',
      shows: '先にご利用にならない方を削除してください',
      status: 422,
      open: fullMeanwhile,
    },
    { name: 'mailed again', shows: 'パスワード設定依頼メールを再送しました', open: () => withList(one, mailAgain) },
    {
      name: 'set up meanwhile',
      shows: 'この方はすでにパスワードを設定し、ご利用を始めています。',
      status: 409,
      open: setUpMeanwhile,
    },
    { name: 'deleted', shows: '利用者を削除しました', open: () => withList(undefined, undefined, '?done=deleted') },
  ],
  'routes/account.users.$memberId.delete': [
    { name: 'a colleague', shows: 'この方が進めていたお手続き', open: () => withDeletion() },
    {
      name: 'one who was invited',
      shows: 'お送りしたパスワード設定のURLは',
      open: () => withDeletion({ invited: true }),
    },
    { name: 'oneself', shows: 'ご自身を削除すると', open: () => withDeletion({ self: true }) },
    {
      name: 'no password',
      shows: '現パスワードを入力してください',
      status: 422,
      open: () => withDeletion({ go: press('削除する') }),
    },
    {
      name: 'wrong password',
      shows: '現パスワードが正しくありません',
      status: 422,
      open: () => withDeletion({ go: confirming('Chigau-2026') }),
    },
    {
      name: 'the last one',
      shows: '利用者を削除できませんでした',
      status: 422,
      open: () => withDeletion({ self: true, alone: true, go: confirming(builtPassword) }),
    },
    {
      name: 'no such member',
      shows: 'ページが見つかりませんでした',
      status: 404,
      open: async () => ({ ...(await withList()), path: `${LIST}/00000000-0000-4000-8000-000000000000/delete` }),
    },
  ],
  'routes/account_.deleted': [
    { name: 'oneself deleted', shows: 'ご自身の利用者登録を削除し', open: () => ({ path: '/account/deleted' }) },
  ],
  'routes/password.setup': [
    { name: 'open', shows: 'ご利用を始めるために、', open: () => withLink() },
    {
      name: 'nothing filled in',
      shows: 'ユーザ名を入力してください',
      status: 422,
      open: () => withLink({ go: press('設定する') }),
    },
    {
      name: 'a weak password',
      shows: '入力内容をご確認ください',
      status: 422,
      open: () => withLink({ go: settingUp('himitsu') }),
    },
    { name: 'expired', shows: 'このURLは有効期限切れです', status: 410, open: () => withLink({ made: 'expired' }) },
    { name: 'used', shows: 'このURLは使用済みです', status: 410, open: () => withLink({ made: 'used' }) },
    { name: 'cancelled', shows: 'このURLは取り消し済みです', status: 410, open: () => withLink({ made: 'cancelled' }) },
    { name: 'never ours', shows: '無効なURLです', status: 404, open: () => ({ path: '/password/setup?token=broken' }) },
  ],
  'routes/password.setup_.done': [
    { name: 'set', shows: '設定が完了しました。', open: () => withLink({ go: settingUp('Atarashi-27') }) },
  ],
};

/** The sign-in, for whom was deleted while a page of theirs was open. It stands with the sign-in's own states. */
export const shutOut: PageState = {
  name: 'deleted meanwhile',
  shows: '利用者登録が削除されたため、ログアウトしました',
  open: async () => {
    const { keeper, session, account } = await buildKeeper();
    const member = await buildMember({ account });
    const setCookie = await sessionCookie(member);
    await deleteMember(session, member.id, keeper.password, buildVisit());
    return { path: LIST, setCookie };
  },
};

let last = 0;
const freshAddress = (): string => `added-${Date.now()}-${(last += 1)}@example.jp`;

/** @param fill what the account has besides the member who looks */
async function withList(
  fill: (session: MemberSession) => Promise<void> = () => Promise.resolve(),
  go?: Opening['go'],
  query = '',
): Promise<Opening> {
  const { keeper, session } = await buildKeeper();
  await fill(session);
  const opening = { path: `${LIST}${query}`, setCookie: await sessionCookie(keeper) };
  return go === undefined ? opening : { ...opening, go };
}

async function one(session: MemberSession): Promise<void> {
  await invite(session);
}

async function ten(session: MemberSession): Promise<void> {
  for (let n = 2; n <= 10; n += 1) await invite(session);
}

/** 利用中, 設定待ち, mailed in vain, 設定期限切れ, and an imported one who was never mailed. */
async function eachState(session: MemberSession): Promise<void> {
  const { accountId: id, loginId, company, customerNumber } = session;
  const account = { id, loginId, company, customerNumber };
  await buildMember({ account, userName: 'テスト担当者2' });
  await invite(session);
  const undelivered = await invite(session);
  await rows(`update letters set state = 'parked', sent_at = null where recipient = $1`, [undelivered.address]);
  await shiftLinks((await invite(session)).id, THREE_DAYS_LATE);
  await buildMember({ account, userName: 'テスト担当者3', password: null });
}

const adding = (address: () => string) => async (page: Page) => {
  await page.getByLabel('メールアドレス').fill(address());
  await press('追加')(page);
};

const refused = (typed: string): Promise<Opening> =>
  withList(
    undefined,
    adding(() => typed),
  );

const mailAgain = (page: Page) => page.getByRole('main').getByText('メールを再送', { exact: true }).click();

async function fullMeanwhile(): Promise<Opening> {
  const { keeper, session } = await buildKeeper();
  const go = async (page: Page) => {
    await ten(session);
    await adding(freshAddress)(page);
  };
  return { path: LIST, setCookie: await sessionCookie(keeper), go };
}

async function setUpMeanwhile(): Promise<Opening> {
  const { keeper, session } = await buildKeeper();
  const { id } = await invite(session);
  const go = async (page: Page) => {
    await setUp(id);
    await mailAgain(page);
  };
  return { path: LIST, setCookie: await sessionCookie(keeper), go };
}

async function setUp(memberId: string): Promise<void> {
  const token = await mailedToken(memberId, 'password-setup');
  await completeSetup(token, { userName: 'テスト担当者2', password: 'Atarashi-27' }, buildVisit());
}

interface DeletionWish {
  invited?: boolean;
  self?: boolean;
  alone?: boolean;
  go?: NonNullable<Opening['go']>;
}

async function withDeletion({ invited = false, self = false, alone = false, go }: DeletionWish = {}): Promise<Opening> {
  const { keeper, session, account } = await buildKeeper();
  const other = invited || alone ? await invite(session) : await buildMember({ account, userName: 'テスト担当者2' });
  const path = `${LIST}/${self ? keeper.id : other.id}/delete`;
  const opening = { path, setCookie: await sessionCookie(keeper) };
  return go === undefined ? opening : { ...opening, go };
}

const confirming = (password: string) => async (page: Page) => {
  await page.getByRole('textbox', { name: '現パスワード' }).fill(password);
  await press('削除する')(page);
};

interface LinkWish {
  made?: 'expired' | 'used' | 'cancelled';
  go?: NonNullable<Opening['go']>;
}

async function withLink({ made, go }: LinkWish = {}): Promise<Opening> {
  const { keeper, session } = await buildKeeper();
  const { id } = await invite(session);
  const token = await mailedToken(id, 'password-setup');
  if (made === 'expired') await shiftLinks(id, THREE_DAYS_LATE);
  if (made === 'used') await setUp(id);
  if (made === 'cancelled') await deleteMember(session, id, keeper.password, buildVisit());
  const path = `/password/setup?token=${token}`;
  return go === undefined ? { path } : { path, go };
}

const settingUp = (password: string) => async (page: Page) => {
  await page.getByLabel('ユーザ名').fill('テスト担当者2');
  await page.getByRole('textbox', { name: '新パスワード', exact: false }).first().fill(password);
  await page.getByRole('textbox', { name: '新パスワード (確認用)' }).fill(password);
  await press('設定する')(page);
};
