/** 「お客様情報設定」. Labels and the note on 多要素認証: the customer's document; explanations ours. */
import type { ProcedureKind } from '../../domain/procedures.ts';
import type { CurrentPasswordRefusal } from '../../db/stores/current-password.ts';

export const accountSettingsTexts = {
  title: 'お客様情報設定',
  refused: '変更できませんでした',
} as const;

export const passwordCardTexts = {
  title: 'パスワード変更',
  lead: 'ログインに使うパスワードを変更します。',
  button: 'パスワード変更',
} as const;

export const registrationTexts = {
  title: '登録情報変更',
  mfa: '多要素認証',
  mfaChoices: { off: '利用しない', on: '利用する' },
  mfaNote: [
    '※多要素認証を利用する場合、ログイン時、登録されたメールアドレス宛にメールを送信します。',
    'メールに記載されたワンタイムパスワードを、有効期限内に画面へ入力してください。',
  ],
  mfaRequired: '利用する（必須）',
  mfaRequiredNote:
    '貴社では、ログインのたびにワンタイムパスワードの入力が必要です。ご不明な点は、コンタクトセンタまでお問い合わせください。',
  currentPassword: '現パスワード',
  currentPasswordHint: '多要素認証を「利用しない」に変更するには、現パスワードの入力が必要です。',
  submit: '登録情報変更',
  restored: 'ログインし直す前に入力された内容を表示しています。まだ保存されていません。',
} as const;

export const ownSessionsTexts = {
  title: 'ログイン中のブラウザ',
  lead: '現在ログインしているブラウザの一覧です。心当たりのないものがあれば、ログアウトさせたうえで、パスワードを変更してください。',
  own: 'このブラウザ',
  browser: 'ブラウザ',
  ip: 'IPアドレス',
  signedInAt: 'ログイン日時',
  lastSeenAt: '最終利用',
  now: '現在利用中',
  none: 'ほかにログイン中のブラウザはありません。',
  which: 'ログアウトさせるブラウザ',
  all: 'このブラウザ以外のすべて',
  currentPassword: '現パスワード',
  currentPasswordHint: 'ご本人であることの確認のため、入力してください。',
  submit: 'ログアウトさせる',
} as const;

export const ownProceduresTexts = {
  title: '進行中のお手続き',
  none: '進行中のお手続きはありません。',
  begunAt: '開始日時',
  endsAt: '有効期限',
  until: (endsAt: string, left: string) => `${endsAt}（${left}）`,
  newAddress: '新しいメールアドレス',
  reference: '照合番号',
  resend: 'メールを再送する',
  cancel: 'このお手続きを取り消す',
  enterCode: 'ワンタイムパスワードを入力する',
} as const;

/** How long something is still valid, in the two largest units. */
export function timeLeftText(seconds: number): string {
  const minutes = Math.ceil(seconds / 60);
  const [days, hours] = [Math.floor(minutes / 1440), Math.floor((minutes % 1440) / 60)];
  if (days > 0) return hours > 0 ? `残り${days}日${hours}時間` : `残り${days}日`;
  return hours > 0 ? `残り${hours}時間${minutes % 60}分` : `残り${minutes}分`;
}

/** What is open, by its kind; `mfa-on` is the code that turns 多要素認証 on. */
export const procedureNames: Record<ProcedureKind | 'mfa-on', string> = {
  'password-reset': 'パスワードの再設定',
  'password-setup': 'パスワードの設定',
  'email-change': 'メールアドレス変更',
  'mfa-on': '多要素認証の設定',
};

/** What has just been done, by its word in the address. */
export const accountNotices = {
  unchanged: { title: '変更はありませんでした', text: '登録情報は、もとのままです。' },
  registration: { title: '登録情報を変更しました', text: '変更のお知らせをメールでお送りします。' },
  'mfa-on': {
    title: '多要素認証を「利用する」に変更しました',
    text: '次回から、ログインのたびにワンタイムパスワードをメールでお送りします。安全のため、ほかのブラウザのログインは終了しました。',
  },
  'mfa-off': {
    title: '登録情報を変更しました',
    text: '多要素認証は「利用しない」になりました。安全のため、ほかのブラウザのログインは終了しました。変更のお知らせをメールでお送りします。',
  },
  'signed-out': { title: 'ログアウトさせました', text: '選択したブラウザでは、もう一度ログインが必要になります。' },
  mailed: { title: 'メールを再送しました', text: '届くまで少しお待ちください。有効期限は変わりません。' },
  cancelled: {
    title: 'お手続きを取り消しました',
    text: 'お送り済みのメールに記載のURLやワンタイムパスワードは、ご利用いただけなくなりました。',
  },
  'not-open': {
    title: 'このお手続きは、すでに終了しています',
    text: '完了したか、有効期限が切れたか、取り消されています。',
  },
} as const;

export const accountFaults = {
  'password-missing': '現パスワードを入力してください',
  'browser-missing': 'ログアウトさせるブラウザを選択してください',
  'mfa-required':
    '貴社では多要素認証が必須のため、「利用しない」に変更できません。コンタクトセンタまでお問い合わせください。',
} as const;

export const accountRefusals: Record<CurrentPasswordRefusal, string> = {
  'current-password-wrong': '現パスワードが正しくありません',
  'has-to-wait':
    '現パスワードの誤りが続いたため、しばらく変更できません。15分ほど時間をおいて、もう一度お試しください。',
};

export const codeLockedLines = (until: string): string[] => [
  '短い時間にワンタイムパスワードの発行または入力の誤りが重なったため、安全のため発行を停止しています。',
  `${until} 以降に、もう一度お試しください。お急ぎの場合は、コンタクトセンタまでお問い合わせください。`,
];

export const resetMailLines = (until: string): string[] => [
  '短い時間に送信が重なったため、パスワード再設定のメールを再送できませんでした。',
  `お送り済みのメールのURLは、有効期限までご利用いただけます。${until} 以降は、もう一度再送できます。`,
];
