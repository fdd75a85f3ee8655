/** パスワード再設定のご案内: the link to a new password, derived when the letter is sent; asked for, or after an unknown sign-in was stopped. */
import type { LetterFacts } from '../../../domain/letters.ts';
import { frame, linkParts, type LetterText, type SiteFacts } from '../frame.ts';

/** @param url alone on its line */
export function passwordReset(facts: LetterFacts['password-reset'], site: SiteFacts, url: string): LetterText {
  const { contactCenter, telephone } = site.brand;
  const untilThen = facts.stopped
    ? 'これまでのパスワードは使えなくなっています。'
    : '再設定が完了するまで、現在のパスワードは変わりません。';
  const unknown = facts.stopped
    ? `お心当たりのない場合は、${contactCenter} (${telephone}) までご連絡ください。`
    : `お心当たりのない場合は、このメールを破棄してください。パスワードは変更されません。\nご不明な点は${contactCenter} (${telephone}) までお問い合わせください。`;
  return frame(site, {
    name: 'パスワード再設定のご案内',
    to: [facts.company, facts.name],
    body: [
      'パスワードの再設定を承りました。\n次のURLを開き、画面の案内に沿って新しいパスワードを設定してください。',
      ...linkParts(url, facts.link),
      `このURLは1回だけご利用いただけます。${untilThen}`,
      unknown,
    ],
  });
}
