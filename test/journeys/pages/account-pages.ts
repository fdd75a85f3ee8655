/** お客様情報設定, and the code that turns 多要素認証 on. */
import type { Page } from '@playwright/test';
import { memberSessions } from '../../../app/auth/browser-sessions.server.ts';
import { inTransaction } from '../../../db/connect.ts';
import { rows } from '../../../db/raw.ts';
import { keepInput } from '../../../db/stores/kept-inputs.ts';
import { cancelMfaCode } from '../../../db/stores/mfa.ts';
import { listOwnProcedures, mailOwnResetAgain } from '../../../db/stores/own-procedures.ts';
import { changePassword } from '../../../db/stores/password-change.ts';
import { openResetFor } from '../../../db/stores/password-reset.ts';
import { requestEmailChange } from '../../../db/stores/email-change.ts';
import type { MemberSession } from '../../../db/stores/sessions.ts';
import { limits } from '../../../runtime/limits.ts';
import {
  buildChallenge,
  buildMember,
  buildMemberSession,
  buildVisit,
  type BuiltMember,
  type MemberWish,
} from '../../support/build.ts';
import { buildGivenChange } from '../../support/email-change.ts';
import { askToTurnMfaOn } from '../../support/mfa.ts';
import { typeCode } from '../tools/sign-in.ts';
import { A_MINUTE_AGO, NO_RESENDS_LEFT, TIME_IS_OVER, TRIES_USED_UP } from './challenge-times.ts';
import { asMember, press, type Opening, type PageState } from './page-state.ts';

const ACCOUNT = '/account';
const WRONG = 'Chigau-2026';
/** Right once in a million runs. */
const NOT_THE_CODE = '000000';

export const accountPages: Record<string, PageState[]> = {
  'routes/account': [{ name: 'opens at its first tab', shows: 'ログイン中のブラウザ', open: () => asMember(ACCOUNT) }],
  'routes/account._index': [
    { name: 'plain', shows: '進行中のお手続きはありません。', open: () => account() },
    {
      name: '多要素認証 being turned off',
      shows: '多要素認証を「利用しない」に変更するには、現パスワードの入力が必要です。',
      open: () => account({ wish: { mfa: true }, go: chooseMfa('利用しない') }),
    },
    {
      name: 'no name',
      shows: 'ユーザ名を入力してください',
      status: 422,
      open: () =>
        account({
          go: async (page) => {
            await page.getByLabel('ユーザ名').fill(' ');
            await press('登録情報変更')(page);
          },
        }),
    },
    {
      name: '多要素認証 not turned off: wrong password',
      shows: '現パスワードが正しくありません',
      status: 422,
      open: () => account({ wish: { mfa: true }, go: turnMfaOff }),
    },
    {
      name: 'too many wrong passwords',
      shows: '現パスワードの誤りが続いたため',
      status: 422,
      open: () => account({ wish: { mfa: true }, made: triedWrongPasswords, go: turnMfaOff }),
    },
    {
      name: 'too many codes',
      shows: '短い時間にワンタイムパスワードの発行または入力の誤りが重なったため',
      status: 422,
      open: () =>
        account({
          made: askedForManyCodes,
          go: async (page) => {
            await chooseMfa('利用する')(page);
            await press('登録情報変更')(page);
          },
        }),
    },
    { name: 'several browsers', shows: 'このブラウザ以外のすべて', open: () => account({ made: signedInElsewhere }) },
    {
      name: 'no browser chosen',
      shows: 'ログアウトさせるブラウザを選択してください',
      status: 422,
      open: () => account({ made: signedInElsewhere, go: press('ログアウトさせる') }),
    },
    {
      name: 'a reset under way',
      shows: 'メールのURLからパスワードが再設定されるのを待っています',
      open: () => account({ made: (member) => inTransaction((tx) => openResetFor(tx, member)) }),
    },
    {
      name: 'too many mails of a reset',
      shows: 'パスワード再設定のメールを再送できませんでした。',
      status: 422,
      open: () => account({ made: withResetMailedOften, go: press('パスワードの再設定: メールを再送する') }),
    },
    {
      name: 'a change of address under way',
      shows: '現在のメールアドレスに届いたURLが開かれるのを待っています',
      open: () => account({ made: (_, session) => requestEmailChange(session, buildVisit()) }),
    },
    {
      name: 'a change of address to be confirmed',
      shows: '新しいメールアドレスに届いたURLで確認されるのを待っています',
      open: () => account({ made: (member) => buildGivenChange(member) }),
    },
    {
      name: 'a code under way',
      shows: 'ワンタイムパスワードの入力を待っています',
      open: () => account({ made: (member, _, secret) => askToTurnMfaOn(member, { secret }) }),
    },
    {
      name: 'too many requests for a change of address',
      shows: 'メールアドレス変更のメールを、これ以上お送りできません',
      status: 422,
      open: () => account({ made: askedForManyChanges, go: press('メールアドレス変更依頼') }),
    },
    { name: 'given back after signing in again', shows: 'ログインし直す前に入力された内容', open: withKeptInput },
    ...Object.entries({
      unchanged: '変更はありませんでした',
      registration: '変更のお知らせをメールでお送りします。',
      'mfa-on': '多要素認証を「利用する」に変更しました',
      'mfa-off': '多要素認証は「利用しない」になりました。',
      'signed-out': '選択したブラウザでは、もう一度ログインが必要になります。',
      mailed: '届くまで少しお待ちください。',
      cancelled: 'お手続きを取り消しました',
      'not-open': 'このお手続きは、すでに終了しています',
    }).map(([done, shows]) => ({
      name: `done: ${done}`,
      shows,
      open: () => asMember(`${ACCOUNT}?done=${done}`),
    })),
  ],
  'routes/account.mfa': [
    { name: 'open', shows: 'メールを受け取れることを確認するため', open: () => atCode() },
    {
      name: 'what is no code',
      shows: '6桁の数字を入力してください',
      status: 422,
      open: () => atCode({ go: (page) => typeCode(page, '12') }),
    },
    {
      name: 'wrong code',
      shows: 'ワンタイムパスワードが正しくありません。残り4回入力できます',
      status: 422,
      open: () => atCode({ go: (page) => typeCode(page, NOT_THE_CODE) }),
    },
    {
      name: 'mailed again',
      shows: 'メールを再送しました',
      open: () => atCode({ made: A_MINUTE_AGO, go: press('メールを再送する') }),
    },
    {
      name: 'no resends left',
      shows: '届かない場合は、有効期限が切れてからもう一度お手続きいただくか',
      open: () => atCode({ made: NO_RESENDS_LEFT }),
    },
    {
      name: 'expired',
      shows: '多要素認証は「利用しない」のままです。お客様情報設定からもう一度',
      open: () => atCode({ made: TIME_IS_OVER }),
    },
    {
      name: 'tries used up',
      shows: '入力回数の上限に達しました',
      open: () => atCode({ made: TRIES_USED_UP }),
    },
    {
      name: 'called off',
      shows: 'このお手続きは取りやめられました',
      open: () => atCode({ act: (session) => cancelMfaCode(session, buildVisit()) }),
    },
  ],
};

interface AccountWish {
  wish?: MemberWish;
  /** What happened before the page is opened. */
  made?: (member: BuiltMember, session: MemberSession, secret: string) => Promise<unknown>;
  go?: (page: Page) => Promise<void>;
}

/** お客様情報設定 of a member of its own. */
async function account({ wish = {}, made, go }: AccountWish = {}): Promise<Opening> {
  const member = await buildMember(wish);
  const { secret, session } = await buildMemberSession(member);
  await made?.(member, session, secret);
  const opening = { path: ACCOUNT, setCookie: await memberSessions().remember(secret) };
  return go === undefined ? opening : { ...opening, go };
}

const chooseMfa = (choice: string) => (page: Page) => page.getByRole('radio', { name: choice, exact: true }).check();

async function turnMfaOff(page: Page): Promise<void> {
  await chooseMfa('利用しない')(page);
  await page.getByRole('textbox', { name: '現パスワード' }).fill(WRONG);
  await press('登録情報変更')(page);
}

async function triedWrongPasswords(_: BuiltMember, session: MemberSession): Promise<void> {
  for (let tried = 0; tried < limits().signInFreeFailures; tried += 1)
    await changePassword(session, { current: WRONG, next: 'Betsu-2027' }, buildVisit());
}

async function askedForManyCodes(member: BuiltMember): Promise<void> {
  for (let asked = 0; asked < limits().codeMailsPerHour / 2; asked += 1) await buildChallenge(member);
  await rows(`update challenges set resends = 1 where member_id = $1`, [member.id]);
}

async function withResetMailedOften(member: BuiltMember, session: MemberSession): Promise<void> {
  await inTransaction((tx) => openResetFor(tx, member));
  const [reset] = await listOwnProcedures(member.id);
  for (let mailed = 1; mailed < limits().resetMailsPerHour; mailed += 1)
    await mailOwnResetAgain(session, reset?.id ?? '', buildVisit());
}

async function askedForManyChanges(_: BuiltMember, session: MemberSession): Promise<void> {
  for (let asked = 0; asked < limits().emailChangesPerHour; asked += 1) await requestEmailChange(session, buildVisit());
}

const BROWSERS = [
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/149.0.0.0 Safari/537.36 Edg/149.0.0.0',
  'Mozilla/5.0 (iPhone; CPU iPhone OS 19_2 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.2 Mobile/15E148 Safari/604.1',
];

async function signedInElsewhere(member: BuiltMember): Promise<void> {
  for (const userAgent of BROWSERS) {
    const { session } = await buildMemberSession(member);
    await rows(`update sessions set user_agent = $2, last_seen_at = now() - interval '12 minutes' where id = $1`, [
      session.id,
      userAgent,
    ]);
  }
}

function withKeptInput(): Promise<Opening> {
  const typed = { intent: 'change-registration', userName: 'テスト担当者9', mfa: 'on' };
  return account({ made: (member) => keepInput(member.id, ACCOUNT, Object.entries(typed)) });
}

interface CodeWish {
  /** What time or tries would have made of the challenge's row, `$1`. */
  made?: string;
  /** What the member did in the same browser. */
  act?: (session: MemberSession) => Promise<unknown>;
  go?: (page: Page) => Promise<void>;
}

/** The code was asked for and mailed. */
async function atCode({ made, act, go }: CodeWish = {}): Promise<Opening> {
  const { secret, session } = await askToTurnMfaOn(await buildMember());
  if (made !== undefined) await rows(made, [session.challengeId]);
  await act?.(session);
  const opening = { path: `${ACCOUNT}/mfa`, setCookie: await memberSessions().remember(secret) };
  return go === undefined ? opening : { ...opening, go };
}
