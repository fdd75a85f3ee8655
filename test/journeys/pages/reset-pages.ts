/** パスワード再設定 and the link of a ログイン通知メール: asking, the live page, each dead one, what comes after. */
import type { Page } from '@playwright/test';
import { inTransaction } from '../../../db/connect.ts';
import { cancelAllLinksOf } from '../../../db/stores/links.ts';
import { completeReset, openResetFor } from '../../../db/stores/password-reset.ts';
import { signInMember } from '../../../db/stores/sign-in.ts';
import { reportSignIn } from '../../../db/stores/unknown-sign-in.ts';
import { linkPaths, type DeadLink, type LinkPurpose } from '../../../domain/procedures.ts';
import { buildMember, buildVisit } from '../../support/build.ts';
import { mailedToken, shiftLinks } from '../../support/links.ts';
import { press, type Opening, type PageState } from './page-state.ts';

const SET = 'パスワードを再設定する';
const STOP = '心当たりがないので停止する';

export const resetPages: Record<string, PageState[]> = {
  'routes/password.forgot': [
    {
      name: 'open',
      shows: 'パスワードを再設定するためのURLをメールでお送りします。',
      open: () => ({ path: '/password/forgot' }),
    },
    {
      name: 'nothing filled in',
      shows: '入力内容をご確認ください（2件）',
      status: 422,
      open: () => ({ path: '/password/forgot', go: press('再設定のメールを送る') }),
    },
    {
      name: 'what is no address',
      shows: 'メールアドレスを「name@example.jp」のような形で入力してください',
      status: 422,
      open: () => ({ path: '/password/forgot', go: askForNobody }),
    },
  ],
  'routes/password.forgot_.asked': [
    { name: 'asked', shows: 'メールが届かないとき', open: () => ({ path: '/password/forgot/asked' }) },
  ],
  'routes/password.reset': [
    { name: 'open', shows: '新しいパスワードを入力してください。', open: () => withReset() },
    {
      name: 'nothing filled in',
      shows: '入力内容をご確認ください（2件）',
      status: 422,
      open: () => withReset({ go: press(SET) }),
    },
    {
      name: 'rules broken',
      shows: '新パスワードは8~12文字で入力してください',
      status: 422,
      open: () => withReset({ go: (page) => typeNewPassword(page, 'abc') }),
    },
    {
      name: 'easy to guess',
      shows: 'よく使われていて推測されやすいためご利用いただけません',
      status: 422,
      open: () => withReset({ go: (page) => typeNewPassword(page, 'Password1') }),
    },
    {
      name: 'used in another tab meanwhile',
      shows: 'このURLは使用済みです',
      status: 410,
      open: async () => {
        const { token, ...opening } = await withReset();
        const go = async (page: Page) => {
          await completeReset(token, 'Atarashi-26', buildVisit());
          await typeNewPassword(page, 'Atarashi-27');
        };
        return { ...opening, go };
      },
    },
    ...deadStates('password-reset', withReset, (token) => completeReset(token, 'Atarashi-27', buildVisit())),
  ],
  'routes/password.reset_.done': [
    { name: 'done', shows: 'パスワードを再設定しました', open: () => ({ path: '/password/reset/done' }) },
  ],
  'routes/sign-in-notice': [
    { name: 'open', shows: 'ほかの人がサイトを使えないように、すぐに停止できます。', open: () => withNotice() },
    {
      name: 'pressed in another tab meanwhile',
      shows: 'このURLは使用済みです',
      status: 410,
      open: async () => {
        const { token, ...opening } = await withNotice();
        const go = async (page: Page) => {
          await reportSignIn(token, buildVisit());
          await press(STOP)(page);
        };
        return { ...opening, go };
      },
    },
    ...deadStates('sign-in-notice', withNotice, (token) => reportSignIn(token, buildVisit())),
  ],
  'routes/sign-in-notice_.done': [
    { name: 'done', shows: 'ログインを停止しました', open: () => ({ path: '/sign-in-notice/done' }) },
  ],
};

async function askForNobody(page: Page): Promise<void> {
  await page.getByLabel('ログインID').fill('demo0001');
  await page.getByLabel('メールアドレス').fill('tanto1');
  await press('再設定のメールを送る')(page);
}

async function typeNewPassword(page: Page, next: string): Promise<void> {
  await page.getByRole('textbox', { name: '新パスワード' }).first().fill(next);
  await page.getByRole('textbox', { name: '新パスワード (確認用)' }).fill(next);
  await press(SET)(page);
}

interface WithLink extends Opening {
  memberId: string;
  token: string;
}

interface Wish {
  go?: NonNullable<Opening['go']>;
}

/** A member to whom a reset's link was mailed. */
async function withReset({ go }: Wish = {}): Promise<WithLink> {
  const member = await buildMember();
  await inTransaction((tx) => openResetFor(tx, member));
  return withLink('password-reset', member.id, go);
}

/** A member who has just signed in. */
async function withNotice(): Promise<WithLink> {
  const member = await buildMember();
  await signInMember(member, undefined, buildVisit());
  return withLink('sign-in-notice', member.id);
}

async function withLink(purpose: LinkPurpose, memberId: string, go?: Wish['go']): Promise<WithLink> {
  const token = await mailedToken(memberId, purpose);
  return { path: `${linkPaths[purpose]}?token=${token}`, memberId, token, ...(go === undefined ? {} : { go }) };
}

const A_WEEK_AND_A_MINUTE = 7 * 24 * 3_600 + 60;

/** The four pages of a link that leads nowhere. */
function deadStates(
  purpose: LinkPurpose,
  withLive: () => Promise<WithLink>,
  use: (token: string) => Promise<unknown>,
): PageState[] {
  const died = (dead: DeadLink, shows: string, end: (link: WithLink) => Promise<unknown>): PageState => ({
    name: dead,
    shows,
    status: dead === 'unknown' ? 404 : 410,
    open: async () => {
      const link = await withLive();
      await end(link);
      return { path: link.path };
    },
  });
  return [
    died('expired', 'このURLは有効期限切れです', ({ memberId }) => shiftLinks(memberId, -A_WEEK_AND_A_MINUTE)),
    died('used', 'このURLは使用済みです', ({ token }) => use(token)),
    died('cancelled', 'このURLは取り消し済みです', ({ memberId }) =>
      inTransaction((tx) => cancelAllLinksOf(tx, memberId)),
    ),
    { name: 'unknown', shows: '無効なURLです', status: 404, open: () => ({ path: linkPaths[purpose] }) },
  ];
}
