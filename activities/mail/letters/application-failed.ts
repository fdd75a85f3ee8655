/** 受付できませんでした: 申込結果 is 受付失敗, with its reason in the customer's words. */
import type { LetterFacts } from '../../../domain/letters.ts';
import { intakeRefusalWording } from '../../../domain/wording/intake.ts';
import { frame, unknownToYou, type LetterText, type SiteFacts } from '../frame.ts';
import { applicationSummary, detailPage, productRows } from './application-parts.ts';

export function applicationFailed(facts: LetterFacts['application-failed'], site: SiteFacts): LetterText {
  const { brand } = site;
  return frame(site, {
    name: 'お申し込みを受付できませんでした',
    to: [facts.company, facts.person],
    body: [
      '誠に申し訳ございませんが、次のお申し込みを受付できませんでした。',
      applicationSummary(facts),
      productRows(facts),
      `理由\n${intakeRefusalWording[facts.refusal]}`,
      ...detailPage(facts, site),
      `ご不明な点は、${brand.contactCenter} (${brand.telephone}) までお問い合わせください。`,
      unknownToYou(brand),
    ],
  });
}
