/** 利用者追加のお知らせ: staff added an address that was asked for by telephone; the members who are 利用中 must know. */
import { jstMinute } from '../../../domain/jst.ts';
import type { LetterFacts } from '../../../domain/letters.ts';
import { frame, unknownToYou, type LetterText, type SiteFacts } from '../frame.ts';

export function memberAddedByStaff(facts: LetterFacts['member-added-by-staff'], site: SiteFacts): LetterText {
  return frame(site, {
    name: '利用者追加のお知らせ',
    to: [facts.company, facts.name],
    body: [
      `お電話でのご依頼により、貴社の${site.brand.siteTitle}の利用者を弊社で追加しました。`,
      `追加したメールアドレス: ${facts.address}\n追加日時: ${jstMinute(new Date(facts.addedAt))}`,
      '追加した方には、パスワードを設定するためのURLをメールでお送りしています。\n現在の利用者は、「お客様情報」の「利用者管理」でご確認いただけます。',
      unknownToYou(site.brand),
    ],
  });
}
