/** ワンタイムパスワード通知: the code of a sign-in, derived when the letter is sent. */
import { jstMinute } from '../../../domain/jst.ts';
import type { LetterFacts } from '../../../domain/letters.ts';
import { frame, unknownToYou, type LetterText, type SiteFacts } from '../frame.ts';

/** @param code six digits; alone on its line, never in the subject */
export function oneTimePassword(facts: LetterFacts['one-time-password'], site: SiteFacts, code: string): LetterText {
  return frame(site, {
    name: 'ワンタイムパスワード通知',
    to: [facts.name],
    body: [
      'ログインに必要なワンタイムパスワードをお知らせします。\nログイン画面に次の6桁の数字を入力し、「送信」ボタンを押してください。',
      code,
      `照合番号: ${facts.reference}\n有効期限: ${jstMinute(new Date(facts.expiresAt))}`,
      '照合番号が画面に表示されているものと同じであることをご確認ください。\nワンタイムパスワードは、ほかの人に教えないでください。弊社からお尋ねすることはありません。',
      unknownToYou(site.brand),
    ],
  });
}
