/** 手配できませんでした: staff could not arrange the goods; the reason is theirs. */
import type { LetterFacts } from '../../../domain/letters.ts';
import { frame, unknownToYou, type LetterText, type SiteFacts } from '../frame.ts';
import { applicationSummary, detailPage, productRows } from './application-parts.ts';

export function applicationUnable(facts: LetterFacts['application-unable'], site: SiteFacts): LetterText {
  const { brand } = site;
  return frame(site, {
    name: '商品を手配できませんでした',
    to: [facts.company, facts.person],
    body: [
      '誠に申し訳ございませんが、お申し込みいただいた商品を手配できませんでした。',
      applicationSummary(facts),
      productRows(facts),
      `理由\n${facts.reason}`,
      ...detailPage(facts, site),
      `代わりの商品などのご相談は、${brand.contactCenter} (${brand.telephone}) まで承ります。`,
      unknownToYou(brand),
    ],
  });
}
