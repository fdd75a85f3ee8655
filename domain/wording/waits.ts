/** What a flow waits for, one sentence for the member's screen and the operator's Temporal UI alike. */
import type { ApplicationState } from '../flows/application.ts';
import type { EmailChangeState } from '../flows/email-change.ts';
import type { LetterState } from '../flows/letter.ts';
import type { OtpState } from '../flows/otp.ts';
import type { PasswordResetState } from '../flows/password-reset.ts';
import type { PasswordSetupState } from '../flows/password-setup.ts';

export const applicationWaits: Record<ApplicationState, string> = {
  received: '受付処理を行っています',
  accepted: '弊社での商品の手配を待っています',
  failed: '受付できずに終了しました',
  arranged: '商品の手配が完了しました',
  unable: '手配できずに終了しました',
};

export const otpWaits: Record<OtpState, string> = {
  open: 'ワンタイムパスワードの入力を待っています',
  accepted: '認証が完了しました',
  exhausted: '入力回数の上限に達して終了しました',
  expired: '有効期限が切れて終了しました',
  cancelled: 'ログインまたはお手続きが取りやめられて終了しました',
};

export const letterWaits: Record<LetterState, string> = {
  pending: 'メールサーバへの送信を待っています',
  sent: '送信しました',
  parked: '送信できないため、運用担当者の判断を待っています',
  lapsed: '有効期限が過ぎたため送信を取りやめました',
  abandoned: '運用担当者が送信を取りやめました',
};

export const passwordResetWaits: Record<PasswordResetState, string> = {
  asked: '入力された内容を確認しています',
  open: 'メールのURLからパスワードが再設定されるのを待っています',
  completed: 'パスワードが再設定されました',
  expired: '有効期限が切れて終了しました',
  cancelled: '取り消されて終了しました',
  dismissed: '該当するご登録がない、または上限に達したため、何も送らずに終了しました',
  repeated: '有効なURLをもう一度お送りして終了しました',
  'setup-mailed': 'パスワード設定のURLをお送りして終了しました',
};

export const passwordSetupWaits: Record<PasswordSetupState, string> = {
  open: 'メールのURLからパスワードが設定されるのを待っています',
  reminded: 'メールのURLからパスワードが設定されるのを待っています（ご案内を再送済み）',
  completed: 'パスワードが設定されました',
  expired: '有効期限が切れて終了しました',
  cancelled: '取り消されて終了しました',
};

export const emailChangeWaits: Record<EmailChangeState, string> = {
  requested: '現在のメールアドレスに届いたURLが開かれるのを待っています',
  confirming: '新しいメールアドレスに届いたURLで確認されるのを待っています',
  switched: 'メールアドレスを変更しました',
  refused: '新しいメールアドレスがほかの利用者に登録されていたため、変更せずに終了しました',
  expired: '有効期限が切れて終了しました',
  cancelled: '取り消されて終了しました',
  superseded: '新しい変更依頼に置き換えられて終了しました',
};

/** The same by the name of its state table. */
export const waitsOf: Record<string, Record<string, string>> = {
  otp: otpWaits,
  letter: letterWaits,
  application: applicationWaits,
  passwordReset: passwordResetWaits,
  passwordSetup: passwordSetupWaits,
  emailChange: emailChangeWaits,
};
