/** パスワード再設定のご案内: the link to a new password, derived when the letter is sent. */
import type { LetterFacts } from '../../../domain/letters.ts';
import { frame, linkParts, type LetterText, type SiteFacts } from '../frame.ts';

/** @param url alone on its line */
export function passwordReset(facts: LetterFacts['password-reset'], site: SiteFacts, url: string): LetterText {
  return frame(site, {
    name: 'パスワード再設定のご案内',
    to: [facts.company, facts.name],
    body: [
      'パスワードの再設定を承りました。\n次のURLを開き、画面の案内に沿って新しいパスワードを設定してください。',
      ...linkParts(url, facts.link),
      'このURLは1回だけご利用いただけます。再設定が完了するまで、現在のパスワードは変わりません。',
      `お心当たりのない場合は、このメールを破棄してください。パスワードは変更されません。\nご不明な点は${site.brand.contactCenter} (${site.brand.telephone}) までお問い合わせください。`,
    ],
  });
}
