/** 利用者削除のお知らせ: to the deleted address, and to the members who stay. */
import { jstMinute } from '../../../domain/jst.ts';
import type { LetterFacts, NamedMember } from '../../../domain/letters.ts';
import { frame, unknownToYou, type LetterText, type SiteFacts } from '../frame.ts';

const NAME = '利用者削除のお知らせ';

const deletedOn = (deletedAt: string): string => `削除日時: ${jstMinute(new Date(deletedAt))}`;

export function memberDeleted(facts: LetterFacts['member-deleted'], site: SiteFacts): LetterText {
  const { siteTitle } = site.brand;
  return frame(site, {
    name: NAME,
    to: [facts.company, facts.name === '' ? 'ご利用者' : facts.name],
    body: [
      facts.invited
        ? `${siteTitle}の利用者としてのご登録が取り消されました。\nお送りしたパスワード設定のURLは、ご利用いただけません。`
        : `${siteTitle}の利用者から、このメールアドレスが削除されました。\n今後、このメールアドレスではログインできません。`,
      deletedOn(facts.deletedAt),
      '再度ご利用になる場合は、貴社の利用者様へ「利用者管理」からの追加をご依頼ください。',
      unknownToYou(site.brand),
    ],
  });
}

export function otherMemberDeleted(facts: LetterFacts['other-member-deleted'], site: SiteFacts): LetterText {
  return frame(site, {
    name: NAME,
    to: [facts.company, facts.name],
    body: [
      `貴社の${site.brand.siteTitle}の利用者が削除されました。`,
      [
        `削除された利用者: ${named(facts.deleted)}`,
        `操作した利用者: ${named(facts.by)}`,
        deletedOn(facts.deletedAt),
      ].join('\n'),
      '現在の利用者は、「お客様情報」の「利用者管理」でご確認いただけます。',
      unknownToYou(site.brand),
    ],
  });
}

const named = ({ name, address }: NamedMember): string => (name === '' ? address : `${name} (${address})`);
