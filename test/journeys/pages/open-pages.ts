/** Pages that need no sign-in, and the sign-in itself. */
import type { Page } from '@playwright/test';
import { memberSessions, staffSessions } from '../../../app/auth/browser-sessions.server.ts';
import { rows } from '../../../db/raw.ts';
import { newestLetterState } from '../../../db/stores/letters.ts';
import { waitFor } from '../../../scripts/start/wait.ts';
import { buildChallenge, buildMember, buildStaff, builtPassword } from '../../support/build.ts';
import { typeCode, typeSignIn } from '../tools/sign-in.ts';
import { A_MINUTE_AGO, NO_RESENDS_LEFT, TIME_IS_OVER, TRIES_USED_UP } from './challenge-times.ts';
import { shutOut } from './members-pages.ts';
import { asMember, press, type Opening, type PageState } from './page-state.ts';

const LATE = `update letters set state = 'pending', sent_at = null, tries = 2 where subject_id = $1`;
const UNDELIVERABLE = `update letters set state = 'parked', sent_at = null where subject_id = $1`;
/** Right once in a million runs. */
const NOT_THE_CODE = '000000';

export const openPages: Record<string, PageState[]> = {
  'routes/_index': [
    { name: 'signed out', shows: '商品のご注文や申込状況のご確認は', open: () => ({ path: '/' }) },
    {
      name: 'signed in',
      shows: 'パスワードや利用者などのご登録内容の変更と、申込履歴のご確認ができます。',
      open: () => asMember('/'),
    },
  ],
  'routes/contact': [{ name: 'open', shows: 'コンタクトセンタまでお電話ください', open: () => ({ path: '/contact' }) }],
  'routes/login': [
    {
      name: 'empty',
      shows: 'ログインID、メールアドレス、パスワードをご入力ください。',
      open: () => ({ path: '/login' }),
    },
    {
      name: 'nothing filled in',
      shows: '入力内容をご確認ください（3件）',
      status: 422,
      open: () => ({ path: '/login', go: press('ログイン') }),
    },
    {
      name: 'wrong combination',
      shows: 'ログインできませんでした',
      status: 422,
      open: async () => {
        const member = await buildMember();
        return { path: '/login', go: (page) => typeSignIn(page, { ...member, password: 'Chigau-2026' }) };
      },
    },
    shutOut,
  ],
  'routes/staff.login': [
    { name: 'empty', shows: 'メールアドレスとパスワードをご入力ください。', open: () => ({ path: '/staff/login' }) },
    {
      name: 'wrong combination',
      shows: 'ログインできませんでした',
      status: 422,
      open: async () => {
        const { address } = await buildStaff();
        const go: Opening['go'] = (page) => typeSignIn(page, { address, password: 'Chigau-2026' });
        return { path: '/staff/login', go };
      },
    },
  ],
  'routes/login_.otp': [
    { name: 'open', shows: '残り入力回数', open: () => beforeCode() },
    {
      name: 'what is no code',
      shows: '6桁の数字を入力してください',
      status: 422,
      open: () => beforeCode({ go: (page) => typeCode(page, '12') }),
    },
    {
      name: 'wrong code',
      shows: 'ワンタイムパスワードが正しくありません。残り4回入力できます',
      status: 422,
      open: () => beforeCode({ go: (page) => typeCode(page, NOT_THE_CODE) }),
    },
    {
      name: 'mailed again',
      shows: 'メールを再送しました',
      open: () => beforeCode({ made: A_MINUTE_AGO, go: press('メールを再送する') }),
    },
    {
      name: 'no resends left',
      shows: '再送できる回数の上限に達しました',
      open: () => beforeCode({ made: NO_RESENDS_LEFT }),
    },
    {
      name: 'the mail is late',
      shows: 'メールの送信に時間がかかっています',
      open: () => beforeCode({ letterMade: LATE }),
    },
    {
      name: 'the mail can not be delivered',
      shows: 'メールをお届けできていません',
      open: () => beforeCode({ letterMade: UNDELIVERABLE }),
    },
    {
      name: 'expired',
      shows: 'ワンタイムパスワードの有効期限が切れました',
      open: () => beforeCode({ made: TIME_IS_OVER }),
    },
    {
      name: 'tries used up',
      shows: '入力回数の上限に達しました',
      open: () => beforeCode({ made: TRIES_USED_UP }),
    },
  ],
  'routes/staff.login_.otp': [
    { name: 'open', shows: '残り入力回数', open: () => beforeCode({ staff: true }) },
    {
      name: 'wrong code',
      shows: 'ワンタイムパスワードが正しくありません。残り4回入力できます',
      status: 422,
      open: () => beforeCode({ staff: true, go: (page) => typeCode(page, NOT_THE_CODE) }),
    },
    {
      name: 'expired',
      shows: 'ワンタイムパスワードの有効期限が切れました',
      open: () => beforeCode({ staff: true, made: TIME_IS_OVER }),
    },
  ],
  'routes/password.change': [
    {
      name: 'forced',
      shows: 'メンテナンス後に初めてログイン頂く際は、パスワードの変更をお願いしております。',
      open: () => asMember('/apply', { mustChangePassword: true }),
    },
    { name: 'of one’s own accord', shows: 'パスワード入力の注意事項', open: () => asMember('/password/change') },
    {
      name: 'refused',
      shows: '入力内容をご確認ください',
      status: 422,
      open: async () => ({ ...(await asMember('/password/change')), go: press('パスワード変更') }),
    },
    {
      name: 'wrong current password',
      shows: '現パスワードが正しくありません',
      status: 422,
      open: () => changing({ current: 'Chigau-2026', next: 'Betsu-2027' }),
    },
    {
      name: 'a common password',
      shows: 'よく使われていて推測されやすい',
      status: 422,
      open: () => changing({ current: builtPassword, next: 'Password1' }),
    },
  ],
  'routes/password.changed': [
    { name: 'changed', shows: 'パスワードを変更しました', open: () => asMember('/password/changed') },
  ],
};

/** パスワード変更, filled in and sent. */
async function changing({ current, next }: { current: string; next: string }): Promise<Opening> {
  const go: Opening['go'] = async (page) => {
    await page.getByRole('textbox', { name: '現パスワード' }).fill(current);
    await page.getByRole('textbox', { name: '新パスワード' }).first().fill(next);
    await page.getByRole('textbox', { name: '新パスワード (確認用)' }).fill(next);
    await press('パスワード変更')(page);
  };
  return { ...(await asMember('/password/change')), go };
}

interface CodeWish {
  staff?: boolean;
  /** What time or tries would have made of the challenge's row, `$1`. */
  made?: string;
  /** What the mail server would have made of its letter's row. */
  letterMade?: string;
  go?: (page: Page) => Promise<void>;
}

/** The right password was typed, the code is asked for. */
async function beforeCode({ staff = false, made, letterMade, go }: CodeWish = {}): Promise<Opening> {
  const person = staff ? await buildStaff() : await buildMember({ mfa: true });
  const { secret, challengeId } = await buildChallenge(person);
  if (made !== undefined) await rows(made, [challengeId]);
  if (letterMade !== undefined) {
    await waitFor(() => expectSent(challengeId), { withinMs: 20_000 });
    await rows(letterMade, [challengeId]);
  }
  const setCookie = await (staff ? staffSessions() : memberSessions()).remember(secret);
  return { path: staff ? '/staff/login/otp' : '/login/otp', setCookie, ...(go === undefined ? {} : { go }) };
}

/** From then on its flow leaves the row alone. */
async function expectSent(challengeId: string): Promise<void> {
  const letter = await newestLetterState('one-time-password', challengeId);
  if (letter?.state !== 'sent') throw new Error(`the letter is ${letter?.state ?? 'missing'}`);
}
