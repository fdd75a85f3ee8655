/** Staff: a customer registered and changed by hand. */
import { randomUUID } from 'node:crypto';
import type { Page } from '@playwright/test';
import { rows } from '../../../db/raw.ts';
import { buildAccount, type BuiltAccount } from '../../support/build.ts';
import { asAdministrator, closedToCoordinators } from './administrator.ts';
import { whileAnImportRuns } from './held-imports.ts';
import { press, type Opening, type PageState } from './page-state.ts';

const LIST = '/staff/customers';
const NEW = `${LIST}/new`;
const EDIT = `${LIST}/C000001/edit`;

export const staffCustomerDataPages: Record<string, PageState[]> = {
  'routes/staff.customers.new': [
    { name: 'open', shows: 'ご契約のお客様を1社ずつ登録します。', open: () => asAdministrator(NEW) },
    {
      name: 'nothing typed',
      shows: 'ログインIDを入力してください',
      status: 422,
      open: () => asAdministrator(NEW, press('登録する')),
    },
    {
      name: 'every field wrong',
      shows: 'メールアドレスの形式が正しくありません。例：tanto@example.jp',
      status: 422,
      open: () => asAdministrator(NEW, registering(WRONG)),
    },
    {
      name: 'a ログインID that is taken',
      shows: 'のお客様が使用しています',
      status: 422,
      open: async () => {
        const { loginId } = await buildAccount();
        return asAdministrator(NEW, registering({ ログインID: loginId, 会社名: '株式会社テスト電設' }));
      },
    },
    {
      name: 'while an import runs',
      shows: 'お客様の取り込みを実行しています。',
      status: 409,
      open: async () => {
        const loginId = `journey-${randomUUID().slice(0, 8)}`;
        const typed = { ログインID: loginId, 会社名: '株式会社テスト電設' };
        return whileAnImportRuns(await asAdministrator(NEW, registering(typed)));
      },
    },
    closedToCoordinators(NEW),
  ],
  'routes/staff.customers.$customerNumber_.edit': [
    { name: 'open', shows: 'お客様の「見積・注文」の入力画面に', open: () => edit() },
    {
      name: 'every field wrong',
      shows: '会社名を入力してください',
      status: 422,
      open: () => edit((page) => changing({ ...WRONG_DATA, 会社名: '' })(page)),
    },
    {
      name: 'changed by somebody else meanwhile',
      shows: 'ほかの担当者が変更した項目',
      status: 409,
      open: () =>
        edit(async (page, { id }) => {
          await rows(
            `update accounts set telephone = '03-1111-1111', fax = '', company = '株式会社べつの電設' where id = $1`,
            [id],
          );
          await changing({ 会社名: '株式会社あたらしい電設' })(page);
        }),
    },
    closedToCoordinators(EDIT),
  ],
};

type Typed = Record<string, string>;

const WRONG_DATA: Typed = {
  部署名: 'あ'.repeat(101),
  郵便番号: '不明',
  電話番号: 'なし',
  FAX番号: '03',
};

const WRONG: Typed = { ...WRONG_DATA, ログインID: '株式会社', 会社名: '', メールアドレス: 'tanto.example.jp' };

/** Fills in by label, and presses the button. */
const filling = (button: string) => (typed: Typed) => async (page: Page) => {
  for (const [label, value] of Object.entries(typed))
    await page.getByRole('textbox', { name: new RegExp(`^${label}`) }).fill(value);
  await press(button)(page);
};

const registering = filling('登録する');
const changing = filling('変更する');

async function edit(go?: (page: Page, account: BuiltAccount) => Promise<void>): Promise<Opening> {
  const account = await buildAccount();
  const path = `${LIST}/${account.customerNumber}/edit`;
  return asAdministrator(path, go === undefined ? undefined : (page) => go(page, account));
}
