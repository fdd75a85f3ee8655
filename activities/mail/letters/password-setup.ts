/** パスワード設定依頼メール: an added member sets password and user name behind its link; the same once more as a reminder. */
import type { LetterFacts } from '../../../domain/letters.ts';
import { frame, linkParts, unknownToYou, type LetterText, type SiteFacts } from '../frame.ts';

/** @param url alone on its line */
export function passwordSetup(facts: LetterFacts['password-setup'], site: SiteFacts, url: string): LetterText {
  const { siteTitle } = site.brand;
  return frame(site, {
    name: facts.again ? 'パスワード設定依頼メール（再送）' : 'パスワード設定依頼メール',
    to: [facts.company, 'ご利用者'],
    body: [
      facts.again
        ? `${siteTitle}のパスワードがまだ設定されていませんので、あらためてご案内します。`
        : `${siteTitle}の利用者として、このメールアドレスが登録されました。`,
      '次のURLを開き、パスワードとユーザ名を設定してください。設定が完了すると、サイトをご利用いただけます。',
      ...linkParts(url, facts.link),
      'このURLは1回だけご利用いただけます。有効期限を過ぎた場合は、貴社の利用者様へ再送をご依頼ください。',
      unknownToYou(site.brand),
    ],
  });
}
