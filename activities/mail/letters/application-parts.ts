/** What the letters about an application have in common. */
import { rentalDays } from '../../../domain/application/rental-period.ts';
import { jstMinute, readableDate } from '../../../domain/jst.ts';
import type { ApplicationFacts } from '../../../domain/letters.ts';
import { kindLabels } from '../../../domain/wording/kinds.ts';
import type { SiteFacts } from '../frame.ts';

/** 申込番号, 申込種別 and so on, one a line. */
export function applicationSummary(facts: ApplicationFacts): string {
  return [
    `申込番号: ${facts.applicationNumber}`,
    `申込種別: ${kindLabels[facts.kind]}`,
    `申込日時: ${jstMinute(new Date(facts.appliedAt))}`,
    ...(facts.orderNumber === null ? [] : [`注文番号: ${facts.orderNumber}`]),
  ].join('\n');
}

/** The rows of お届け商品情報. */
export function productRows(facts: ApplicationFacts): string {
  const rows = facts.items.map(({ productCode, productName, startsOn, endsOn, quantity }, index) =>
    [
      `(${index + 1}) ${productCode} ${productName}`,
      `    レンタル期間: ${readableDate(startsOn)} ~ ${readableDate(endsOn)} ${rentalDays(startsOn, endsOn)}日`,
      `    数量: ${quantity}`,
    ].join('\n'),
  );
  return ['お届け商品', ...rows].join('\n');
}

/** Where the member reads it all; two paragraphs, so that the address stands alone on its line. */
export function detailPage(facts: ApplicationFacts, site: SiteFacts): string[] {
  return [
    'お申し込みの内容と進み具合は、次のページでご覧いただけます。',
    `${site.publicOrigin}/account/applications/${facts.applicationNumber}`,
  ];
}
