/** ログイン, of members and of staff. */
import type { SignInRefusal } from '../../db/stores/sign-in.ts';

export const signInTexts = {
  title: 'ログイン',
  lead: 'ログインID、メールアドレス、パスワードをご入力ください。',
  loginId: 'ログインID',
  address: 'メールアドレス',
  password: 'パスワード',
  submit: 'ログイン',
  forgotten: 'パスワードをお忘れの方はこちら',
  refusedTitle: 'ログインできませんでした',
} as const;

export const staffSignInTexts = {
  title: 'スタッフ用ログイン',
  lead: 'メールアドレスとパスワードをご入力ください。続けて、メールでお送りするワンタイムパスワードの入力が必要です。',
  forgottenHint: 'パスワードが分からない場合は、管理者にご連絡ください。',
} as const;

/** What is missing, named by its label. */
export const signInRequired: Record<'loginId' | 'address' | 'password', string> = {
  loginId: 'ログインIDを入力してください',
  address: 'メールアドレスを入力してください',
  password: 'パスワードを入力してください',
};

/** One answer for every wrong combination; it ends with what to do after repeated failures (S01). */
export const signInRefusals: Record<SignInRefusal, (until: string) => readonly string[]> = {
  refused: () => [
    '入力された内容の組み合わせが正しくありません。ご確認のうえ、もう一度お試しください。',
    '続けて失敗すると、安全のため、正しく入力してもしばらくログインできなくなります。そのときは15分ほど時間をおいてからお試しください。それでもログインできない場合は、コンタクトセンタまでお問い合わせください。',
  ],
  'code-locked': (until) => [
    '短い時間にワンタイムパスワードの発行または入力の誤りが重なったため、安全のため発行を停止しています。',
    `${until} 以降に、もう一度ログインしてください。お急ぎの場合は、コンタクトセンタまでお問い合わせください。`,
  ],
};
