/** ワンタイムパスワード認証. */
import type { OtpState } from '../../domain/flows/otp.ts';
import type { ResendRefusal } from '../../db/stores/challenges.ts';
import type { CodeRefusal } from '../../db/stores/code-tries.ts';

export const oneTimeCodeTexts = {
  title: 'ワンタイムパスワード認証',
  lead: (address: string) =>
    `${address} 宛に「ワンタイムパスワード通知」メールをお送りしました。メールに記載された6桁のワンタイムパスワードを、有効期限内に入力してください。`,
  code: 'ワンタイムパスワード',
  codeHint: '6桁の数字',
  submit: '送信',
  reference: '照合番号',
  referenceHint: 'メールに記載の照合番号と同じであることをご確認ください。',
  expires: '有効期限',
  timeLeft: (minutes: number, seconds: number) => (minutes > 0 ? `残り${minutes}分${seconds}秒` : `残り${seconds}秒`),
  triesLeft: '残り入力回数',
  times: (count: number) => `${count}回`,
  resendTitle: 'メールが届かない場合',
  resendLead:
    '迷惑メールフォルダをご確認ください。届いていないときは、同じワンタイムパスワードをもう一度お送りします。有効期限と残り入力回数は変わりません。',
  resend: 'メールを再送する',
  resendIn: (seconds: number) => `再送は、あと${seconds}秒お待ちください。`,
  resendsLeft: (count: number) => `あと${count}回再送できます。`,
  noResends:
    '再送できる回数の上限に達しました。届かない場合は、もう一度ログインするか、コンタクトセンタまでお問い合わせください。',
  resent: 'メールを再送しました。届くまで少しお待ちください。',
  undeliverableTitle: 'メールをお届けできていません',
  undeliverable:
    'ご登録のメールアドレスに「ワンタイムパスワード通知」メールを送信できませんでした。お手数ですが、コンタクトセンタまでお電話ください。',
  delayedTitle: 'メールの送信に時間がかかっています',
  delayed: 'メールサーバの都合により、送信を繰り返し試みています。届くまで今しばらくお待ちください。',
  signInAgain: 'もう一度ログインする',
  codeForm: '6桁の数字を入力してください',
} as const;

/** Shown when the code can't be typed any more: what happened, and the next step. */
export const endedCode: Record<Exclude<OtpState, 'open'>, { title: string; lead: string }> = {
  expired: {
    title: 'ワンタイムパスワードの有効期限が切れました',
    lead: 'もう一度ログインすると、新しいワンタイムパスワードをお送りします。',
  },
  exhausted: {
    title: '入力回数の上限に達しました',
    lead: '安全のため、このワンタイムパスワードは使えなくなりました。もう一度ログインすると、新しいワンタイムパスワードをお送りします。',
  },
  accepted: {
    title: 'このワンタイムパスワードは使用済みです',
    lead: '認証はすでに完了しています。画面が進まない場合は、もう一度ログインしてください。',
  },
  cancelled: {
    title: 'このログインは取りやめられました',
    lead: 'ログアウトしたか、同じブラウザで新しくログインを始めたため、終了しました。もう一度ログインしてください。',
  },
};

export const codeRefusals: Record<CodeRefusal, (triesLeft: number) => string> = {
  'code-wrong': (triesLeft) => `ワンタイムパスワードが正しくありません。残り${triesLeft}回入力できます`,
  'tries-exhausted': () => endedCode.exhausted.title,
  expired: () => endedCode.expired.title,
  ended: () => endedCode.cancelled.title,
  'code-locked': () =>
    '入力の誤りが続いたため、安全のため24時間ワンタイムパスワードを入力できません。お急ぎの場合は、コンタクトセンタまでお問い合わせください',
};

export const resendRefusals: Record<ResendRefusal, string> = {
  'too-soon': '再送の間隔が短すぎます。少し時間をおいて、もう一度お試しください。',
  'no-resends-left': oneTimeCodeTexts.noResends,
  expired: endedCode.expired.title,
  ended: endedCode.cancelled.title,
  'code-locked': '短い時間に多くのメールをお送りしたため、再送を停止しています。1時間ほど時間をおいてお試しください。',
};
