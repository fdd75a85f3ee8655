/** メールアドレス変更のお知らせ: to the old mailbox and to the new one, each with what it means there. */
import { jstMinute } from '../../../domain/jst.ts';
import type { LetterFacts } from '../../../domain/letters.ts';
import { frame, type LetterText, type SiteFacts } from '../frame.ts';

const meaning: Record<LetterFacts['email-changed']['mailbox'], string> = {
  old: 'このメールアドレスでは、今後ログインできません。お知らせのメールも、新しいメールアドレスにお送りします。',
  new: '次回から、新しいメールアドレスでログインしてください。ログインIDとパスワードは変わりません。',
};

export function emailChanged(facts: LetterFacts['email-changed'], site: SiteFacts): LetterText {
  const { brand } = site;
  return frame(site, {
    name: 'メールアドレス変更のお知らせ',
    to: [facts.company, facts.name],
    body: [
      'メールアドレスが変更されました。',
      `変更日時: ${jstMinute(new Date(facts.changedAt))}\n新しいメールアドレス: ${facts.maskedAddress}`,
      meaning[facts.mailbox],
      '安全のため、変更を確認した画面を除き、ほかの端末やブラウザのログインは終了しました。',
      `お心当たりのない場合は、ほかの人が変更したおそれがあります。\nすぐに${brand.contactCenter} (${brand.telephone}) までご連絡ください。`,
    ],
  });
}
