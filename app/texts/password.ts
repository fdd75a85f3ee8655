/** パスワード変更, and whatever a new password is told. */
import type { Guessable } from '../../domain/guessable-passwords.ts';
import type { PasswordProfile, PasswordRule } from '../../domain/password-policy.ts';
import type { CurrentPasswordRefusal } from '../../db/stores/current-password.ts';

export const passwordTexts = {
  title: 'パスワード変更',
  lead: '現在のパスワードと、新しいパスワードを入力してください。',
  forcedLead:
    'メンテナンス後に初めてログイン頂く際は、パスワードの変更をお願いしております。新しいパスワードを設定すると、サイトをご利用いただけます。',
  notes: 'パスワード入力の注意事項',
  current: '現パスワード',
  next: '新パスワード',
  confirmation: '新パスワード (確認用)',
  submit: 'パスワード変更',
  kept: '満たしています',
  open: 'まだ満たしていません',
} as const;

/** The document's five rules. */
const passwordRuleTexts: Record<PasswordRule, string> = {
  length: '半角英字、数字、記号の文字8~12文字',
  symbols: '利用可能な記号 . (ドット) - (ハイフン) _ (アンダーバー) = (イコール) + (プラス)',
  classes: '英字大文字、英字小文字、数字をそれぞれ一文字以上含む',
  'not-current': '現パスワードと異なる',
  'no-login-id': 'ログインID文字列を含まない',
};

/** A rule as it stands above the fields; only the length reads otherwise in the modern profile. */
export const passwordRuleText = (rule: PasswordRule, profile: PasswordProfile): string =>
  rule === 'length' && profile === 'modern' ? '8~64文字（文字の種類は自由です）' : passwordRuleTexts[rule];

/** Said when a new password breaks a rule. */
export const brokenRuleText = (rule: PasswordRule, profile: PasswordProfile): string =>
  rule === 'length' && profile === 'modern' ? '新パスワードは8~64文字で入力してください' : brokenRuleTexts[rule];

const brokenRuleTexts: Record<PasswordRule, string> = {
  length: '新パスワードは8~12文字で入力してください',
  symbols: '新パスワードに使えない文字が含まれています。半角英字、数字と、記号 . - _ = + だけが使えます',
  classes: '新パスワードには、英字大文字、英字小文字、数字をそれぞれ一文字以上含めてください',
  'not-current': '新パスワードは現パスワードと異なるものにしてください',
  'no-login-id': '新パスワードにログインIDの文字列を含めることはできません',
};

/** Said when a new password keeps the rules but is among the first ones tried; ours. */
export const guessableTexts: Record<Guessable, string> = {
  common: 'この新パスワードは、よく使われていて推測されやすいためご利用いただけません。別の文字の並びにしてください',
  'near-word':
    '新パスワードに、会社名、サイト名、メールアドレスの@より前など、推測されやすい語を含めることはできません。別の文字の並びにしてください',
};

export const passwordFieldFaults = {
  currentPassword: '現パスワードを入力してください',
  newPassword: '新パスワードを入力してください',
  newPasswordConfirmation: '新パスワード (確認用)を入力してください',
  'not-repeated': '新パスワード (確認用)が新パスワードと一致していません',
} as const;

export const passwordChangeRefusals: Record<CurrentPasswordRefusal, string> = {
  'current-password-wrong': '現パスワードが正しくありません',
  'has-to-wait': '現パスワードの誤りが続いたため、しばらく変更できません。15分ほど時間をおいて、もう一度お試しください',
};

export const passwordChangedTexts = {
  title: 'パスワードを変更しました',
  lead: '次回から新しいパスワードでログインしてください。安全のため、ほかの端末やブラウザのログインは終了しました。変更のお知らせをメールでお送りします。',
  goOn: '続ける',
} as const;
