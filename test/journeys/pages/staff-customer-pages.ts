/** Staff: the customers, one of them, and their import. */
import type { Page } from '@playwright/test';
import { rows } from '../../../db/raw.ts';
import { requireMfa } from '../../../db/stores/customer-acts.ts';
import { addMemberByStaff } from '../../../db/stores/customer-rescue.ts';
import { readCustomer } from '../../../db/stores/customers.ts';
import { throttleKey } from '../../../db/stores/throttle.ts';
import { memberActs } from '../../../domain/customer-acts.ts';
import {
  buildAccount,
  buildMember,
  buildMemberSession,
  buildStaff,
  buildStaffSession,
  buildVisit,
  type BuiltAccount,
} from '../../support/build.ts';
import { invite } from '../../support/invited.ts';
import { mailAddress } from '../../support/mail-address.ts';
import { shiftLinks } from '../../support/links.ts';
import { asAdministrator, closedToCoordinators } from './administrator.ts';
import { press, type Opening, type PageState } from './page-state.ts';
import { staffImportPages } from './staff-import-pages.ts';

const LIST = '/staff/customers';

export const staffCustomerPages: Record<string, PageState[]> = {
  'routes/staff.customers._index': [
    { name: 'all', shows: '不正アクセスが疑われるときなどに', open: () => asAdministrator(LIST) },
    { name: 'found, with what is amiss', shows: 'メール未送信1件', open: () => found(neverMailed) },
    { name: 'with 多要素認証 for all', shows: '多要素認証必須', open: () => found(mfaForAll) },
    { name: 'several pages', shows: '1 / 2ページ', open: severalPages },
    {
      name: 'nothing found',
      shows: '条件に合うお客様は見つかりませんでした。',
      open: () => asAdministrator(`${LIST}?q=arimasen-arimasen`),
    },
    ...Object.entries({
      mailed: '未送信の利用者が、あと1件あります。',
      'end-every-session': 'ログイン中だったブラウザは3件です。',
      'require-every-password-change': '新たに対象になった利用者は3件です。',
    }).map(([done, shows]) => ({
      name: `done: ${done}`,
      shows,
      open: () => asAdministrator(`${LIST}?done=${done}&count=3&left=1`),
    })),
    {
      name: 'no act chosen',
      shows: '操作を選択してください',
      status: 422,
      open: () => asAdministrator(LIST, press('全員に実行する')),
    },
    {
      name: 'not confirmed',
      shows: 'すべてのお客様が対象であることを確認し、チェックを入れてください',
      status: 422,
      open: () =>
        asAdministrator(LIST, async (page) => {
          await page.getByRole('radio', { name: '全員をログアウトさせる' }).check();
          await press('全員に実行する')(page);
        }),
    },
    closedToCoordinators(LIST),
  ],
  'routes/staff.customers.$customerNumber': [
    { name: 'each member in a state of their own', shows: '入力誤りのため待機中', open: () => customer(eachState) },
    { name: 'nobody gets in', shows: 'どなたもログインできない状態です。', open: () => customer(neverMailed) },
    { name: 'nobody at all', shows: '利用者は登録されていません。', open: () => customer(nobody) },
    { name: 'ten members', shows: '利用者が10件登録されているため、追加できません。', open: () => customer(ten) },
    { name: '多要素認証 for all', shows: 'いまは、全員が必須です。', open: () => customer(mfaForAll) },
    ...Object.entries({
      created: '利用者はまだ登録されていません。',
      'created-mailed': '最初の利用者に、パスワード設定依頼メールを送信しました。',
      edited: '次に開かれる申込の入力画面から、新しい内容が表示されます。',
      added: '利用中の方がいる場合は、追加したことをメールでお知らせします。',
      'mfa-required': 'ワンタイムパスワードを使わずにログインしていた方は、ログアウトしました。',
      'mfa-released': '利用中の方にメールでお知らせします。お一人ずつの設定に戻ります。',
      unchanged: 'すでに、その設定になっています。',
    }).map(([done, shows]) => ({ name: `done: ${done}`, shows, open: () => customer(one, `?done=${done}`) })),
    ...memberActs.map((act) => ({
      name: `done: ${act}`,
      shows: '対象の利用者は2件です。残りの1件は、',
      open: () => customer(one, `?done=${act}&acted=2&left=1`),
    })),
    {
      name: 'nobody chosen',
      shows: '対象の利用者を選択してください',
      status: 422,
      open: () => customer(one, '', press('実行する')),
    },
    {
      name: 'the caller not identified',
      shows: 'お電話でご本人を確認し、チェックを入れてください',
      status: 422,
      open: () => customer(one, '', actOnFirst('多要素認証を「利用しない」にする')),
    },
    {
      name: 'deleted meanwhile',
      shows: '選択した利用者が、先に削除されました。',
      status: 409,
      open: () =>
        customer(one, '', async (page, { id }) => {
          await rows(`update members set deleted_at = now() where account_id = $1`, [id]);
          await actOnFirst('ログアウトさせる')(page);
        }),
    },
    {
      name: '多要素認証 turned off against the rule for all',
      shows: 'このお客様では多要素認証が必須です。',
      status: 409,
      open: () =>
        customer(mfaForAll, '', async (page) => {
          await page.getByRole('checkbox', { name: 'お電話で、ご本人であることを確認しました' }).check();
          await actOnFirst('多要素認証を「利用しない」にする')(page);
        }),
    },
    {
      name: 'rescue without an address',
      shows: 'メールアドレスを入力してください',
      status: 422,
      open: () => customer(one, '', adding('')),
    },
    {
      name: 'rescue to what is no address',
      shows: 'メールアドレスの形式が正しくありません。例：tanto@example.jp',
      status: 422,
      open: () => customer(one, '', adding('tanto.example.jp')),
    },
    {
      name: 'rescue after the mails of a day',
      shows: '本日お送りできるパスワード設定依頼メールの上限に達しました',
      status: 422,
      open: () => customer(mailsUsedUp, '', adding('new@example.jp')),
    },
    {
      name: 'the last place taken meanwhile',
      shows: '先にご利用にならない方を削除してください',
      status: 409,
      open: () =>
        customer(one, '', async (page, account) => {
          await ten(account, 2);
          await adding('new@example.jp')(page);
        }),
    },
    {
      name: 'no such customer',
      shows: 'ページが見つかりませんでした',
      status: 404,
      open: () => asAdministrator(`${LIST}/C999999`),
    },
    closedToCoordinators(`${LIST}/C999999`),
  ],
  ...staffImportPages,
};

type Fill = (account: BuiltAccount) => Promise<unknown>;

async function customer(
  fill: Fill,
  query = '',
  go?: (page: Page, account: BuiltAccount) => Promise<void>,
): Promise<Opening> {
  const account = await buildAccount();
  await fill(account);
  const path = `${LIST}/${account.customerNumber}${query}`;
  return asAdministrator(path, go === undefined ? undefined : (page) => go(page, account));
}

/** The list, searched for one customer. */
async function found(fill: Fill): Promise<Opening> {
  const account = await buildAccount();
  await fill(account);
  return asAdministrator(`${LIST}?q=${account.loginId}`);
}

async function severalPages(): Promise<Opening> {
  const company = `株式会社試験${Date.now()}`;
  for (let n = 1; n <= 21; n += 1) await buildAccount({ company });
  return asAdministrator(`${LIST}?${new URLSearchParams({ q: company }).toString()}`);
}

const nobody: Fill = () => Promise.resolve();
const one: Fill = (account) => buildMember({ account, mfa: true });
const neverMailed: Fill = (account) => buildMember({ account, password: null });

async function ten(account: BuiltAccount, from = 1): Promise<void> {
  for (let member = from; member <= 10; member += 1) await buildMember({ account });
}

const administrator = async () => (await buildStaffSession(await buildStaff({ role: 'administrator' }))).session;

async function customerRow({ customerNumber }: BuiltAccount) {
  const row = await readCustomer(customerNumber);
  if (row === undefined) throw new Error('the built customer is missing');
  return row;
}

async function mfaForAll(account: BuiltAccount): Promise<void> {
  await one(account);
  await requireMfa(await administrator(), await customerRow(account), true, buildVisit());
}

/** 利用中 with all that can be said of one, 設定待ち, mailed in vain, 設定期限切れ, and an imported one who was never mailed. */
async function eachState(account: BuiltAccount): Promise<void> {
  const member = await buildMember({ account, mfa: true, mustChangePassword: true });
  const { session } = await buildMemberSession(member);
  const waits = throttleKey('member', account.loginId, member.address);
  await rows(
    `insert into sign_in_throttles (key, failures, last_failure_at, wait_until) values ($1, 6, now(), now() + interval '1 hour')`,
    [waits],
  );
  await invite(session);
  const undelivered = await invite(session);
  await rows(`update letters set state = 'parked', sent_at = null where recipient = $1`, [undelivered.address]);
  await shiftLinks((await invite(session)).id, -73 * 3600);
  await neverMailed(account);
}

/** As if twenty had gone out: one did. */
async function mailsUsedUp(account: BuiltAccount): Promise<void> {
  const added = await addMemberByStaff(
    await administrator(),
    await customerRow(account),
    mailAddress(`used-up-${account.loginId}@example.jp`),
    buildVisit(),
  );
  if (!added.ok) throw new Error(`the invitation was refused: ${added.reason}`);
  await rows(
    `insert into letters (kind, subject_id, occurrence, recipient, facts, message_id, give_up_at, state)
     select kind, subject_id, 'again-' || n, recipient, facts, gen_random_uuid()::text, now(), 'abandoned'
     from letters, generate_series(2, 20) as n where kind = 'password-setup' and recipient = $1`,
    [`used-up-${account.loginId}@example.jp`],
  );
}

/** Chooses the first member and an act, and presses the button. */
const actOnFirst = (act: string) => async (page: Page) => {
  await page.getByRole('group', { name: '対象の利用者' }).getByRole('checkbox').first().check();
  await page.getByRole('radio', { name: act }).check();
  await press('実行する')(page);
};

const adding = (address: string) => async (page: Page) => {
  await page.getByLabel('追加するメールアドレス').fill(address);
  await page.getByRole('checkbox', { name: 'お電話で、ご契約のお客様ご本人であることを確認しました' }).check();
  await press('追加する')(page);
};
