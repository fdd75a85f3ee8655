/** 商品手配完了のお知らせ: 確認結果 is 手配済. */
import type { LetterFacts } from '../../../domain/letters.ts';
import { frame, unknownToYou, type LetterText, type SiteFacts } from '../frame.ts';
import { applicationSummary, detailPage, productRows } from './application-parts.ts';

export function applicationArranged(facts: LetterFacts['application-arranged'], site: SiteFacts): LetterText {
  return frame(site, {
    name: '商品手配完了のお知らせ',
    to: [facts.company, facts.person],
    body: [
      'お申し込みいただいた商品の手配が完了しましたので、お知らせします。',
      applicationSummary(facts),
      productRows(facts),
      ...detailPage(facts, site),
      unknownToYou(site.brand),
    ],
  });
}
