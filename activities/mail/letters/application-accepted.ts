/** ご注文受付完了のお知らせ: 申込結果 is 受付完了. */
import type { LetterFacts } from '../../../domain/letters.ts';
import { frame, unknownToYou, type LetterText, type SiteFacts } from '../frame.ts';
import { applicationSummary, detailPage, productRows } from './application-parts.ts';

export function applicationAccepted(facts: LetterFacts['application-accepted'], site: SiteFacts): LetterText {
  return frame(site, {
    name: 'ご注文受付完了のお知らせ',
    to: [facts.company, facts.person],
    body: [
      'このたびはお申し込みいただき、誠にありがとうございます。\n次の内容で受付が完了しました。',
      applicationSummary(facts),
      productRows(facts),
      'これより商品を手配いたします。手配が完了しましたら、あらためてメールでお知らせします。',
      ...detailPage(facts, site),
      unknownToYou(site.brand),
    ],
  });
}
