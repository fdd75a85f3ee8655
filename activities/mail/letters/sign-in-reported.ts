/** お心当たりのないログイン: tells the contact center that a member stopped a sign-in. */
import { jstMinute } from '../../../domain/jst.ts';
import type { LetterFacts } from '../../../domain/letters.ts';
import { frame, type LetterText, type SiteFacts } from '../frame.ts';

export function signInReported(facts: LetterFacts['sign-in-reported'], site: SiteFacts): LetterText {
  return frame(site, {
    name: 'お心当たりのないログインの届け出がありました',
    to: [`${site.brand.contactCenter} ご担当者`],
    body: [
      '利用者様から、お心当たりのないログインの届け出がありました。',
      [
        `お客様番号: ${facts.customerNumber}`,
        `会社名: ${facts.company}`,
        `利用者: ${facts.name}`,
        `ログイン日時: ${jstMinute(new Date(facts.signedInAt))}`,
        `届け出日時: ${jstMinute(new Date(facts.stoppedAt))}`,
      ].join('\n'),
      'この利用者様のログインはすべて終了し、パスワードは使えなくなりました。パスワード再設定のご案内は、利用者様へメールで送信しています。',
      'このログインの後に行われたお申し込みや登録情報の変更がないかを確認し、利用者様からのお電話にご対応ください。',
    ],
  });
}
