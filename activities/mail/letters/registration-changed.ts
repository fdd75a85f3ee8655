/** 登録情報変更のお知らせ: the user name, or 多要素認証 on or off. */
import { jstMinute } from '../../../domain/jst.ts';
import type { LetterFacts, RegistrationChange } from '../../../domain/letters.ts';
import { frame, type LetterText, type SiteFacts } from '../frame.ts';

const said: Record<RegistrationChange, string> = {
  'user-name': 'ユーザ名を変更しました。',
  'mfa-on':
    '多要素認証を「利用する」に変更しました。次回から、ログインのたびにワンタイムパスワードをメールでお送りします。',
  'mfa-off': '多要素認証を「利用しない」に変更しました。次回から、ワンタイムパスワードの入力は不要です。',
  'mfa-off-by-staff':
    'お電話でのご依頼により、弊社で多要素認証を「利用しない」に変更しました。ログイン中の画面は、すべてログアウトしました。',
  'mfa-required':
    '貴社のすべての利用者について、多要素認証を必須にしました。次回から、ログインのたびにワンタイムパスワードをメールでお送りします。',
  'mfa-released':
    '貴社の多要素認証の必須設定を解除しました。次回から、お一人ずつの設定（「利用する」または「利用しない」）に戻ります。',
};

export function registrationChanged(facts: LetterFacts['registration-changed'], site: SiteFacts): LetterText {
  const { brand } = site;
  return frame(site, {
    name: '登録情報変更のお知らせ',
    to: [facts.company, facts.name],
    body: [
      '登録情報が変更されました。',
      `変更日時: ${jstMinute(new Date(facts.changedAt))}\n変更内容:\n${facts.changes.map((change) => `・${said[change]}`).join('\n')}`,
      `お心当たりのない場合は、ほかの人が変更したおそれがあります。\nすぐに${brand.contactCenter} (${brand.telephone}) までご連絡ください。`,
    ],
  });
}
