/** What a flow waits for, one sentence for the member's screen and the operator's Temporal UI alike. */
import type { ApplicationState } from '../flows/application.ts';
import type { LetterState } from '../flows/letter.ts';
import type { OtpState } from '../flows/otp.ts';

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
  cancelled: 'ログインが取りやめられて終了しました',
};

export const letterWaits: Record<LetterState, string> = {
  pending: 'メールサーバへの送信を待っています',
  sent: '送信しました',
  parked: '送信できないため、運用担当者の判断を待っています',
  lapsed: '有効期限が過ぎたため送信を取りやめました',
  abandoned: '運用担当者が送信を取りやめました',
};
