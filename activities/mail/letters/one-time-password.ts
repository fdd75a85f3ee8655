/** ワンタイムパスワード通知: a code, derived when the letter is sent; it says what the code is for. */
import type { CodePurpose } from '../../../domain/flows/otp.ts';
import { jstMinute } from '../../../domain/jst.ts';
import type { LetterFacts } from '../../../domain/letters.ts';
import { frame, unknownToYou, type LetterText, type SiteFacts } from '../frame.ts';

const lead: Record<CodePurpose, string> = {
  'sign-in':
    'ログインに必要なワンタイムパスワードをお知らせします。\nログイン画面に次の6桁の数字を入力し、「送信」ボタンを押してください。',
  'mfa-on':
    '多要素認証を「利用する」に変更するために必要なワンタイムパスワードをお知らせします。\n変更のお手続きの画面に次の6桁の数字を入力し、「送信」ボタンを押してください。',
};

/** @param code six digits; alone on its line, never in the subject */
export function oneTimePassword(facts: LetterFacts['one-time-password'], site: SiteFacts, code: string): LetterText {
  return frame(site, {
    name: 'ワンタイムパスワード通知',
    to: [facts.name],
    body: [
      lead[facts.purpose],
      code,
      `照合番号: ${facts.reference}\n有効期限: ${jstMinute(new Date(facts.expiresAt))}`,
      '照合番号が画面に表示されているものと同じであることをご確認ください。\nワンタイムパスワードは、ほかの人に教えないでください。弊社からお尋ねすることはありません。',
      unknownToYou(site.brand),
    ],
  });
}
