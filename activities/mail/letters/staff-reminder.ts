/** 未回答のお申し込み: reminds the contact center that an application waits for an answer. */
import { jstMinute } from '../../../domain/jst.ts';
import type { LetterFacts } from '../../../domain/letters.ts';
import { kindLabels } from '../../../domain/wording/kinds.ts';
import { frame, type LetterText, type SiteFacts } from '../frame.ts';

/** @param applicationId names the page in `/staff` */
export function staffReminder(
  facts: LetterFacts['staff-reminder'],
  site: SiteFacts,
  applicationId: string,
): LetterText {
  return frame(site, {
    name: '未回答のお申し込みがあります',
    to: [`${site.brand.contactCenter} ご担当者`],
    body: [
      '次のお申し込みが、スタッフの回答を待っています。内容を確認し、手配の結果を登録してください。',
      [
        `申込番号: ${facts.applicationNumber}`,
        `申込種別: ${kindLabels[facts.kind]}`,
        `お客様番号: ${facts.customerNumber}`,
        ...(facts.orderNumber === null ? [] : [`注文番号: ${facts.orderNumber}`]),
        `受付完了日時: ${jstMinute(new Date(facts.waitingSince))}`,
      ].join('\n'),
      `${site.publicOrigin}/staff/applications/${applicationId}`,
      'このお知らせは、回答が登録されるまで営業日ごとにお送りします。',
    ],
  });
}
