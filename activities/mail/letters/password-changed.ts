/** パスワード変更のお知らせ */
import { jstMinute } from '../../../domain/jst.ts';
import type { LetterFacts } from '../../../domain/letters.ts';
import { frame, type LetterText, type SiteFacts } from '../frame.ts';

export function passwordChanged(facts: LetterFacts['password-changed'], site: SiteFacts): LetterText {
  const { brand } = site;
  return frame(site, {
    name: 'パスワード変更のお知らせ',
    to: [facts.company, facts.name],
    body: [
      'パスワードが変更されました。',
      `変更日時: ${jstMinute(new Date(facts.changedAt))}`,
      '次回からは、新しいパスワードでログインしてください。',
      `お心当たりのない場合は、ほかの人が変更したおそれがあります。\nすぐに${brand.contactCenter} (${brand.telephone}) までご連絡ください。`,
    ],
  });
}
